// The form of a flow shows only the fields of what was chosen to happen, and asks for the questions of a chosen email and the
// answers of a chosen question. Without this script it shows all fields, and a button loads the questions.
"use strict";

const flowForm = document.querySelector("[data-flow]");
let asking = null;

function trigger() {
  return flowForm.querySelector("[data-trigger] select");
}

function showFields() {
  const wanted = trigger().selectedOptions[0].dataset.fields.split(" ");
  for (const part of flowForm.querySelectorAll("[data-trigger] [data-field]")) part.hidden = !wanted.includes(part.dataset.field);
  for (const part of flowForm.querySelectorAll("[data-reload]")) part.hidden = true;
}

async function reload(name) {
  asking?.abort();
  asking = new AbortController();
  const data = new URLSearchParams(new FormData(flowForm));
  data.set("show", "1");
  try {
    const reply = await fetch(flowForm.dataset.flow, { method: "POST", body: data, signal: asking.signal });
    if (!reply.ok || reply.redirected) return;
    const next = new DOMParser().parseFromString(await reply.text(), "text/html").querySelector("[data-trigger]");
    flowForm.querySelector("[data-trigger]").replaceWith(next);
    showFields();
    flowForm.elements.namedItem(name)?.focus();
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}

// What was chosen before this script ran, or was put back by the browser, has not been asked for yet.
function isUnasked(select) {
  return select.value !== (select.querySelector("option[selected]")?.value ?? "");
}

if (flowForm) {
  showFields();
  const unasked = [...flowForm.querySelectorAll("[data-decides]")].find(isUnasked);
  if (unasked) reload(unasked.name);
  flowForm.addEventListener("change", (event) => {
    if (event.target === trigger()) showFields();
    if (event.target.matches("[data-decides]")) reload(event.target.name);
  });
}
