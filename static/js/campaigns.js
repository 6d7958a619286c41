// A planned campaign: fetches the forecast, shows the fields that the chosen time needs, says what is not saved.
// A campaign on its way: shows its state anew every two seconds.
"use strict";

const LIVE_MS = 2000;

async function fetched(url) {
  const reply = await fetch(url, { headers: { Accept: "text/html" } });
  return reply.ok && !reply.redirected ? reply.text() : "";
}

async function showPart(place) {
  place.setAttribute("aria-busy", "true");
  const html = await fetched(place.dataset.part);
  if (html) place.innerHTML = html;
  place.removeAttribute("aria-busy");
}

async function showState() {
  const shown = document.querySelector("#watch[data-live]");
  if (!shown) return;
  if (!document.hidden && !shown.contains(document.activeElement)) {
    const html = await fetched(location.href);
    const next = html && new DOMParser().parseFromString(html, "text/html").querySelector("#watch");
    if (next) shown.replaceWith(next);
  }
  setTimeout(showState, LIVE_MS);
}

const form = document.querySelector("[data-campaign]");
if (form) {
  const timing = form.querySelector("[data-timing]");
  const times = form.querySelector("[data-times]");
  const showTimes = () => { times.hidden = timing.value === "now" && !form.elements.deadline_on.value; };
  const unsaved = form.querySelector("[data-unsaved]");
  form.addEventListener("input", () => {
    showTimes();
    unsaved.hidden = false;
    for (const button of document.querySelectorAll("[data-start] button")) button.disabled = true;
  });
  showTimes();
  unsaved.hidden = true;
}
for (const place of document.querySelectorAll("[data-part]")) showPart(place);
setTimeout(showState, LIVE_MS);
