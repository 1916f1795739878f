// After a refused form, the keyboard and the screen reader begin at the summary of what is still needed.
export function focusSummary(root) {
  root.querySelector(".error-summary")?.focus();
}
