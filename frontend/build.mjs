// Bundles the look: npm run build, or npm run watch while drawing.
import { rm } from "node:fs/promises";
import * as esbuild from "esbuild";

const out = "../socialewifi/core/static/build";
const watching = process.argv.includes("--watch");

const options = {
  entryPoints: { site: "js/site.js", "site-look": "css/site.css", "staff-look": "css/staff.css" },
  entryNames: "[name]",
  assetNames: "files/[name]",
  outdir: out,
  bundle: true,
  minify: !watching,
  // Every browser that is still supported by its maker, and a few years before.
  target: ["chrome109", "edge109", "firefox115", "safari15.6"],
  legalComments: "external",
  loader: { ".woff2": "file", ".svg": "file" },
  logLevel: "info",
};

await rm(out, { recursive: true, force: true });
if (watching) {
  const context = await esbuild.context(options);
  await context.watch();
} else {
  await esbuild.build(options);
}
