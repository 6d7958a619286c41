"""Acto on a phone: it can be installed, and a push notice of a hot lead opens the lead. A push service is not reached from here, so
DevTools deliver the notice. The headless shell has no notification centre; the worker's own calls are looked at instead.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, StorageState, Worker, expect

from server import store as stores
from server.push import contents
from tests.journeys.conftest import PHONE, Browse
from tests.journeys.site import Site, eventually
from tests.journeys.test_morning import prepare
from tests.people import ANA

SCREEN = {**PHONE, "viewport": {"width": 390, "height": 844}}
WORKER = "/static/push/worker.js"
REGISTER = """async url => {
  const registration = await navigator.serviceWorker.register(url);
  const next = registration.installing;
  if (next) await new Promise(done => next.onstatechange = () => next.state === "activated" && done());
  return registration.scope;
}"""
RECORD = """() => {
  self.shown = [], self.opened = [];
  registration.showNotification = async (title, options) => shown.push({title, ...options});
  clients.openWindow = async url => opened.push(url);
}"""
CLICK = """() => {
  const notification = {close() { self.closed = true; }, data: shown[0].data};
  dispatchEvent(Object.assign(new ExtendableEvent("notificationclick"), {notification}));
}"""


@pytest.mark.parametrize("running", ["sqlite"], indirect=True)
def test_a_notice_on_the_phone_opens_the_hot_lead(site: Site, browse: Browse, session: StorageState) -> None:
    prepare(site, browse())
    page = browse(**SCREEN, storage_state=session)
    page.goto("/account/devices")
    expect(page.get_by_role("status")).to_contain_text("Rechazaste los avisos")  # the headless shell does
    assert page.evaluate(REGISTER, WORKER) == f"{site.url}/static/push/", "it handles no page"
    devtools = page.context.new_cdp_session(page)
    content = _content(site)
    worker = _deliver(page, devtools, site.url, content.encoded().decode())
    (shown,) = eventually(lambda: worker.evaluate("shown"))
    assert shown["title"].endswith(f"{ANA.name} · {ANA.company}") and shown["body"] and shown["tag"] == content.tag
    worker.evaluate(CLICK)
    (opened,) = eventually(lambda: worker.evaluate("opened"))
    page.goto(opened)
    expect(page.get_by_role("heading", level=1)).to_contain_text(ANA.name)
    expect(page.locator("h1 .badge")).to_have_text("Caliente", ignore_case=True)


@pytest.mark.parametrize("running", ["sqlite"], indirect=True)
def test_the_browser_installs_it(site: Site, browse: Browse, session: StorageState) -> None:
    page = browse(**SCREEN, storage_state=session)
    page.goto("/")
    devtools = page.context.new_cdp_session(page)
    found = devtools.send("Page.getAppManifest")
    manifest = json.loads(found["data"])
    assert found["errors"] == [] and found["url"].startswith(site.url)
    assert (manifest["name"], manifest["start_url"], manifest["lang"]) == ("Acto: leads y correos", "/today", "es")
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        size = page.evaluate(
            "async src => { const i = new Image(); i.src = src; await i.decode(); return i.width; }", icon["src"]
        )
        assert icon["sizes"] == f"{size}x{size}"
    assert devtools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    stranger = browse()
    stranger.goto("/sign-in")
    assert stranger.locator("link[rel=manifest]").count() == 0


@pytest.mark.parametrize("running", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("agent", "said"), [("iPhone", "primero instala Acto"), ("Windows", "no puede mostrar avisos")]
)
def test_a_browser_that_cannot_is_told_why(browse: Browse, session: StorageState, agent: str, said: str) -> None:
    page = browse(**SCREEN, storage_state=session, user_agent=f"Mozilla/5.0 ({agent}) Safari/604.1")
    page.add_init_script("delete window.PushManager")
    page.goto("/account/devices")
    expect(page.get_by_role("status")).to_contain_text(said)
    expect(page.get_by_role("button", name="Activar los avisos")).to_be_hidden()


def _content(site: Site) -> contents.Content:
    """The notice as the worker of push notices writes it."""
    with stores.open(site.environ["ACTO_DATABASE"]) as store, store.read() as tx:
        contact = tx.contacts.by_key(email_key=ANA.email)
        return contents.write(tx, contact["id"], "hot", "es", contact["created_at"])


def _deliver(page: Page, devtools: CDPSession, origin: str, data: str) -> Worker:
    registrations: list[dict[str, Any]] = []
    devtools.on("ServiceWorker.workerRegistrationUpdated", lambda event: registrations.extend(event["registrations"]))
    devtools.send("ServiceWorker.enable")
    (worker,) = page.context.service_workers
    worker.evaluate(RECORD)
    eventually(lambda: page.evaluate("true") and registrations)  # each call lets the events of DevTools arrive
    message = {"origin": origin, "registrationId": registrations[0]["registrationId"], "data": data}
    devtools.send("ServiceWorker.deliverPushMessage", message)
    return worker
