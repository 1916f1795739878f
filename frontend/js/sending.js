// Two quick taps send a form once. Softly: the button keeps its focus and works again when nothing came back.
const PATIENCE = 8000;
// What opens beside this page, such as a letter to print, leaves its form here to be used again.
const PATIENCE_BESIDE = 1500;

const opensBeside = (form, submitter) => (submitter?.formTarget || form.target) === "_blank";

function release(form) {
  delete form.dataset.sending;
  for (const button of form.elements) button.removeAttribute("aria-busy");
}

export function sendOnce() {
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (form.method !== "post" && !form.hasAttribute("hx-post")) return;
      if (form.dataset.sending) {
        event.preventDefault();
        event.stopImmediatePropagation();
        return;
      }
      form.dataset.sending = "true";
      event.submitter?.setAttribute("aria-busy", "true");
      setTimeout(() => release(form), opensBeside(form, event.submitter) ? PATIENCE_BESIDE : PATIENCE);
    },
    true,
  );
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt?.closest("form");
    if (form) release(form);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(release));
}
