// Sends an answer when a person presses one of our buttons, and reports before that that somebody is there. Without this script every
// option is still a button that answers.
//
// Only a trusted click on a button sends: finger, mouse, key, switch and screen reader all end in one. A swipe or the Tab key is
// reported as a sign of a person and decides nothing. Nothing is sent when the page is left.
"use strict";

const KINDS = { pointerdown: "pointer", touchstart: "touch", wheel: "wheel", keydown: "key" };
const VIEWED_MS = 2000; // in view, before a page may be kept as an answer
const PAGE_CHARACTERS = 24; // of a nonce: they name the page, what follows tells its answers apart
const forms = [...document.querySelectorAll("form.answer")];
const status = document.querySelector(".status");
const keeps = document.querySelector("form[data-keeps]");
const keepLine = document.querySelector(".keep");
let sign = "";
let viewed = false;
let pressed = false;
const ranAt = performance.now();
let activatedAt = 0;
let inViewMs = 0;

for (const form of forms) {
  form.addEventListener("click", (event) => noticePress(event, form), { capture: true });
  form.addEventListener("formdata", (event) => describe(event.formData));
  if (!form.matches(".withdraw")) form.addEventListener("submit", (event) => sendByPress(event, form));
}
for (const type of Object.keys(KINDS)) addEventListener(type, noticeSign, { passive: true, capture: true });
document.addEventListener("prerenderingchange", () => (activatedAt = performance.now()));
addEventListener("pageshow", (event) => event.persisted && returned());
if (keeps) {
  const watch = setInterval(() => {
    inViewMs += inView() ? 250 : 0;
    if (inViewMs < VIEWED_MS || pressed) return;
    clearInterval(watch);
    viewed = true;
    report().then((ok) => (keepLine.hidden = !ok || pressed));
  }, 250);
  keepLine.querySelector("button").addEventListener("click", doNotKeep);
}

function inView() {
  return document.visibilityState === "visible" && !document.prerendering;
}

// The submit that follows carries what pressed the button. A click of a script is not trusted and leaves the form as it is.
function noticePress(event, form) {
  if (!event.isTrusted || !event.target.closest("button")) return;
  form.elements.gesture.value = { mouse: "pointer", touch: "touch", pen: "touch" }[event.pointerType] || "click";
}

function noticeSign(event) {
  if (!event.isTrusted || sign || isForTheBrowser(event)) return;
  sign = event.pointerType === "touch" ? "touch" : KINDS[event.type];
  if (forms.length) report();
}

// Ctrl+W, Alt+Left and their like, and a modifier by itself, are said to the browser and not to this page.
function isForTheBrowser(event) {
  return event.ctrlKey || event.metaKey || event.altKey || event.key === "Shift";
}

// On a slow line somebody may read the page, and press, before this script has arrived.
function shownAt() {
  const painted = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? ranAt;
  return Math.max(activatedAt, Math.min(painted, ranAt));
}

// How the page stands: for how long it was there, whether it is in view, and whether a program drives it.
function describe(data) {
  data.set("dwell", Math.round(performance.now() - shownAt()));
  data.set("visible", inView() ? 1 : 0);
  if (navigator.webdriver) data.set("webdriver", 1);
}

async function report(more = {}) {
  const form = keeps || forms[0];
  const body = new URLSearchParams({ nonce: form.elements.nonce.value, sign, ...more });
  if (keeps) body.set("choice", keeps.dataset.keeps);
  if (viewed) body.set("viewed", 1);
  describe(body);
  try {
    const url = `${form.action.replace(/\/-\/.*/, "")}/sign`;
    const reply = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" }, keepalive: true });
    return reply.ok;
  } catch {
    return false;
  }
}

async function doNotKeep() {
  if (!(await report({ keep: 0 }))) return;
  keepLine.hidden = true;
  document.querySelector(".keep-not").hidden = false;
}

async function sendByPress(event, form) {
  if (!form.elements.gesture.value) return; // no trusted press: the browser posts the form, and the server decides
  event.preventDefault();
  if (form.dataset.sending) return;
  form.dataset.sending = "1";
  const body = new URLSearchParams(new FormData(form, event.submitter));
  try {
    const reply = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    if (!reply.ok) return postPlainly(form, event.submitter);
    pressed = true;
    if (keepLine) keepLine.hidden = true;
    event.submitter?.classList.add("saved");
    status.textContent = status.dataset.saved;
    location.assign(savedPage(form, body));
  } catch {
    delete form.dataset.sending;
    status.textContent = status.dataset.failed;
  }
}

function savedPage(form, body) {
  const query = new URLSearchParams({ page: body.get("nonce").slice(0, PAGE_CHARACTERS) });
  for (const value of body.getAll("choice")) query.append("sent", value);
  if (body.has("asked")) query.set("asked", 1);
  return `${form.action}/-/saved?${query}`;
}

// The server's own page says what is wrong and what to do.
function postPlainly(form, button) {
  if (button?.name) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value });
    form.append(field);
  }
  form.submit();
}

// A page that came back by the back button answers anew: its earlier answer must not be taken for a repetition.
function returned() {
  pressed = false;
  status.textContent = "";
  for (const form of forms) {
    delete form.dataset.sending;
    form.elements.gesture.value = "";
    const page = form.elements.nonce.value.slice(0, PAGE_CHARACTERS);
    form.elements.nonce.value = page + [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    for (const button of form.querySelectorAll(".saved")) button.classList.remove("saved");
  }
}
