"""Signs users in: with address and password, then with a code if the user has a second step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, g, make_response, redirect, render_template, request, session, url_for
from werkzeug import Response

from server.accounts import totp, users
from server.texts import LANGUAGES
from server.web import security_log
from server.web import session as sessions
from server.web.accounts import login_throttle
from server.web.accounts.login_throttle import Try
from server.web.state import now_ms, state

if TYPE_CHECKING:
    from server.store.queries.users import UsersRow

room = Blueprint("sign_in", __name__)
CODE_WITHIN_MS = 600_000  # from the password to the code


@room.get("/sign-in")
def ask() -> str:
    """Show the form for address and password."""
    return _ask()


def _ask(wrong: bool = False, email: str = "") -> str:
    with state().store.read() as tx:
        nobody = not users.exist(tx)
    return render_template("sign_in/ask.html", wrong=wrong, email=email, nobody=nobody)


@room.post("/sign-in")
def enter() -> tuple[str, int] | Response:
    """Check address and password."""
    email = request.form.get("email", "")
    with state().store.read() as tx:
        user = users.by_email(tx, email)
    tried = Try(f"address {users.key(email)}", user)
    if tried.wait:
        return too_often("sign_in/ask.html", tried.wait, wrong=False, email=email)
    if not users.check(user, request.form.get("password", "")) or user is None:
        security_log.refused("password", user, tried.last)
        return _ask(wrong=True, email=email), 401
    tried.was_right()
    return let_in(user, request.args.get("next", ""))


@room.get("/sign-in/code")
def ask_code() -> str | Response:
    """Show the form for the code."""
    if _half() is None:
        return redirect(url_for("sign_in.ask", next=request.args.get("next")))
    return render_template("sign_in/code.html", wrong=False)


@room.post("/sign-in/code")
def enter_code() -> tuple[str, int] | Response:
    """Check the code. A wrong or used one counts as a try; after five tries no code is accepted for a while."""
    user = _half()
    if user is None:
        return redirect(url_for("sign_in.ask", next=request.args.get("next")))
    tried = Try(f"code {user['id']}", user)
    if tried.wait:
        return too_often("sign_in/code.html", tried.wait, wrong=False)
    if not totp.check(state().store, user, request.form.get("code", "")[:40], now_ms()):
        security_log.refused("code", user, tried.last)
        return render_template("sign_in/code.html", wrong=True), 401
    tried.was_right()
    return _in(user, request.args.get("next", ""))


@room.post("/language")
def choose_language() -> Response:
    """Set the language of this session, signed in or not; the account page sets the lasting one."""
    if request.form.get("language") in LANGUAGES:
        session["language"] = request.form["language"]
    g.user = sessions.who()  # the redirect needs the user, since this room does not ask for a session
    return redirect(sessions.inside(request.form.get("next", "")))


def let_in(user: UsersRow, target: str) -> Response:
    """Begin a session after the right password, or go on to the page for the code if the user has a second step."""
    if not user["totp_secret"]:
        return _in(user, target)
    session["half"] = {"user": user["id"], "key": user["session_key"], "at": now_ms()}
    return redirect(url_for("sign_in.ask_code", next=target or None))


def too_often(template: str, wait_seconds: int, **shown: object) -> Response:
    """Render the page of a refused try (429). The password or code is not checked, so that further tries reveal nothing."""
    response = make_response(render_template(template, minutes=-(-wait_seconds // 60), **shown), 429)
    response.headers["Retry-After"] = str(wait_seconds)
    return response


def _half() -> UsersRow | None:
    """Return the user who gave the right password within CODE_WITHIN_MS and still owes the code."""
    half = session.get("half") or {}
    if now_ms() - half.get("at", 0) > CODE_WITHIN_MS:
        return None
    with state().store.read() as tx:
        user: UsersRow | None = tx.users.by_id(id=half["user"])
    known = user is not None and user["active"] and user["session_key"] == half["key"] and user["totp_secret"]
    return user if known else None


def _in(user: UsersRow, target: str) -> Response:
    return login_throttle.remember(sessions.begin(user, target), user)
