// Switches push notices on for this browser. Permission is asked for only after a press of the button.
"use strict";

const form = document.querySelector("[data-push]");
const button = form.querySelector("[data-switch]");
const worker = form.dataset.worker;
const scope = worker.slice(0, worker.lastIndexOf("/") + 1);
const canPush = () => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
// iPadOS names itself a Mac, but a Mac has no touch screen.
const isApple = /iPhone|iPad/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);

function show(state) {
  for (const each of form.querySelectorAll("[data-state]")) each.hidden = each.dataset.state !== state;
  button.hidden = !["off", "failed"].includes(state);
}

async function subscription() {
  const registration = await navigator.serviceWorker.getRegistration(scope);
  return registration?.pushManager.getSubscription();
}

async function idOf(endpoint) {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 32);
}

function base64url(buffer) {
  return btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

async function active() {
  const registration = await navigator.serviceWorker.register(worker);
  const next = registration.installing ?? registration.waiting;
  if (!registration.active && next)
    await new Promise((resolve) => next.addEventListener("statechange", () => next.state === "activated" && resolve()));
  return registration;
}

async function switchOn() {
  const answer = await Notification.requestPermission();
  if (answer !== "granted") return show(answer === "denied" ? "denied" : "off");
  const registration = await active();
  const old = await registration.pushManager.getSubscription();
  if (old && base64url(old.options.applicationServerKey) !== form.dataset.key) await old.unsubscribe();
  const given = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: form.dataset.key });
  form.elements.endpoint.value = given.endpoint;
  form.elements.p256dh.value = base64url(given.getKey("p256dh"));
  form.elements.auth.value = base64url(given.getKey("auth"));
  form.submit();
}

async function begin() {
  if (!canPush()) return show(isApple && !navigator.standalone ? "install" : "unsupported");
  if (Notification.permission === "denied") return show("denied");
  const held = await subscription();
  const here = held && document.querySelector(`[data-device="${await idOf(held.endpoint)}"]`);
  if (!here || base64url(held.options.applicationServerKey) !== form.dataset.key) return show("off");
  here.querySelector("[data-here]").hidden = false;
  here.querySelector("[data-remove]").addEventListener("submit", async (event) => {
    event.preventDefault();
    const pressed = event.submitter;
    await held.unsubscribe().catch(() => false);
    event.target.append(Object.assign(document.createElement("input"), { type: "hidden", name: pressed.name, value: pressed.value }));
    event.target.submit();
  });
  show("on");
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  switchOn().catch(() => show("failed"));
});

begin();
