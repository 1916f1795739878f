// Joins the buttons for passkeys to the library, shows what needs a script, and says it when a passkey did not work.
(() => {
  for (const place of document.querySelectorAll("[data-passkey]")) {
    const { passkey, ...ids } = place.dataset;
    window.allauth.webauthn.forms[passkey]({ ids });
  }
  for (const button of document.querySelectorAll("[data-needs-script]")) button.hidden = false;
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    for (const note of document.querySelectorAll("[data-passkey-failed]")) note.hidden = false;
  });
})();
