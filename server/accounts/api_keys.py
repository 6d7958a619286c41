"""Makes, finds and revokes API keys: shown once, stored as a hash, each with scopes, an expiry and a name."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from server.accounts import audit
from server.store import Session, Store, new_id

if TYPE_CHECKING:
    from server.store.queries.api_keys import ApiKeysRow

PREFIX = "acto_"
SHOWN_CHARACTERS = 10  # of a key, by which people recognise it
DAY_MS = 86_400_000
SCOPES = {
    "contacts:read": "read contacts",
    "contacts:write": "add and change contacts",
    "events:read": "read events",
    "answers:read": "read answers",
    "answers:write": "record answers",
    "leads:read": "read leads",
    "leads:write": "change owner, stage and notes of leads",
    "tasks:read": "read tasks",
    "tasks:write": "create and close tasks",
    "bookings:read": "read bookings",
    "bookings:write": "create, move and cancel bookings",
    "messages:read": "read messages and their state",
    "messages:send": "send emails",
    "webhooks:manage": "manage webhooks",
}


@dataclass(frozen=True)
class Key:
    """A valid key with its scopes."""

    id: str
    name: str
    scopes: frozenset[str]


class NotMade(Exception):
    """The key was not made; `why` is name or scopes."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def make(store: Store, by: str, name: str, scopes: Sequence[str], days: int | None, now: int) -> str:
    """Make a key and return it, which is the only time it can be read; `days` until it expires, or None. Raises NotMade."""
    if not name:
        raise NotMade("name")
    if not scopes or not set(scopes) <= set(SCOPES):
        raise NotMade("scopes")
    secret = PREFIX + secrets.token_urlsafe(32)
    prefix, granted = secret[:SHOWN_CHARACTERS], " ".join(scope for scope in SCOPES if scope in scopes)

    def write(tx: Session) -> None:
        tx.api_keys.add(
            id=new_id(now),
            name=name,
            prefix=prefix,
            hash=_hash(secret),
            scopes=granted,
            created_by=by,
            created_at=now,
            expires_at=now + days * DAY_MS if days else None,
        )
        audit.add(tx, by, "key.made", name, now, prefix=prefix, scopes=granted)

    store.write(write)
    return secret


def revoke(store: Store, by: str, key_id: str, now: int) -> bool:
    """Revoke a key at once; False if it was revoked before or does not exist."""

    def write(tx: Session) -> bool:
        row = tx.api_keys.by_id(id=key_id)
        if row is None or not tx.api_keys.revoke(id=key_id, now=now):
            return False
        audit.add(tx, by, "key.revoked", row["name"], now, prefix=row["prefix"])
        return True

    return store.write(write)


def find(tx: Session, secret: str, now: int) -> Key | None:
    """Return the key if it is valid now. It is looked up by its hash, so that timing reveals nothing about a similar key."""
    row = _row(tx, secret)
    if row is None or state(row, now) != "active":
        return None
    return Key(row["id"], row["name"], frozenset(row["scopes"].split()))


def ended(tx: Session, secret: str, now: int) -> str:
    """Return expired or revoked for the holder of the whole key; '' for an unknown or active one."""
    row = _row(tx, secret)
    found = state(row, now) if row else ""
    return "" if found == "active" else found


def state(row: ApiKeysRow, now: int) -> str:
    """Return active, expired or revoked."""
    if row["revoked_at"] is not None:
        return "revoked"
    ends = row["expires_at"]
    return "expired" if ends is not None and ends <= now else "active"


def _row(tx: Session, secret: str) -> ApiKeysRow | None:
    hashed = _hash(secret)
    row = tx.api_keys.by_hash(hash=hashed) if secret.startswith(PREFIX) else None
    return row if row and hmac.compare_digest(row["hash"], hashed) else None


def _hash(secret: str) -> str:
    """Hash a key. A plain hash is enough because a key has 256 random bits."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
