// Reads a text aloud with the browser's own voice: <button hidden data-read-aloud="#text" data-stop="Stop">.
function speak(button, text, words) {
  const utterance = new SpeechSynthesisUtterance(text.innerText);
  utterance.lang = text.closest("[lang]")?.lang || "nl";
  utterance.rate = 0.95;
  utterance.onend = utterance.onerror = () => show(button, words, false);
  speechSynthesis.cancel();
  speechSynthesis.speak(utterance);
}

function show(button, words, reading) {
  button.setAttribute("aria-pressed", String(reading));
  button.textContent = reading ? button.dataset.stop : words;
}

function offer(button) {
  const text = document.querySelector(button.dataset.readAloud);
  if (!text || button.dataset.offered) return;
  button.dataset.offered = "true";
  button.hidden = false;
  const words = button.textContent;
  button.addEventListener("click", () => {
    const reading = button.getAttribute("aria-pressed") !== "true";
    show(button, words, reading);
    if (reading) speak(button, text, words);
    else speechSynthesis.cancel();
  });
}

export function offerReading(root) {
  if (!("speechSynthesis" in window)) return;
  root.querySelectorAll("[data-read-aloud]").forEach(offer);
}

window.addEventListener("pagehide", () => window.speechSynthesis?.cancel());
