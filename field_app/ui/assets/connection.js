// The page's link to Voirie: says so while it is broken, and starts the page again once it is back.
//
// Flet 1.0.5 goes on handling clicks after a reconnect, and never repaints; while it waits it shows
// a word of its own. The session lives in the server, so the page starts again where it was.
(() => {
  const RETRY_MS = 2000;
  const Native = window.WebSocket;
  let opened = 0;
  let leaving = false;
  let waiting = false;

  window.addEventListener("pagehide", () => { leaving = true; });

  window.WebSocket = class extends Native {
    constructor(...args) {
      super(...args);
      this.addEventListener("open", () => {
        opened += 1;
        if (opened > 1) window.location.reload();
        else show(false);
      });
      this.addEventListener("close", () => {
        if (leaving) return;
        show(true);
        if (opened > 0) comeBack();
      });
    }
  };

  function show(away) {
    document.getElementById("away").hidden = !away;
  }

  // Never a reload before an answer: the browser's own error page would not come back by itself.
  async function comeBack() {
    if (waiting) return;
    waiting = true;
    for (;;) {
      await new Promise((done) => setTimeout(done, RETRY_MS));
      try {
        const answer = await fetch(document.baseURI, { cache: "no-store" });
        if (answer.ok) return window.location.reload();
      } catch {
        // Still away.
      }
    }
  }
})();
