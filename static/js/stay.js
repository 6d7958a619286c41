// A form with data-stay is sent without leaving the page: what changed is put in its place, and the reader's place stays.
// Without this script the form is a form: its reply is a redirect to the part of the page that it belongs to.
"use strict";

const CHANGED = ["#rooms", "#main", "#toast", "#bar"];
const TOAST_MS = 12_000;

function put(page) {
  for (const name of CHANGED) {
    const [now, then] = [document.querySelector(name), page.querySelector(name)];
    if (now && then) now.replaceChildren(...then.childNodes);
    else if (now && name === "#bar") now.remove();
    else if (then && name === "#bar") document.body.append(then);
  }
}

function focusAgain(form, key) {
  const same = key && document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  const next = same || document.querySelector(`form[action="${CSS.escape(form.getAttribute("action"))}"] .button`);
  const visible = next?.checkVisibility?.({ visibilityProperty: true }) ? next : document.querySelector("#main h1");
  if (visible?.tagName === "H1") visible.tabIndex = -1;
  visible?.focus({ preventScroll: true });
}

async function send(form, button) {
  const body = new URLSearchParams(new FormData(form, button));
  const reply = await fetch(button?.getAttribute("formaction") ?? form.action, { method: "POST", body }).catch(() => null);
  if (!reply) return form.submit();
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const here = new URL(reply.url).pathname === location.pathname || reply.status === 422;
  if (!here || !page.querySelector("#main")) return location.assign(reply.url);
  const [left, top] = [scrollX, scrollY];
  put(page);
  scrollTo(left, top);
  document.querySelector("#main [role=alert]")?.scrollIntoView({ block: "center" });
  focusAgain(form, button?.dataset.key);
  leave();
}

// The words stay as long as somebody is on them.
function leave() {
  const toast = document.querySelector("#toast");
  const words = toast?.firstElementChild;
  if (!words) return;
  setTimeout(() => {
    if (words.isConnected && !toast.matches(":hover, :focus-within")) toast.replaceChildren();
    else if (words.isConnected) leave();
  }, TOAST_MS);
}

addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-stay]")) return;
  event.preventDefault();
  send(event.target, event.submitter);
});

addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form?.matches("[data-stay]")) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
});

// A sheet that opens has the cursor in its first field.
addEventListener("toggle", (event) => event.newState === "open" && event.target.querySelector("[data-focus]")?.focus(), true);

leave();
