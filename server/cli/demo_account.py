"""Creates the demo's account on the first run; a one-time link opens it, or a password kept beside the demo's data."""

from __future__ import annotations

import secrets
from pathlib import Path

from builder.tokens import Keyring
from server import signing
from server.accounts import account_links, users
from server.cli.shared import now_ms
from server.settings import Settings
from server.store import Store

ADDRESS = "admin@acto.localhost"
UNKNOWN = "your own account and password"


def ensure(settings: Settings, store: Store) -> None:
    """Create the account unless an account exists. Its password is stored in a file that only its owner can read."""
    with store.read() as tx:
        known = users.exist(tx)
    if known:
        return
    password, note = secrets.token_urlsafe(12), _note(settings)
    users.add_or_reset(store, ADDRESS, password, now_ms())
    note.touch(mode=0o600)
    note.write_text(f"{ADDRESS}  password: {password}\n", encoding="utf-8")


def sign_in_link(settings: Settings, store: Store) -> str:
    """Return a new sign-in link; empty if the account is gone or inactive, or other machines can reach the server."""
    with store.read() as tx:
        user = users.by_email(tx, ADDRESS)
    if user is None or not user["active"] or not account_links.is_local(settings):
        return ""
    keyring = Keyring(signing.keys(store, settings, now_ms()))
    return account_links.url(settings, keyring, "sign_in", user, now_ms())


def password(settings: Settings) -> str:
    """Return the words for the terminal on signing in without the link."""
    note = _note(settings)
    return note.read_text(encoding="utf-8").strip() if note.exists() else UNKNOWN


def _note(settings: Settings) -> Path:
    return Path(settings.data_dir) / "demo-sign-in"
