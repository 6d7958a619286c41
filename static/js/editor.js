// The editor of an email: a preview after a pause in typing, saving without leaving the page, and the caret at a problem's line.
// Without this script the buttons “Preview” and “Save” do the same.
"use strict";

const PAUSE_MS = 600;
const BUSY_MS = 400; // until the preview before this one is made
const ARRIVE_MS = 3000; // as long as a picture may take before it is shown unfinished
const INDENT = "  ";
const LOOKS = ["language", "width", "scheme", "format", "person", "address", "shown_address"];
const form = document.querySelector("form.editor");
const saved = form.querySelector(".saved");
const stale = form.querySelector(".stale");
const beside = form.querySelector(".beside");
const address = form.querySelector("[name=address]"); // of a contact, for whom the email is shown
let unsaved = saved.classList.contains("not");
let leaving = false;
let signedOut = false;
let pause = 0;
let asked = 0; // the number of the last preview that was asked for: its answer alone is shown
let request = null;

form.addEventListener("input", (event) => {
  if (event.target === address) return; // an address is looked up when it is finished, see below
  if (event.target.name === "person" && address) address.value = "";
  if (!LOOKS.includes(event.target.name)) say(true, form.dataset.unsaved);
  clearTimeout(pause);
  pause = setTimeout(preview, LOOKS.includes(event.target.name) ? 0 : PAUSE_MS);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const action = event.submitter?.formAction ?? form.action;
  if (action.endsWith("/preview")) preview();
  else if (action.endsWith("/bodies")) changeBodies(event.submitter);
  else save();
});
addEventListener("keydown", (event) => {
  if (event.key === "s" && (event.ctrlKey || event.metaKey) && !event.altKey) {
    event.preventDefault();
    save();
  }
});
addEventListener("beforeunload", (event) => {
  if (unsaved && !leaving) event.preventDefault();
});
address?.addEventListener("change", preview);
address?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault(); // which would save
  preview();
});
form.addEventListener("keydown", (event) => {
  if (event.target.matches("textarea[wrap=off]")) indent(event);
});
beside.addEventListener("click", goToProblem);

function say(isUnsaved, words) {
  unsaved = isUnsaved;
  saved.classList.toggle("not", isUnsaved);
  if (saved.textContent !== words) saved.textContent = words;
}

async function preview() {
  clearTimeout(pause);
  request?.abort();
  request = new AbortController();
  const number = ++asked;
  const body = new FormData(form);
  body.set("only", "1");
  try {
    const reply = await fetch(form.dataset.preview, { method: "POST", body, signal: request.signal });
    if (number !== asked) return;
    if (reply.status === 429) {
      pause = setTimeout(preview, BUSY_MS);
      return;
    }
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const next = page.querySelector(".typed");
    if (number === asked && next) show(next, number);
  } catch {
    // The next pause in typing asks again; what is shown stays.
  }
}

// The problems at once; the picture when it has arrived, so that nothing flickers. A text with errors keeps the last picture.
function show(next, number) {
  const typed = beside.querySelector(".typed");
  speak(next);
  const [before, picture] = [typed.querySelector(".picture"), next.querySelector(".picture")];
  stale.textContent = before && !picture ? form.dataset.stale : "";
  for (const part of [...typed.children]) if (part !== before) part.remove();
  typed.prepend(...[...next.children].filter((part) => part !== picture));
  if (!picture) return;
  const frame = picture.querySelector("iframe");
  if (!before || !frame) {
    before?.remove();
    typed.append(picture);
    return;
  }
  for (const late of typed.querySelectorAll(".picture.arriving")) late.remove();
  picture.classList.add("arriving");
  before.after(picture);
  const swap = () => {
    if (!picture.classList.contains("arriving") || number !== asked) return;
    for (const old of typed.querySelectorAll(".picture")) if (old !== picture) old.remove();
    picture.classList.remove("arriving");
  };
  frame.addEventListener("load", swap, { once: true });
  setTimeout(swap, ARRIVE_MS);
}

