// Tells the server which trusted input came before an answer, and sends a marked answer on the first one, so that a person
// rarely taps twice. Without this script every option is still a button that answers.
//
// A scroll event proves nothing (a script's are trusted too), so it is not listened to. A click alone is what an assistive
// technology makes of "press this button".
"use strict";

const KINDS = { pointerdown: "pointer", touchstart: "touch", wheel: "wheel", keydown: "key", click: "click" };
const forms = [...document.querySelectorAll("form.answer")];
const once = document.querySelector("form[data-one-tap]");
const status = document.querySelector(".status");
const LOOKED_AT_MS = 1500; // in view, before an old link answers by itself
let seen = "";
let alone = false; // whether the page answered by itself
let shownAt = performance.now();

for (const form of forms) {
  form.addEventListener("formdata", (event) => describe(event.formData));
  const nonce = form.elements.nonce.value;
  form.addEventListener("submit", (event) => {
    form.elements.nonce.value = changesMind(form, event.submitter) ? `${nonce}-${event.submitter.value}` : nonce;
  });
}

for (const type of Object.keys(KINDS)) {
  addEventListener(type, noticed, { passive: true, capture: true });
}

document.addEventListener("prerenderingchange", () => (shownAt = performance.now()));
document.addEventListener("visibilitychange", answersByItself);
answersByItself();

// How the page stands as it answers: for how long it was there, whether it is in view, and whether a program drives it.
function describe(data) {
  data.set("gesture", seen);
  data.set("dwell", Math.round(performance.now() - shownAt));
  data.set("visible", inView() ? 1 : 0);
  if (navigator.webdriver) data.set("webdriver", 1);
  if (alone) data.set("self", 1);
}

function inView() {
  return document.visibilityState === "visible" && !document.prerendering;
}

// A link older than the hold was opened long after the scanners came: whoever looks at its page meant it. The answer says that
// nobody touched anything, and waits like one without a script.
function answersByItself() {
  if (!once || !("old" in once.dataset) || once.dataset.done || !inView()) return;
  setTimeout(() => {
    if (!inView() || once.dataset.done || seen) return;
    alone = true;
    send(once);
  }, LOOKED_AT_MS);
}

function noticed(event) {
  if (!event.isTrusted || isForTheBrowser(event)) return;
  if (!seen) {
    seen = event.pointerType === "touch" ? "touch" : KINDS[event.type];
    for (const form of forms) form.elements.gesture.value = seen;
  }
  if (!once || leadsElsewhere(event.target) || (once.dataset.done && !alone)) return;
  if (alone) once.elements.nonce.value += "-touch"; // a touch says more than what the page did by itself, so it is sent as well
  alone = false;
  send(once);
}

// Ctrl+W, Alt+Left and their like, and a modifier by itself, are said to the browser and not to this page.
function isForTheBrowser(event) {
  return event.ctrlKey || event.metaKey || event.altKey || event.key === "Shift";
}

// A tap on another option or on a link is that option's or link's own; the marked answer must not go out with it.
function leadsElsewhere(target) {
  const pressed = target instanceof Element && target.closest("a, button, summary, input, label");
  return pressed && !pressed.matches("[data-chosen]");
}

// The page's nonce makes the same answer count once however often it is pressed; another answer is one of its own.
function changesMind(form, pressed) {
  return form.dataset.done && pressed && !pressed.matches("[data-chosen]");
}

async function send(form) {
  form.dataset.done = "sending";
  const body = new URLSearchParams(new FormData(form));
  body.append("choice", form.querySelector("[data-chosen]").value);
  try {
    const reply = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    if (!reply.ok) throw new Error(String(reply.status));
    saved(form, await reply.json());
  } catch {
    delete form.dataset.done;
    status.textContent = status.dataset.failed;
  }
}

function saved(form, answer) {
  const chosen = form.querySelector("[data-chosen]");
  form.dataset.done = "saved";
  chosen.classList.toggle("saved", !answer.kept);
  chosen.lastElementChild.textContent = answer.next ? chosen.lastElementChild.dataset.next : "";
  status.textContent = answer.kept ? status.dataset.kept : status.dataset.saved;
  if (answer.kept) location.reload(); // the page then asks whether to change what was answered before, and answers nothing by itself
}
