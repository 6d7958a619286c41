"""Stores sessions as rows, so that ending one ends every copy of its cookie. The cookie has a random name, the row its hash.

By OWASP ASVS 5.0 V7 sessions expire when idle and after a fixed time, signing out ends them here, and users list and end their
own.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.sessions import SessionsRow

DAY_MS = 86_400_000
IDLE_MS, LONGEST_MS = 14 * DAY_MS, 30 * DAY_MS  # after the second even a daily user signs in again
SEEN_EVERY_MS = 300_000
AGENT_MOST = 200


def begin(tx: Session, user_id: str, agent: str, network: str, now: int) -> str:
    """Begin a session and return the random name for its cookie."""
    name = secrets.token_urlsafe(32)
    tx.sessions.end_old(user_id=user_id, began_before_at=now - LONGEST_MS, seen_before_at=now - IDLE_MS)
    tx.sessions.add(id=id_of(name), user_id=user_id, agent=agent[:AGENT_MOST], network=network, now=now)
    tx.users.seen(id=user_id, at=now, before_at=now)
    return name


def find(tx: Session, name: str, now: int) -> SessionsRow | None:
    """Return the session's row while it is valid; else None."""
    row = tx.sessions.by_id(id=id_of(name)) if name else None
    return row if row and _lasts(row, now) else None


def seen(tx: Session, row: SessionsRow, network: str, now: int) -> None:
    """Update when the session and its user were last seen, at most every SEEN_EVERY_MS."""
    tx.sessions.seen(id=row["id"], network=network, at=now, before_at=now - SEEN_EVERY_MS)
    tx.users.seen(id=row["user_id"], at=now, before_at=now - SEEN_EVERY_MS)


def listed(tx: Session, user_id: str, now: int) -> list[SessionsRow]:
    """List the user's valid sessions, the last used first."""
    return [row for row in tx.sessions.of_user(user_id=user_id) if _lasts(row, now)]


def end(tx: Session, user_id: str, session_id: str) -> bool:
    """End a session; False if it is not this user's."""
    return bool(tx.sessions.end_one(id=session_id, user_id=user_id))


def end_others(tx: Session, user_id: str, session_id: str) -> None:
    """End the user's sessions except this one."""
    tx.sessions.end_others(user_id=user_id, id=session_id)


def end_all(tx: Session, user_id: str) -> None:
    """End all sessions of a user, after a new password or a deactivation."""
    tx.sessions.end_others(user_id=user_id, id="")


def id_of(name: str) -> str:
    """Hash the name of a cookie. A plain hash is enough for 256 random bits, and a reader of the table cannot sign in with it."""
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()


def _lasts(row: SessionsRow, now: int) -> bool:
    return row["began_at"] > now - LONGEST_MS and row["seen_at"] > now - IDLE_MS
