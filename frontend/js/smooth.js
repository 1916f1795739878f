// htmx under our content security policy: no inline style, no eval, nothing of a page kept in the browser's storage.
import htmx from "htmx.org/dist/htmx.esm.js";

Object.assign(htmx.config, {
  includeIndicatorStyles: false,
  allowEval: false,
  allowScriptTags: false,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  scrollIntoViewOnBoost: false,
  // A refused form comes back as 422, with the words beside the field.
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ],
});

function tellFailure(event) {
  const words = document.getElementById("sending-failed");
  const form = event.detail.elt?.closest("form") ?? document.querySelector("main");
  if (!words || !form || form.querySelector(".sending-failed")) return;
  form.prepend(words.content.cloneNode(true));
  form.querySelector(".sending-failed").focus();
}

document.addEventListener("htmx:beforeRequest", (event) => {
  event.detail.elt?.closest("form")?.querySelector(".sending-failed")?.remove();
});
document.addEventListener("htmx:responseError", tellFailure);
document.addEventListener("htmx:sendError", tellFailure);
document.addEventListener("htmx:timeout", tellFailure);
