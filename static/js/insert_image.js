// The editor's images: a button that puts the line of an image at the caret of the body that was written in last.
// Without this script the line is there to copy.
"use strict";

const bodies = [...document.querySelectorAll(".bodies textarea")];
let written = bodies[0];
for (const body of bodies) body.addEventListener("focus", () => (written = body));

for (const button of document.querySelectorAll(".inserts button")) {
  button.hidden = !written;
  button.addEventListener("click", () => {
    const line = button.previousElementSibling;
    const text = written.name.endsWith(".en.mjml") ? line.dataset.en : line.textContent;
    written.focus();
    if (!document.execCommand("insertText", false, text)) written.setRangeText(text, written.selectionStart, written.selectionEnd, "end");
    written.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
