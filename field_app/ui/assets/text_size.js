// The size of text that somebody chose in Voirie, on top of the browser's own: Flutter follows the
// size of the root's letters. Voirie writes it down while the page is open, hence the looking.
(() => {
  const kept = () => {
    let percent = 100;
    try {
      percent = Number(JSON.parse(localStorage.getItem("flutter.text_percent") || "100")) || 100;
    } catch { /* Storage is closed to us: the browser's own size stands. */ }
    const size = percent === 100 ? "" : `${percent}%`;
    const root = document.documentElement;
    if (root.style.fontSize !== size) root.style.fontSize = size;
  };
  document.addEventListener("DOMContentLoaded", kept);
  setInterval(kept, 500);
})();
