// A planned campaign: fetches the forecast, shows the fields that the chosen time needs, says what is not saved.
// A campaign on its way: shows its state anew every two seconds.
"use strict";

const LIVE_MS = 2000;

async function fetched(url) {
  const reply = await fetch(url, { headers: { Accept: "text/html" } });
  return reply.ok && !reply.redirected ? reply.text() : "";
}

async function showPart(place) {
  const before = place.innerHTML;
  const wait = document.createElement("p");
  wait.className = "note";
  wait.textContent = place.dataset.wait;
  place.replaceChildren(wait);
  place.setAttribute("aria-busy", "true");
  const html = await fetched(place.dataset.part).catch(() => "");
  place.innerHTML = html || before;
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
  const deadline = form.elements.deadline_on;
  const showTimes = () => {
    const now = timing.value === "now";
    times.hidden = now && !deadline.value;
    times.querySelector("[data-starts]").hidden = now;
    times.querySelector("[data-zone]").hidden = timing.value === "local" && !deadline.value;
    form.elements.starts_on.required = !now;
  };
  const unsaved = document.querySelectorAll("[data-unsaved]");
  const showUnsaved = (shown) => { for (const each of unsaved) each.hidden = !shown; };
  form.addEventListener("input", () => {
    showTimes();
    showUnsaved(true);
    for (const button of document.querySelectorAll("[data-start] button")) button.disabled = true;
  });
  showTimes();
  showUnsaved(false);
}
for (const place of document.querySelectorAll("[data-part]")) showPart(place);
setTimeout(showState, LIVE_MS);
