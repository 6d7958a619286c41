// Copies the hours of the first day to the days after it. Without this script the buttons are not shown.
"use strict";

function timesOf(day) {
  return [...day.querySelectorAll("input[type=time]")];
}

for (const button of document.querySelectorAll("[data-copy-hours]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const days = [...document.querySelectorAll("[data-day]")].slice(0, Number(button.dataset.copyHours));
    const first = timesOf(days[0]).map((each) => each.value);
    for (const day of days) timesOf(day).forEach((each, place) => (each.value = first[place] ?? ""));
  });
}
