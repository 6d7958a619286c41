"""Checks new passwords, and hashes and verifies them. The only module that imports argon2.

By NIST SP 800-63B-4 and OWASP ASVS 5.0 V6.2 length counts; there are no rules about kinds of characters, and nothing expires.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from server.accounts import password_strength

LEAST_CHARACTERS, MOST_CHARACTERS = 12, 256
_hasher = PasswordHasher()


class WeakPassword(Exception):
    """A password that is refused; `why` is short, long or guessable."""

    def __init__(self, why: str, sentence: str) -> None:
        super().__init__(sentence)
        self.why = why


def check_new(password: str, about: Iterable[str] = ()) -> None:
    """Raise WeakPassword. `about` are words of the person: their address, their name, their company's."""
    if len(password) < LEAST_CHARACTERS:
        sentence = f"A password has {LEAST_CHARACTERS} characters or more; this one has {len(password)}."
        raise WeakPassword("short", sentence)
    if len(password) > MOST_CHARACTERS:
        raise WeakPassword("long", f"A password has {MOST_CHARACTERS} characters at most.")
    if password_strength.is_guessable(password, about):
        raise WeakPassword("guessable", "This password is easy to guess. Use a few unusual words.")


def hashed(password: str) -> str:
    """Hash a password with argon2id. It is normalised to NFKC first, so that every keyboard gives the same letters."""
    return _hasher.hash(unicodedata.normalize("NFKC", password))


def verify(stored: str, password: str) -> bool:
    """Return whether the password matches; an empty `stored` takes the same time and never matches."""
    try:
        _hasher.verify(stored or _nobody(), unicodedata.normalize("NFKC", password[:MOST_CHARACTERS]))
    except (VerificationError, InvalidHashError):
        return False
    return bool(stored)


@lru_cache
def _nobody() -> str:
    """Return a hash for unknown addresses. Made when first needed, because hashing is slow."""
    return _hasher.hash("nobody has this password")
