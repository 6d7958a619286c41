"""Signs and checks links for users: invitation and reset links set a password, a sign-in link of the demo signs in.

Each works once, because it contains a mark of the user's session key, and its use renews that key.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from builder.tokens import Keyring, TokenInvalid, UserPurpose
from server.accounts import audit, passwords, sessions
from server.accounts.users import new_session_key
from server.settings import Settings
from server.store import Session, Store

if TYPE_CHECKING:
    from server.store.queries.users import UsersRow

PATHS: dict[UserPurpose, str] = {"invitation": "welcome", "reset": "reset", "sign_in": "start"}
DEEDS: dict[UserPurpose, str] = {"invitation": "user.joined", "reset": "user.password"}
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def url(settings: Settings, keyring: Keyring, purpose: UserPurpose, user: UsersRow, now: int) -> str:
    """Return the URL of the page behind the link."""
    token = keyring.sign_user_link(purpose, user["id"], _mark(user), now // 1000)
    return f"{settings.base_url.rstrip('/')}/{PATHS[purpose]}/{token}"


def find(tx: Session, keyring: Keyring, purpose: UserPurpose, token: str, now: int) -> UsersRow | None:
    """Return the user of a link; None if it is invalid, expired or used, or the user is deactivated."""
    try:
        link = keyring.read_user_link(purpose, token, now // 1000)
    except TokenInvalid:
        return None
    user = tx.users.by_id(id=link.user_id)
    if user is None or not user["active"] or not hmac.compare_digest(_mark(user), link.mark):
        return None
    return user


def use(
    store: Store, purpose: UserPurpose, user: UsersRow, name: str, zone: str, password: str, now: int
) -> str | None:
    """Set the password and return the new session key; None if the link was used meanwhile. Raises WeakPassword."""
    passwords.check_new(password, [user["email"], name])
    row = {"password_hash": passwords.hashed(password), "session_key": new_session_key()}

    def write(tx: Session) -> str | None:
        if not tx.users.set_password(id=user["id"], old_key=user["session_key"], **row):
            return None
        sessions.end_all(tx, user["id"])
        said = {"name": name or user["name"], "language": user["language"], "time_zone": zone}
        tx.users.set_profile(id=user["id"], **said)
        audit.add(tx, user["email"], DEEDS[purpose], user["email"], now)
        return row["session_key"]

    return store.write(write)


def is_local(settings: Settings) -> bool:
    """Return whether sign-in links work here: only on a server that is reached at a loopback address."""
    return urlsplit(settings.base_url).hostname in LOOPBACK


def take_sign_in(store: Store, user: UsersRow, spoken: str) -> UsersRow | None:
    """Use a sign-in link up and return the updated user, or None if the link was used meanwhile.

    A user without a language gets the browser's, `spoken`, so that mail to them is in it too.
    """
    renewed: UsersRow = {**user, "session_key": new_session_key(), "language": user["language"] or spoken}
    row = {"id": user["id"], "old_key": user["session_key"]}
    row |= {"session_key": renewed["session_key"], "language": renewed["language"]}
    return renewed if store.write(lambda tx: tx.users.take_link(**row)) else None


def _mark(user: UsersRow) -> str:
    return hashlib.sha256(f"acto.link.{user['session_key']}".encode()).hexdigest()[:32]
