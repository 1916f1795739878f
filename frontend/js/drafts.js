// What someone types in a long field survives a closed page in this tab: <textarea data-draft>.
const PREFIX = "draft:";

const keyOf = (area) => `${PREFIX}${location.pathname}:${area.name}`;

function attempt(deed) {
  try {
    return deed();
  } catch {
    return null; // Storage is full or not allowed: then nothing is kept, and nothing breaks.
  }
}

function forgetSent() {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX) && sessionStorage.getItem(`sent:${key}`)) {
      sessionStorage.removeItem(key);
      sessionStorage.removeItem(`sent:${key}`);
    }
  }
}

function keep(area) {
  if (area.dataset.draftKept) return;
  area.dataset.draftKept = "true";
  const typed = attempt(() => sessionStorage.getItem(keyOf(area)));
  if (typed && !area.value.trim()) area.value = typed;
  area.addEventListener("input", () => attempt(() => sessionStorage.setItem(keyOf(area), area.value)));
  area.form?.addEventListener("submit", () => attempt(() => sessionStorage.setItem(`sent:${keyOf(area)}`, "yes")));
}

export function keepDrafts(root) {
  attempt(forgetSent);
  root.querySelectorAll("textarea[data-draft]").forEach(keep);
}
