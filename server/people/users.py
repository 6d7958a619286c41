"""Who may sign in. One admin for now; passwords as argon2id hashes with the library's current advice."""

from __future__ import annotations

import secrets
from functools import lru_cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from server.store import Session, Store, new_id

User = dict[str, Any]
LEAST_CHARACTERS = 12
_hasher = PasswordHasher()


class WeakPassword(Exception):
    """The password is too short to be guessed slowly enough."""


def put(store: Store, email: str, password: str, now: int) -> None:
    """Add the user or set a new password, which signs out every session of theirs. Raises WeakPassword."""
    if len(password) < LEAST_CHARACTERS:
        raise WeakPassword(f"A password has {LEAST_CHARACTERS} characters or more; this one has {len(password)}.")
    row = {
        "id": new_id(now),
        "email": _key(email),
        "password_hash": _hasher.hash(password),
        "session_key": secrets.token_urlsafe(24),
        "now": now,
    }
    store.write(lambda tx: tx.users.put(**row))


def check(tx: Session, email: str, password: str) -> User | None:
    """The user whose password this is. As slow for an unknown address as for a known one."""
    user: User | None = tx.users.by_email(email=_key(email))
    try:
        _hasher.verify(user["password_hash"] if user else _nobody(), password)
    except (VerificationError, InvalidHashError):
        return None
    return user


@lru_cache
def _nobody() -> str:
    """What an unknown address is checked against; hashing takes as long as starting a command, so not before it is needed."""
    return _hasher.hash("nobody has this password")


def exist(tx: Session) -> bool:
    return int(tx.users.count()) > 0


def _key(email: str) -> str:
    return email.strip().lower()
