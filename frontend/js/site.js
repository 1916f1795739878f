// Everything works without this file; it only makes things smoother.
import "./smooth.js";
import { focusSummary } from "./errors.js";
import { keepDrafts } from "./drafts.js";
import { openInPlace } from "./inplace.js";
import { offerPrinting } from "./print.js";
import { offerReading } from "./reading.js";
import { sendOnce } from "./sending.js";

function ready(root) {
  focusSummary(root);
  keepDrafts(root);
  offerReading(root);
  offerPrinting(root);
}

sendOnce();
openInPlace();
if (document.readyState === "loading") {
  document.addEventListener("DOMContentLoaded", () => ready(document));
} else {
  ready(document);
}
document.addEventListener("htmx:afterSwap", (event) => ready(event.target.parentElement ?? document));
