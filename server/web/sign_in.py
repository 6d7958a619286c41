"""Signing in: address and password, and then a code for whoever asks for a second step."""

from __future__ import annotations

from flask import Blueprint, current_app, make_response, redirect, render_template, request, session, url_for
from werkzeug import Response

from server.people import totp, users
from server.people.users import User
from server.web import session as sessions
from server.web.hits import network
from server.web.language import LANGUAGES
from server.web.limits import Limit
from server.web.state import now_ms, state

room = Blueprint("sign_in", __name__)
CODE_WITHIN_MS = 600_000  # between the password and the code


@room.get("/sign-in")
def ask() -> str:
    return render_template("sign_in/ask.html", wrong=False, email="")


@room.post("/sign-in")
def enter() -> tuple[str, int] | Response:
    email = request.form.get("email", "")
    keys = (f"address {users.key(email)}", f"network {network(request.remote_addr or '')}")
    wait = max(limit.wait_seconds(key, now_ms()) for key, limit in zip(keys, _limits(), strict=True))
    if wait:
        return too_often("sign_in/ask.html", wait, wrong=False, email=email)
    with state().store.read() as tx:
        user = users.check(tx, email, request.form.get("password", ""))
    if user is None:
        for key, limit in zip(keys, _limits(), strict=True):
            limit.note(key, now_ms())
        return render_template("sign_in/ask.html", wrong=True, email=email), 401
    _limits()[0].forget(keys[0])
    if not user["totp_secret"]:
        return sessions.begin(user, user["session_key"], request.args.get("next", ""))
    session["half"] = {"user": user["id"], "key": user["session_key"], "at": now_ms()}
    return redirect(url_for("sign_in.ask_code", next=request.args.get("next")))


@room.get("/sign-in/code")
def ask_code() -> str | Response:
    if _half() is None:
        return redirect(url_for("sign_in.ask", next=request.args.get("next")))
    return render_template("sign_in/code.html", wrong=False)


@room.post("/sign-in/code")
def enter_code() -> tuple[str, int] | Response:
    """A code that was used, or is wrong, counts as a try; after five nobody is let in for a while, right code or not."""
    user = _half()
    if user is None:
        return redirect(url_for("sign_in.ask", next=request.args.get("next")))
    limit, key = _limits()[0], f"code {user['id']}"
    if wait := limit.wait_seconds(key, now_ms()):
        return too_often("sign_in/code.html", wait, wrong=False)
    limit.note(key, now_ms())  # before it is checked: of many at once no more than five are
    if not totp.check(state().store, user, request.form.get("code", "")[:40], now_ms()):
        return render_template("sign_in/code.html", wrong=True), 401
    limit.forget(key)
    return sessions.begin(user, user["session_key"], request.args.get("next", ""))


@room.post("/language")
def choose_language() -> Response:
    """For this session, whoever it is; what stays stands on the account page."""
    if request.form.get("language") in LANGUAGES:
        session["language"] = request.form["language"]
    return redirect(sessions.inside(request.form.get("next", "")))


def too_often(template: str, wait_seconds: int, **shown: object) -> Response:
    """Whether it was right is not even looked at, so nothing is learnt by going on."""
    response = make_response(render_template(template, minutes=-(-wait_seconds // 60), **shown), 429)
    response.headers["Retry-After"] = str(wait_seconds)
    return response


def _half() -> User | None:
    """Who gave the right password a moment ago and owes the code."""
    half = session.get("half") or {}
    if now_ms() - half.get("at", 0) > CODE_WITHIN_MS:
        return None
    with state().store.read() as tx:
        user: User | None = tx.users.by_id(id=half["user"])
    known = user is not None and user["active"] and user["session_key"] == half["key"] and user["totp_secret"]
    return user if known else None


def _limits() -> tuple[Limit, Limit]:
    """For an address, and for a network: a guesser has many of the one or of the other. Each application has its own."""
    limits: tuple[Limit, Limit] = current_app.extensions.setdefault("acto.sign-in", (Limit(5, 900), Limit(50, 900)))
    return limits
