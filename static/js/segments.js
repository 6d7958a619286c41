// The form of a segment: a press or a choice changes it at once, and the people are counted while somebody types.
// Without this script each button loads the page anew, with the same result.
"use strict";

const TYPING_MS = 400;
const segmentForm = document.querySelector("[data-segment]");
let pending = null;
let timer = 0;
let counting = null;

async function fetched(data) {
  pending?.abort();
  pending = new AbortController();
  const reply = await fetch(segmentForm.action, { method: "POST", body: data, signal: pending.signal });
  return reply.ok && !reply.redirected ? new DOMParser().parseFromString(await reply.text(), "text/html") : null;
}

function replace(next, selector) {
  const fresh = next.querySelector(selector);
  if (fresh) document.querySelector(selector).replaceWith(fresh);
}

function ask(act, whole) {
  const asked = count(act, whole).finally(() => {
    if (counting === asked) counting = null;
  });
  counting = asked;
  return asked;
}

async function count(act, whole) {
  const data = new FormData(segmentForm);
  data.set("act", act);
  const people = document.querySelector("#segment-people");
  people.setAttribute("aria-busy", "true");
  try {
    const next = await fetched(new URLSearchParams(data));
    if (!next) return;
    const focused = document.activeElement;
    const name = focused?.name;
    replace(next, "#segment-people");
    replace(next, "#segment-sentence");
    if (whole) {
      replace(next, "[data-rule]");
      if (name && !focused.isConnected) segmentForm.elements.namedItem(name)?.focus?.();
    }
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  } finally {
    people.removeAttribute("aria-busy");
  }
}

async function pressed(button) {
  const [act, path] = button.value.split(" ");
  await ask(button.value, true);
  const scope = act === "remove" ? path.replace(/\.\d+$/, "") : path;
  const places = act === "remove" ? [] : [...segmentForm.querySelectorAll(`[name^="${scope}."][name$=".not"]`)];
  (places.at(-1) ?? segmentForm.elements.namedItem(`${scope}.new`))?.focus();
}

if (segmentForm) {
  segmentForm.querySelector("[data-count]").hidden = true;
  segmentForm.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=act]");
    if (!button || ["save", "show"].includes(button.value)) return;
    event.preventDefault();
    pressed(button);
  });
  // A reply that arrives after the saved page would take its message away, because both carry the session's cookie.
  segmentForm.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!counting) return;
    event.preventDefault();
    const button = event.submitter;
    counting.finally(() => segmentForm.requestSubmit(button));
  });
  segmentForm.addEventListener("change", (event) => {
    clearTimeout(timer);
    if (event.target.name !== "name" && !event.target.name.endsWith(".new")) ask("show", true);
  });
  segmentForm.addEventListener("input", (event) => {
    if (event.target.matches("select, [type=checkbox], [name=name]")) return;
    clearTimeout(timer);
    timer = setTimeout(() => ask("show", false), TYPING_MS);
  });
}
