// What script adds to members' pages, which all work without it: leaving at once.
"use strict";
(() => {
  const TIMES = 3;
  const WITHIN_MS = 1500;
  const way = document.querySelector(".leave");

  // The page is gone before the network answers, and its place in the history is taken by the other site.
  const leave = () => {
    const address = way.href;
    document.documentElement.textContent = "";
    location.replace(address);
  };

  let pressed = [];
  way.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  addEventListener("keydown", (event) => {
    // A method of writing (Chinese, say) uses Esc for itself; a key held down is not pressed again.
    if (event.key !== "Escape" || event.isComposing || event.repeat) return;
    pressed = [...pressed, event.timeStamp].slice(-TIMES);
    if (pressed.length === TIMES && event.timeStamp - pressed[0] < WITHIN_MS) leave();
  }, true);
})();
