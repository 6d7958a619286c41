"""Loads the signing keys and compares them with the store, because another keys file could not read the links of sent mail."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import UTC, datetime

from builder.tokens import MAX_AGE_DAYS
from server import settings as all_settings
from server.settings import Key, Settings, SettingsError
from server.store import Session, Store

DAY_MS = 86_400_000
KEPT_DAYS = max(MAX_AGE_DAYS.values())  # every link signed by a key this old has expired
MISSING = "does not exist, and only its keys can verify the links of mail sent before"
FOREIGN = "lacks keys that signed mail sent before"
FIX = (
    "Put the file back from a backup, or start Acto in the folder of acto.toml. "
    "If it is lost, `acto keys new --lose-links` starts over, and the links in all mail sent so far stop working"
)


def keys(store: Store, settings: Settings, now: int) -> list[str]:
    """Return the secrets, oldest first; made on first use. Raises SettingsError if the file lacks those that signed sent mail."""
    return [key.secret for key in _checked(store, settings, now)]


def remember(store: Store, settings: Settings, now: int) -> list[str]:
    """Return the secrets for a sending process and record their fingerprints in the store."""
    found = _checked(store, settings, now)
    store.write(lambda tx: _remember(tx, found, now))
    return [key.secret for key in found]


def start_over(store: Store, settings: Settings) -> None:
    """Replace all keys by a new one and forget them in the store. Raises SettingsError."""
    all_settings.start_over(settings)
    store.write(lambda tx: tx.signing_keys.forget())


def are_missing(tx: Session, secrets: Collection[str], now: int) -> bool:
    """Return whether a key that is needed to read sent links is not among `secrets`."""
    if not tx.signing_keys.mail_has_left():
        return False
    there = {fingerprint(secret) for secret in secrets}
    needed = tx.signing_keys.needed(since_at=now - KEPT_DAYS * DAY_MS)
    return any(row["fingerprint"] not in there for row in needed)


def fingerprint(secret: str) -> str:
    """Return a hash that names a key without revealing it."""
    return hashlib.sha256(f"acto.fingerprint.{secret}".encode()).hexdigest()[:32]


def _checked(store: Store, settings: Settings, now: int) -> list[Key]:
    with store.read() as tx:
        if not tx.signing_keys.mail_has_left():
            return all_settings.read_keys(settings)
        if not all_settings.has_keys(settings):
            raise SettingsError(settings.keys_file, "keys_file", MISSING, FIX)
        found = all_settings.read_keys(settings)
        if are_missing(tx, [key.secret for key in found], now):
            raise SettingsError(settings.keys_file, "keys_file", FOREIGN, FIX)
    return found


def _remember(tx: Session, found: list[Key], now: int) -> None:
    """Record the keys; earlier ones are forgotten until the first mail has left, because no link depends on them."""
    if not tx.signing_keys.mail_has_left():
        tx.signing_keys.forget()
    for key in found[:-1]:
        tx.signing_keys.remember(fingerprint=fingerprint(key.secret), retired_at=_retired_at(key, now))
    tx.signing_keys.remember(fingerprint=fingerprint(found[-1].secret), retired_at=None)


def _retired_at(key: Key, now: int) -> int:
    day = key.retired
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000) if day else now
