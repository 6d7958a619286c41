"""Sessions and the guard: without one nothing but recipient pages can be reached, and with one what the role opens."""

from __future__ import annotations

import hmac
from collections.abc import Collection
from urllib.parse import urlsplit

from flask import Blueprint, Flask, g, redirect, request, session, url_for
from flask_wtf.csrf import CSRFProtect
from werkzeug import Response
from werkzeug.exceptions import MethodNotAllowed

from server.people.users import User
from server.web import access
from server.web.state import now_ms, state

room = Blueprint("session", __name__)
OPEN_ROOMS = ("sign_in", "links")  # the ways in; their forms carry tokens like all others
OPEN = ("session.health", "static")
LONGEST_MS = 30 * 86_400_000  # then even somebody who comes every day signs in anew
SEEN_EVERY_MS = 300_000


def guard(app: Flask, csrf: CSRFProtect, public: Collection[str]) -> None:
    """Every view of every blueprint that is not named public or open asks for a session; every form there for its token."""

    @app.before_request
    def require_session() -> Response | None:
        if request.blueprint in public or isinstance(request.routing_exception, MethodNotAllowed):
            return None
        if request.method == "POST":
            csrf.protect()
        if request.endpoint in OPEN or request.blueprint in OPEN_ROOMS:
            return None
        g.user = who()
        if g.user:
            access.check(request.endpoint)
            return None
        target = request.full_path if request.method == "GET" and request.endpoint else None
        return redirect(url_for("sign_in.ask", next=target))


def begin(user: User, session_key: str, target: str) -> Response:
    """Sign the user in and lead them on. What was known of the browser before is worth nothing after it."""
    chosen = session.get("language")
    session.clear()
    session.permanent = True
    session.update(user=user["id"], key=session_key, since=now_ms())
    if chosen:
        session["language"] = chosen
    g.user = user
    return redirect(inside(target))


def who() -> User | None:
    """Who is signed in with this browser: known, let in, and not for too long."""
    user_id, now = session.get("user"), now_ms()
    if not user_id or now - session.get("since", 0) > LONGEST_MS:
        return None
    with state().store.read() as tx:
        user: User | None = tx.users.by_id(id=user_id)
    if user is None or not user["active"] or not hmac.compare_digest(user["session_key"], session.get("key", "")):
        return None
    if user["seen_at"] < now - SEEN_EVERY_MS:
        before = now - SEEN_EVERY_MS
        state().store.write(lambda tx: tx.users.seen(id=user_id, at=now, before_at=before))
    return user


@room.post("/sign-out")
def sign_out() -> Response:
    session.clear()
    return redirect(url_for("sign_in.ask"))


@room.get("/health")
def health() -> str:
    """Says that the server answers, and no more; also the bare page that `acto bench capture` compares with."""
    return "ok\n"


def inside(target: str) -> str:
    """A path of this server, or the first room: a redirect never leads elsewhere."""
    parts = urlsplit(target)
    is_inside = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc
    return target if is_inside else access.home()
