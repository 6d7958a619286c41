"""Limits how often a password or a code may be tried, without letting a stranger lock a user out.

A browser that has signed in before carries a signed device cookie and has its own count of tries, so that a stranger who uses up the
tries of an address does not lock out its owner (OWASP, “Slow down online guessing with device cookies”). Browsers without one share the
tries of the address and of their network, because a guesser has many of the one or of the other.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from flask import current_app, request
from werkzeug import Response

from builder.tokens import USER_LINK_SECONDS, TokenInvalid
from server.web.hits import network
from server.web.limits import Limit
from server.web.state import now_ms, state

if TYPE_CHECKING:
    from server.store.queries.users import UsersRow

WITHIN_SECONDS = 900
EACH, NETWORK = 5, 50
MARK_BYTES = 16


class Try:
    """One try of a password or code, counted before it is checked, so that concurrent tries cannot exceed the limit. `wait` are the
    seconds until a try is allowed, 0 if this one is.
    """

    def __init__(self, what: str, user: UsersRow | None) -> None:
        known = _mark(user)
        own, shared = _limits()
        self._taken: list[tuple[Limit, str]] = []
        self.wait = 0
        for limit, key in [(own, f"{what} {known}")] if known else [(shared, _network()), (own, what)]:
            self.wait = limit.take(key, now_ms())
            if self.wait:
                break
            self._taken.append((limit, key))

    @property
    def last(self) -> bool:
        """Return whether this try was the last one allowed for a while."""
        limit, key = self._taken[-1]
        return limit.wait_seconds(key, now_ms()) > 0

    def was_right(self) -> None:
        """Reset the tries of the browser or address and give the network this one back."""
        for limit, key in self._taken:
            if key == _network():
                limit.give_back(key)
            else:
                limit.forget(key)


def remember(response: Response, user: UsersRow) -> Response:
    """Give the browser of a signed-in user the device cookie. The cookie grants no access; it only separates the counts."""
    if not _mark(user):
        mark, now = secrets.token_urlsafe(MARK_BYTES), now_ms() // 1000
        token, secure = state().keyring.sign_user_link("browser", user["id"], mark, now), _name().startswith("__Host-")
        longest = USER_LINK_SECONDS["browser"]
        response.set_cookie(_name(), token, max_age=longest, httponly=True, samesite="Lax", secure=secure)
    return response


def _mark(user: UsersRow | None) -> str:
    """Return the mark in the browser's device cookie if it belongs to this user; else ''."""
    if user is None:
        return ""
    try:
        link = state().keyring.read_user_link("browser", request.cookies.get(_name(), ""), now_ms() // 1000)
    except TokenInvalid:
        return ""
    return link.mark if link.user_id == user["id"] else ""


def _name() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-browser"


def _network() -> str:
    return f"network {network(request.remote_addr or '')}"


def _limits() -> tuple[Limit, Limit]:
    """Return the limits for each browser or address and for each network, of this application."""
    made = Limit(EACH, WITHIN_SECONDS), Limit(NETWORK, WITHIN_SECONDS)
    limits: tuple[Limit, Limit] = state().limits.setdefault("sign-in", made)
    return limits
