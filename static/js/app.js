// Keyboard: "/" goes to the search field of a list, Ctrl and K to that of everybody. A form that asks for a time zone begins with the browser's.
"use strict";

addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
    const field = document.querySelector(".top form.find input");
    event.preventDefault();
    if (field?.checkVisibility()) field.focus();
    else document.querySelector(".top a.find")?.click();
    return;
  }
  const search = document.querySelector("main input[type=search]") ?? document.querySelector("input[type=search]");
  const typing = event.target instanceof Element && event.target.closest("input, textarea, select");
  if (event.key === "/" && search && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    search.focus();
  }
});

for (const field of document.querySelectorAll("[data-time-zone]")) {
  if (field.value === "" || field.value === "UTC") {
    const was = field.value;
    field.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (field.value === "") field.value = was; // a zone that the list does not know
  }
}
