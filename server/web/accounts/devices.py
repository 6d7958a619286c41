"""Serves a user's own devices for push notices, and the manifest with which Acto is installed on a phone."""

from __future__ import annotations

from flask import Response as Reply
from flask import flash, g, redirect, render_template, request, url_for
from werkzeug import Response
from werkzeug.exceptions import Conflict

from server import jsontext
from server.errors import CannotDo
from server.push import devices, keys, queue
from server.push.devices import Subscription
from server.store import new_id
from server.web import access, language
from server.web.accounts import browser_names
from server.web.room import SIGNED_IN, Menu, Room
from server.web.state import now_ms, state

room = Room(
    "devices",
    __name__,
    access={
        "index": SIGNED_IN,
        "add": SIGNED_IN,
        "test": SIGNED_IN,
        "remove": SIGNED_IN,
        "manifest": SIGNED_IN,
    },
    menu=Menu("own", lambda: language.text("Notices on your phone")),
)
GROUND, ACCENT = "#f6f7f9", "#3346c8"  # --ground and --accent of static/css/tokens.css
ICONS = (("192", "any"), ("512", "any"), ("512", "maskable"))
AGENT_MOST = 400


@room.get("/account/devices")
def index() -> str:
    """List the user's devices and offer to add the one that shows the page."""
    return _page()


@room.post("/account/devices")
def add() -> Response | tuple[str, int]:
    """Add the browser that sends the form."""
    given = Subscription(*(request.form.get(name, "")[:2_000] for name in Subscription._fields))
    user_id, name, now = g.user["id"], browser_names.called(request.user_agent.string[:AGENT_MOST]), now_ms()
    settings = state().settings
    try:
        devices.check(settings, given)
        state().store.write(lambda tx: devices.add(tx, settings, user_id, given, name, now))
    except CannotDo as error:
        return _page(wrong=error.sentence(language.current())), 422
    return _done(language.text("This device now receives notices. Send a test to see one."))


@room.post("/account/devices/test")
def test() -> Response:
    """Queue a test notice to one device."""
    user_id, device, now = g.user["id"], request.form.get("device", ""), now_ms()
    if not state().store.write(lambda tx: queue.enqueue_test(tx, user_id, device, new_id(now), now)):
        raise Conflict
    return _done(language.text("A test is on its way. If it does not arrive within a minute, see below what happened."))


@room.post("/account/devices/remove")
def remove() -> Response:
    """Remove one device."""
    user_id, device = g.user["id"], request.form.get("device", "")
    if not state().store.write(lambda tx: devices.remove(tx, user_id, device)):
        raise Conflict
    return _done(language.text("Removed. That device receives no more notices."))


@room.get("/app.webmanifest")
def manifest() -> Reply:
    """Return the web app manifest in the user's language; it starts at the first page of their role."""
    icons = [
        {
            "src": url_for("static", filename=f"app/{purpose}-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size, purpose in ICONS
    ]
    told = {
        "id": "/",
        "name": language.text("Acto: leads and emails"),
        "short_name": "Acto",
        "lang": language.current(),
        "start_url": access.home(),
        "scope": "/",
        "display": "standalone",
        "background_color": GROUND,
        "theme_color": ACCENT,
        "icons": icons,
    }
    return Reply(jsontext.dumps(told), mimetype="application/manifest+json")


def _page(wrong: str = "") -> str:
    with state().store.read() as tx:
        rows = devices.listed(tx, g.user["id"])
    return render_template("devices/index.html", devices=rows, key=keys.read(state().settings).public, wrong=wrong)


def _done(said: str) -> Response:
    flash(said)
    return redirect(url_for("devices.index"))
