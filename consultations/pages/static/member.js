// What script adds to members' pages, which all work without it: leaving at once, and work instead of waiting.
"use strict";
(() => {
  const TIMES = 3, WITHIN_MS = 1500;
  const way = document.querySelector(".leave");
  let pressed = [];

  // The page is gone before the network answers, and its place in the history is taken by the other site.
  const leave = () => {
    const address = way.href;
    document.documentElement.textContent = "";
    location.replace(address);
  };
  way.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  addEventListener("keydown", (event) => {
    // Methods of writing (Chinese, say) use Esc themselves; a key that is held down is not pressed again.
    if (event.key !== "Escape" || event.isComposing || event.repeat) return;
    pressed = [...pressed, event.timeStamp].slice(-TIMES);
    if (pressed.length === TIMES && event.timeStamp - pressed[0] < WITHIN_MS) leave();
  }, true);
})();

// The proof of work of a rush (altcha's version 2). Its own widget weighs 30 kB, wants a place on the page, and speaks
// where the page has words of its own; PBKDF2 is in every browser, so what is left to do is to count.
(() => {
  const field = document.querySelector("[data-work]");
  if (!field || !window.crypto || !crypto.subtle) return; // no script of ours, no safe context: the server lets wait
  const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

  const solution = async ({ nonce, salt, cost, keyLength, keyPrefix }) => {
    const method = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost };
    const password = Uint8Array.of(...bytes(nonce), 0, 0, 0, 0), count = new DataView(password.buffer);
    for (let counter = 0; ; counter++) {
      count.setUint32(password.length - 4, counter);
      const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
      const derivedKey = hex(await crypto.subtle.deriveBits(method, key, keyLength * 8));
      if (derivedKey.startsWith(keyPrefix)) return { counter, derivedKey };
    }
  };

  let ended = false;
  const challenge = JSON.parse(field.dataset.work);
  const work = solution(challenge.parameters).then((solution) => {
    field.value = btoa(JSON.stringify({ challenge, solution }));
    for (const told of document.querySelectorAll("[data-ready]")) told.textContent = told.dataset.ready;
  }).catch(() => {}).then(() => { ended = true; });
  field.form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (ended || !button || button.value !== "send") return;
    event.preventDefault();
    work.then(() => button.click());
  });
})();