// A contact who was not shown before brings a language.
function speak(next) {
  if (!address || next.dataset.address === undefined) return;
  form.elements.shown_address.value = next.dataset.address;
  form.elements.language.value = next.dataset.language;
}

async function save() {
  const sent = texts();
  say(unsaved, form.dataset.saving);
  try {
    if (signedOut) await renewToken();
    const reply = await fetch(form.action, { method: "POST", body: new FormData(form) });
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const now = reply.ok && page.querySelector("form.editor");
    if (now) {
      form.elements.base.value = now.elements.base.value;
      const changed = texts() !== sent;
      say(changed, changed ? form.dataset.unsaved : now.querySelector(".saved").textContent);
    } else if (reply.status === 409 || reply.status === 422) {
      leaving = true;
      form.submit(); // the server's own page says what is wrong, or shows what somebody else saved
    } else {
      signedOut = reply.ok || reply.status === 400;
      say(true, { 413: form.dataset.large }[reply.status] ?? (signedOut ? form.dataset.signedOut : form.dataset.failed));
    }
  } catch {
    say(true, form.dataset.failed);
  }
}

// One more body, or one less; the page stays, so that nothing typed is lost if the server does not answer.
async function changeBodies(button) {
  form.inert = true;
  try {
    if (signedOut) await renewToken();
    const body = new FormData(form);
    body.set(button.name, button.value);
    const reply = await fetch(button.formAction, { method: "POST", body });
    const next = new DOMParser().parseFromString(await reply.text(), "text/html").querySelector(".bodies");
    signedOut = !next && (reply.ok || reply.status === 400);
    form.inert = false;
    if (!next) return say(true, signedOut ? form.dataset.signedOut : form.dataset.failed);
    form.querySelector(".bodies").replaceWith(next);
    say(true, form.dataset.unsaved);
    (next.querySelector(`[id$="/body.${button.value}.mjml"]`) ?? next.querySelector("textarea")).focus();
    preview();
  } catch {
    form.inert = false;
    say(true, form.dataset.failed);
  }
}

// Whoever signed in again in another tab has another token; the text in this one is still there.
async function renewToken() {
  const reply = await fetch(form.action);
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const token = page.querySelector("form.editor [name=csrf_token]");
  if (token) form.elements.csrf_token.value = token.value;
}

function texts() {
  const data = new FormData(form);
  for (const name of ["csrf_token", "base", ...LOOKS]) data.delete(name);
  return JSON.stringify([...data]);
}

// Tab indents, which a keyboard can leave by Esc: then Tab moves on as everywhere.
function indent(event) {
  const area = event.target;
  if (event.key === "Escape") area.dataset.leave = "1";
  else if (event.key !== "Tab" && event.key !== "Shift") delete area.dataset.leave;
  if (event.key !== "Tab" || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey || area.readOnly) return;
  if (area.dataset.leave) {
    delete area.dataset.leave;
    return;
  }
  event.preventDefault();
  if (!document.execCommand("insertText", false, INDENT)) area.setRangeText(INDENT, area.selectionStart, area.selectionEnd, "end");
}

function goToProblem(event) {
  const link = event.target.closest("a[data-line]");
  if (!link) return;
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!target) return;
  event.preventDefault();
  target.closest("details")?.setAttribute("open", "");
  if (!(target instanceof HTMLTextAreaElement)) {
    target.setAttribute("open", "");
    target.querySelector("input, textarea, select")?.focus();
    return;
  }
  const lines = target.value.split("\n");
  const line = Math.min(Number(link.dataset.line), lines.length) - 1;
  const start = lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0);
  const at = start + Math.min(Number(link.dataset.column) - 1, lines[line].length);
  target.focus();
  target.setSelectionRange(at, at);
  target.scrollTop = (line * target.scrollHeight) / lines.length - target.clientHeight / 2;
  target.scrollIntoView({ block: "nearest" });
}
