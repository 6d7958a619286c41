"""What the log says of those who come in and those who are kept out (OWASP ASVS 5.0 V16.3): ids and networks, never an address or a secret.

What a team should be able to look up stands in the activity log too: who signed in, and that somebody's tries are used up.
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
    here = _network()
    _log.info("signed in: user %s from %s", user["id"], here)
    _write(user, "user.signed_in", here)


def refused(what: str, user: UsersRow | None, last: bool) -> None:
    """A wrong password or code; `last` of those that may be tried."""
    here = _network()
    _log.warning("refused: wrong %s for user %s from %s", what, user["id"] if user else "unknown", here)
    if user and last:
        _write(user, "user.tries_used_up", here)


def not_allowed(permission: str | None) -> None:
    _log.warning("refused: %s needs %s, user %s has it not", request.endpoint, permission or "a row", g.user["id"])


def _write(user: UsersRow, what: str, here: str) -> None:
    email, now = user["email"], now_ms()
    state().store.write(lambda tx: audit.add(tx, email, what, email, now, network=here))


def _network() -> str:
    return network(request.remote_addr or "")
