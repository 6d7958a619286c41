"""Begins and ends the sessions of users, and guards every view: without a session only recipient pages, the API
and the sign-in are open.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, abort, g, redirect, request, session, url_for
from flask_wtf.csrf import CSRFProtect
from werkzeug import Response
from werkzeug.exceptions import MethodNotAllowed

from server.accounts import roles, sessions
from server.web import access, forms, security_log
from server.web.hits import network
from server.web.room import SIGNED_IN, Room
from server.web.state import now_ms, state

if TYPE_CHECKING:
    from server.store.queries.users import UsersRow

room = Room(
    "session",
    __name__,
    access={
        "sign_out": SIGNED_IN,
    },
)
OPEN_ROOMS = ("sign_in", "links", "first_visit")  # need no session; their forms carry CSRF tokens like all others
OPEN = ("session.health", "static")


def guard(app: Flask, csrf: CSRFProtect, public: Collection[str]) -> None:
    """Require a session for every view that is neither in a `public` blueprint nor open, and a CSRF token for
    every form outside `public`.
    """

    @app.before_request
    def require_session() -> Response | None:
        if request.blueprint in public or isinstance(request.routing_exception, MethodNotAllowed):
            return None
        if request.method == "POST":
            if session.get("name"):  # a stranger's form is never long
                request.max_content_length = request.max_form_memory_size = forms.most_bytes(request.path)
            csrf.protect()
        if _holds_nul():
            abort(400)
        if request.endpoint in OPEN or request.blueprint in OPEN_ROOMS:
            return None
        g.user = who()
        if g.user:
            access.check(request.endpoint)
            return redirect(url_for("account.index")) if owes_second_step() and _needs_it(request.endpoint) else None
        target = request.full_path if request.method == "GET" and request.endpoint else None
        return redirect(url_for("sign_in.ask", next=target))


def owes_second_step() -> bool:
    """Return whether the signed-in user must still set up the second step that the setting `second_step` demands of them."""
    asked = state().settings.second_step
    return not g.user["totp_secret"] and (asked == "everyone" or (asked == "admins" and g.user["role"] == roles.ADMIN))


def _needs_it(endpoint: str | None) -> bool:
    """Return whether the page waits for the second step: every page but the account, where it is set up, and the session's own."""
    return not (endpoint or "").startswith(("account.", "session."))


def begin(user: UsersRow, target: str) -> Response:
    """Sign the user in and redirect to `target`. Clear the session first, so that nothing set before the sign-in survives it (session
    fixation).
    """
    chosen, agent, here, now = session.get("language"), request.user_agent.string, _network(), now_ms()
    name = state().store.write(lambda tx: sessions.begin(tx, user["id"], agent, here, now))
    session.clear()
    session.permanent = True
    session["name"] = name
    if chosen:
        session["language"] = chosen
    g.user = user
    security_log.came_in(user)
    return redirect(inside(target))


def who() -> UsersRow | None:
    """Return the user of this browser's session, or None unless both are active. Put the session's id into `g.session` and update when
    it was last seen.
    """
    name, now = session.get("name"), now_ms()
    if not name:
        return None
    with state().store.read() as tx:
        row = sessions.find(tx, name, now)
        user: UsersRow | None = tx.users.by_id(id=row["user_id"]) if row else None
        g.restored = tx.restores.waiting() is not None  # every page says that nothing is sent
    if row is None or user is None or not user["active"]:
        return None
    g.session = row["id"]
    if row["seen_at"] < now - sessions.SEEN_EVERY_MS:
        here = _network()
        state().store.write(lambda tx: sessions.seen(tx, row, here, now))
    return user


@room.post("/sign-out")
def sign_out() -> Response:
    """End the session in the store, so that every copy of the cookie stops working."""
    user_id, session_id = g.user["id"], g.session
    state().store.write(lambda tx: sessions.end(tx, user_id, session_id))
    session.clear()
    return redirect(url_for("sign_in.ask"))


@room.get("/health")
def health() -> str:
    """Answer "ok" while the process serves; also the bare page that `acto bench capture` compares with."""
    return "ok\n"


def inside(target: str) -> str:
    """Return `target` if it is a path of this server, else the user's first page, so that a redirect never leads to another site."""
    target = target if target.isprintable() else ""
    parts = urlsplit(target)
    is_inside = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc
    return target if is_inside else access.home()


def _holds_nul() -> bool:
    """Return whether a field contains a NUL byte, which no form of ours sends and PostgreSQL cannot store."""
    given = (*request.values.items(multi=True), *(request.view_args or {}).items())
    return any("\0" in f"{name}{value}" for name, value in given)


def _network() -> str:
    return network(request.remote_addr or "")
