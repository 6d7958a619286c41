"""Signs in by the link that `acto demo` prints: once, and only on the machine of the demo. GET asks, POST signs in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, make_response, redirect, render_template, url_for
from werkzeug import Response

from server.accounts import account_links
from server.web import language
from server.web import session as sessions
from server.web.accounts import sign_in
from server.web.state import now_ms, state

if TYPE_CHECKING:
    from server.store.queries.users import UsersRow

room = Blueprint("first_visit", __name__)


@room.get("/start/<token>")
def ask(token: str) -> Response:
    """Show a single button, so that a program which opens links for a preview does not use this one up."""
    user = _user(token)
    return make_response(render_template("first_visit/ask.html", user=user)) if user else _used()


@room.post("/start/<token>")
def enter(token: str) -> Response:
    """Sign in and use the link up."""
    user = _user(token)
    renewed = account_links.take_sign_in(state().store, user, language.current()) if user else None
    return sign_in.let_in(renewed, url_for("inbox.index")) if renewed else _used()


def _user(token: str) -> UsersRow | None:
    here = state()
    if not account_links.is_local(here.settings):
        return None
    with here.store.read() as tx:
        return account_links.find(tx, here.keyring, "sign_in", token, now_ms())


def _used() -> Response:
    """Show that the link is used up, or go on to the inbox if the browser is signed in."""
    if sessions.who():
        return redirect(url_for("inbox.index"))
    return make_response(render_template("first_visit/used.html"), 404)
