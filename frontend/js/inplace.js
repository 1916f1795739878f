// A form that opens inside its page: whoever closes it again is back where they opened it.
let opener;

function remember(event) {
  const { elt, target } = event.detail;
  if (target?.id === "deed" && !target.contains(elt)) opener = elt;
}

function close(event) {
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
  if (elsewhere || !opener?.isConnected || !event.target.closest("#deed [data-close]")) return;
  event.preventDefault();
  document.getElementById("deed").replaceChildren();
  opener.focus();
}

export function openInPlace() {
  document.addEventListener("htmx:beforeRequest", remember);
  document.addEventListener("click", close);
}
