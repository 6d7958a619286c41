// The list of leads: keys to move in it, and news while it is open. Without this script it is a list of links.
"use strict";

const live = document.querySelector(".live");
const EVERY_MS = 2000;

// What changed is fetched as the same page again, and only the list is put in its place: the reader's place stays.
async function refresh() {
  const reply = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!reply.ok) return;
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const [now, then] = [document.querySelector("#found"), page.querySelector("#found")];
  if (!now || !then) return;
  const at = document.activeElement?.getAttribute("href");
  now.replaceChildren(...then.childNodes);
  if (at) now.querySelector(`a[href="${CSS.escape(at)}"]`)?.focus();
  for (const count of document.querySelectorAll(".tabs a")) {
    const same = page.querySelector(`.tabs a[href="${CSS.escape(count.getAttribute("href"))}"]`);
    if (same) count.replaceChildren(...same.childNodes);
  }
}

async function look() {
  if (document.hidden) return;
  const reply = await fetch(`${live.dataset.news}?version=${live.dataset.version}`).catch(() => null);
  if (!reply?.ok || reply.redirected) return;
  const news = await reply.json();
  if (String(news.version) === live.dataset.version) return;
  live.dataset.version = news.version;
  await refresh();
  const names = news.answered.map((each) => live.dataset.said.replace("{name}", each.name));
  const said = live.querySelector("[role=status]");
  said.textContent = names.join(" ");
  said.hidden = names.length === 0;
}

function move(by) {
  const links = [...document.querySelectorAll(".list.leads > li > a")];
  const at = links.indexOf(document.activeElement);
  links[Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
}

addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.closest("input, textarea, select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    move(event.key === "j" ? 1 : -1);
    return;
  }
  const control = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!control) return;
  event.preventDefault();
  control.focus();
  if (control instanceof HTMLButtonElement || control.tagName === "SUMMARY") control.click();
});

if (live) {
  setInterval(look, EVERY_MS);
  addEventListener("visibilitychange", look);
}
