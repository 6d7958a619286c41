"""Signing in and out, and the guard: without a session nothing but recipient pages can be reached."""

from __future__ import annotations

import hmac
from collections.abc import Collection
from urllib.parse import urlsplit

from flask import Blueprint, Flask, current_app, g, make_response, redirect, render_template, request, session, url_for
from flask_wtf.csrf import CSRFProtect
from werkzeug import Response
from werkzeug.exceptions import MethodNotAllowed

from server.people import users
from server.web.hits import network
from server.web.language import LANGUAGES
from server.web.limits import Limit
from server.web.state import now_ms, state

room = Blueprint("session", __name__)
OPEN = ("session.sign_in", "session.enter", "session.health", "static")


def guard(app: Flask, csrf: CSRFProtect, public: Collection[str]) -> None:
    """Every view of every blueprint that is not named public or open asks for a session; every form there for its token."""

    @app.before_request
    def require_session() -> Response | None:
        if request.blueprint in public or isinstance(request.routing_exception, MethodNotAllowed):
            return None
        if request.method == "POST":
            csrf.protect()
        if request.endpoint in OPEN:
            return None
        g.user = _user()
        if g.user:
            return None
        target = request.full_path if request.method == "GET" and request.endpoint else None
        return redirect(url_for("session.sign_in", next=target))


def _user() -> users.User | None:
    user_id = session.get("user")
    if not user_id:
        return None
    with state().store.read() as tx:
        user: users.User | None = tx.users.by_id(id=user_id)
    known = user is not None and hmac.compare_digest(user["session_key"], session.get("key", ""))
    return user if known else None


@room.get("/sign-in")
def sign_in() -> str:
    return render_template("session/sign_in.html", wrong=False, email="")


@room.post("/sign-in")
def enter() -> tuple[str, int] | Response:
    email = request.form.get("email", "")
    keys = (f"address {email.strip().lower()}", f"network {network(request.remote_addr or '')}")
    wait = max(limit.wait_seconds(key, now_ms()) for key, limit in zip(keys, _limits(), strict=True))
    if wait:
        return _too_often(email, wait)
    with state().store.read() as tx:
        user = users.check(tx, email, request.form.get("password", ""))
    if user is None:
        for key, limit in zip(keys, _limits(), strict=True):
            limit.note(key, now_ms())
        return render_template("session/sign_in.html", wrong=True, email=email), 401
    _limits()[0].forget(keys[0])
    chosen = session.get("language")
    session.clear()  # a session known before signing in is worth nothing after it
    session.permanent = True
    session.update(user=user["id"], key=user["session_key"])
    if chosen:
        session["language"] = chosen
    return redirect(_inside(request.args.get("next", "")))


def _limits() -> tuple[Limit, Limit]:
    """For an address, and for a network: a guesser has many of the one or of the other. Each application has its own."""
    limits: tuple[Limit, Limit] = current_app.extensions.setdefault("acto.sign-in", (Limit(5, 900), Limit(50, 900)))
    return limits


def _too_often(email: str, wait_seconds: int) -> Response:
    """Whether the password was right is not even looked at, so nothing is learnt by going on."""
    minutes = -(-wait_seconds // 60)
    body = render_template("session/sign_in.html", wrong=False, email=email, minutes=minutes)
    response = make_response(body, 429)
    response.headers["Retry-After"] = str(wait_seconds)
    return response


@room.post("/sign-out")
def sign_out() -> Response:
    session.clear()
    return redirect(url_for("session.sign_in"))


@room.post("/language")
def choose_language() -> Response:
    """The language of the pages, for this session."""
    wanted = request.form.get("language", "")
    if wanted in LANGUAGES:
        session["language"] = wanted
    return redirect(_inside(request.form.get("next", "")))


@room.get("/health")
def health() -> str:
    """Says that the server answers, and no more; also the bare page that `acto bench capture` compares with."""
    return "ok\n"


def _inside(target: str) -> str:
    """A path of this server, or the first room: a redirect never leads elsewhere."""
    parts = urlsplit(target)
    inside = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc
    return target if inside else url_for("leads.index")
