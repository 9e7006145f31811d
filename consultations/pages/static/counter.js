// How many characters are left of a long answer, said once it comes near its limit.
"use strict";
let counting;

document.addEventListener("input", ({target}) => {
  const {left, most} = target.dataset;
  if (!left) return;
  let note = target.nextElementSibling;
  if (!note) {
    note = document.createElement("p");
    note.className = "hint";
    note.setAttribute("role", "status");
    target.after(note);
  }
  clearTimeout(counting);
  counting = setTimeout(() => {
    const rest = most - Array.from(target.value).length;
    note.textContent = rest * 10 > most ? "" : left.replace("{}", rest);
  }, 500);
});
