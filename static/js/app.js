// Keyboard: "/" goes to the search field of a list.
"use strict";

addEventListener("keydown", (event) => {
  const search = document.querySelector("input[type=search]");
  const typing = event.target instanceof Element && event.target.closest("input, textarea, select");
  if (event.key === "/" && search && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    search.focus();
  }
});
