// Prints the page: <button type="button" hidden data-print>. The browser's own menu does the same without it.
export function offerPrinting(root) {
  root.querySelectorAll("button[data-print][hidden]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
}
