// The form of a flow shows only the fields of what was chosen to happen; without this script it shows all of them.
"use strict";

const trigger = document.querySelector("[data-trigger] select");

function showFields() {
  const wanted = trigger.selectedOptions[0].dataset.fields.split(" ");
  for (const label of document.querySelectorAll("[data-trigger] [data-field]")) label.hidden = !wanted.includes(label.dataset.field);
}

if (trigger) {
  trigger.addEventListener("change", showFields);
  showFields();
}
