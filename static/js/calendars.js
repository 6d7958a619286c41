// Copies the hours of the first day to all others. Without this script the button is not shown.
"use strict";

const copyHours = document.querySelector("[data-copy-hours]");

function timesOf(day) {
  return [...day.querySelectorAll("input[type=time]")];
}

if (copyHours) {
  copyHours.hidden = false;
  copyHours.addEventListener("click", () => {
    const first = timesOf(copyHours.closest("[data-day]")).map((each) => each.value);
    for (const day of document.querySelectorAll("[data-day]")) timesOf(day).forEach((each, place) => (each.value = first[place] ?? ""));
  });
}
