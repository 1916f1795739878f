// Reads {name: html} from standard input and writes what is not valid HTML in it: {name: [fault, ...]}.
import { text } from "node:stream/consumers";
import { HtmlValidate } from "html-validate";

const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
    "doctype-style": "off",
    "form-dup-name": ["error", { shared: ["radio", "checkbox", "button", "submit", "reset"] }],
    "long-title": "off",
    "no-implicit-button-type": "off",
    "no-redundant-for": "off",
    "no-trailing-whitespace": "off",
    "require-sri": "off",
    "tel-non-breaking": "off",
    "valid-id": ["error", { relaxed: true }],
  },
});

const pages = JSON.parse(await text(process.stdin));
const faults = {};
for (const [name, html] of Object.entries(pages)) {
  const report = await validator.validateString(html, name);
  const found = report.results.flatMap((result) => result.messages);
  if (found.length) faults[name] = found.map((fault) => `${fault.line}:${fault.column} ${fault.ruleId}: ${fault.message}`);
}
process.stdout.write(JSON.stringify(faults));
