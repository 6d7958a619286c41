"""Serves the links that users get by mail to set a password: invitations and forgotten passwords. GET asks, POST sets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, make_response, render_template, request
from werkzeug import Response

from builder.tokens import UserPurpose
from server.accounts import account_links, team, users
from server.accounts.team import Post
from server.accounts.users import WeakPassword
from server.web import language
from server.web import session as sessions
from server.web.accounts import login_throttle, profile_form
from server.web.accounts.sign_in import too_often
from server.web.hits import network
from server.web.limits import Limit
from server.web.state import now_ms, state

if TYPE_CHECKING:
    from server.store.queries.users import UsersRow

room = Blueprint("links", __name__)


@room.get("/forgot")
def forgot() -> str:
    """Show the form that asks for a link."""
    return render_template("links/forgot.html", sent=False)


@room.post("/forgot")
def send() -> Response:
    """Send a link to a user's address. Every address gets the same page, and the mail is written after the reply, so that neither text
    nor time reveals a user.
    """
    email = request.form.get("email", "")
    limits = _limits()
    keys = (f"network {network(request.remote_addr or '')}", f"address {users.key(email)}")
    for key, limit in zip(keys, limits, strict=True):
        if wait := limit.take(key, now_ms()):
            return too_often("links/forgot.html", wait, sent=False)
    here, spoken, now = state(), language.current(), now_ms()
    post = Post(here.settings, here.keyring)
    response = make_response(render_template("links/forgot.html", sent=True))
    response.call_on_close(lambda: team.ask_reset(here.store, post, email, spoken, now))
    return response


@room.get("/<any(welcome, reset):kind>/<token>")
def ask(kind: str, token: str) -> Response:
    """Show the form for the new password."""
    user = _user(kind, token)
    return _page(kind, user) if user else _dead()


@room.post("/<any(welcome, reset):kind>/<token>")
def take(kind: str, token: str) -> Response:
    """Set the password and use the link up. Sign the user in unless they have a second step, whose code the sign-in asks for."""
    user = _user(kind, token)
    if user is None:
        return _dead()
    name = profile_form.name(request.form.get("name", user["name"]))
    try:
        password = request.form.get("password", "")
        zone = profile_form.time_zone(request.form.get("time_zone", ""), user["time_zone"])
        key = account_links.use(state().store, _purpose(kind), user, name, zone, password, now_ms())
    except WeakPassword as error:
        return _page(kind, user, error.why, name)
    if key is None:
        return _dead()
    if user["totp_secret"]:
        return login_throttle.remember(make_response(render_template("links/done.html")), user)
    return login_throttle.remember(sessions.begin(user, ""), user)


def _user(kind: str, token: str) -> UsersRow | None:
    with state().store.read() as tx:
        user = account_links.find(tx, state().keyring, _purpose(kind), token, now_ms())
    if user and user["language"]:
        language.speak(user["language"])
    return user


def _page(kind: str, user: UsersRow, why: str = "", name: str | None = None) -> Response:
    shown = {"user": user, "why": why, "name": user["name"] if name is None else name}
    return make_response(render_template(f"links/{kind}.html", **shown), 422 if why else 200)


def _dead() -> Response:
    """Show one page for used, expired, replaced and forged links, so that a stranger cannot tell them apart."""
    return make_response(render_template("links/dead.html"), 404)


def _purpose(kind: str) -> UserPurpose:
    return next(purpose for purpose, path in account_links.PATHS.items() if path == kind)


def _limits() -> tuple[Limit, Limit]:
    limits: tuple[Limit, Limit] = state().limits.setdefault("forgot", (Limit(20, 900), Limit(3, 900)))
    return limits
