"""Logs sign-ins and refusals (OWASP ASVS 5.0 V16.3) with user ids and networks, never with an address or a secret.

Sign-ins and used-up tries also enter the activity log, where the team can look them up.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from flask import g, request

from server.accounts import audit
from server.web.hits import network
from server.web.state import now_ms, state

if TYPE_CHECKING:
    from server.store.queries.users import UsersRow

_log = logging.getLogger("acto.access")


def came_in(user: UsersRow) -> None:
    """Log that a user signed in."""
    here = _network()
    _log.info("signed in: user %s from %s", user["id"], here)
    _write(user, "user.signed_in", here)


def refused(what: str, user: UsersRow | None, last: bool) -> None:
    """Log a wrong password or code (`what`); `last` tells that no further try is allowed for a while."""
    here = _network()
    _log.warning("refused: wrong %s for user %s from %s", what, user["id"] if user else "unknown", here)
    if user and last:
        _write(user, "user.tries_used_up", here)


def not_allowed(permission: str | None) -> None:
    """Log that the user's role was refused a page."""
    _log.warning("refused: %s needs %s, user %s has it not", request.endpoint, permission or "a row", g.user["id"])


def _write(user: UsersRow, what: str, here: str) -> None:
    email, now = user["email"], now_ms()
    state().store.write(lambda tx: audit.add(tx, email, what, email, now, network=here))


def _network() -> str:
    return network(request.remote_addr or "")
