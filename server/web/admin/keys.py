"""Makes API keys, lists them without their secrets, and revokes them."""

from __future__ import annotations

from flask import abort, flash, g, make_response, redirect, render_template, request, url_for
from werkzeug import Response

from server.accounts import api_keys
from server.accounts.api_keys import SCOPES, NotMade
from server.web import language
from server.web.accounts import profile_form
from server.web.room import Menu, Room
from server.web.state import now_ms, state

room = Room(
    "keys",
    __name__,
    access={
        "index": "keys.manage",
        "make": "keys.manage",
        "revoke": "keys.manage",
    },
    menu=Menu("own", lambda: language.text("API keys")),
)
DAYS = {"30": 30, "90": 90, "365": 365, "": None}  # choices for a key's lifetime


@room.get("/keys")
def index() -> Response:
    """List the keys."""
    return _page()


@room.post("/keys")
def make() -> Response:
    """Make a key and show it. The reply is a page and no redirect, because the key is never shown again."""
    name, scopes = profile_form.name(request.form.get("name", "")), request.form.getlist("scopes")
    days = DAYS.get(request.form.get("days", ""), 90)
    try:
        secret = api_keys.make(state().store, g.user["email"], name, scopes, days, now_ms())
    except NotMade as error:
        return _page(why=error.why)
    return _page(secret=secret, made=name)


@room.post("/keys/<key_id>/revoke")
def revoke(key_id: str) -> Response:
    """Revoke a key."""
    if not api_keys.revoke(state().store, g.user["email"], key_id, now_ms()):
        abort(409)
    flash(language.text("The key works no more."))
    return redirect(url_for("keys.index"))


def _page(why: str = "", secret: str = "", made: str = "") -> Response:
    now = now_ms()
    with state().store.read() as tx:
        rows = [{**row, "state": api_keys.state(row, now)} for row in tx.api_keys.newest()]
    words = {scope: language.text(said) for scope, said in SCOPES.items()}
    shown = {"rows": rows, "scopes": words, "days": DAYS, "why": why, "secret": secret, "made": made}
    return make_response(render_template("keys/index.html", **shown, form=request.form), 422 if why else 200)
