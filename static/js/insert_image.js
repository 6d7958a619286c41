// The editor's images: a button that puts the line of an image at the caret of the body that was written in last.
// Without this script the line is there to copy.
"use strict";

let written = document.querySelector(".bodies textarea");
document.addEventListener("focusin", (event) => {
  if (event.target.matches(".bodies textarea")) written = event.target;
});

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
