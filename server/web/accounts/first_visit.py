"""The page behind the link that `acto demo` prints: it signs in once, on the machine of the demo alone. GET asks, POST signs in."""

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
    """A button and nothing else: a program that opens links for a look does not use this one up."""
    user = _user(token)
    return make_response(render_template("first_visit/ask.html", user=user)) if user else _used()


@room.post("/start/<token>")
def enter(token: str) -> Response:
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
    """Somebody who came in by this link opens it again: it leads on."""
    if sessions.who():
        return redirect(url_for("inbox.index"))
    return make_response(render_template("first_visit/used.html"), 404)
