"""The one door to itsdangerous, and the only file that knows what a token looks like.

A token signs who, which message and which block, per purpose; the choice is a path segment, checked against the block. The
payload holds ids only, no personal data. Strings are malleable (the last characters of a signature can decode alike), so a
caller identifies by the decoded payload, never by the string.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from itsdangerous import BadSignature, Signer

Purpose = Literal["answer", "unsubscribe"]

DAY_SECONDS = 86_400
MAX_AGE_DAYS: dict[Purpose, int] = {
    "answer": 90,
    "unsubscribe": 3_650,  # CASL asks 60 days, CAN-SPAM 30; leaving should simply work, whenever
}
MAX_CHARACTERS = 250


@dataclass(frozen=True)
class Action:
    """What a token of ours says. `block` is empty where the purpose concerns the whole message."""

    purpose: Purpose
    contact_id: str
    message_id: str
    block: str
    signed_at: int


class TokenInvalid(Exception):
    """Not a token of ours for this purpose: altered, cut off, of another purpose, or signed by a key we no longer keep."""


class TokenExpired(Exception):
    """A true token past its age. Carries what its page needs."""

    def __init__(self, action: Action, max_age_days: int) -> None:
        self.action, self.max_age_days = action, max_age_days
        super().__init__(f"signed at {action.signed_at}; its links last {max_age_days} days")


class _Signer(Signer):
    """Derives the key of each secret once, not for each token."""

    @lru_cache(maxsize=64)  # noqa: B019 - a keyring lives as long as its process
    def derive_key(self, secret_key: str | bytes | None = None) -> bytes:
        return super().derive_key(secret_key)


class Keyring:
    """Signs with the newest key and reads with all. Keys are given oldest first."""

    def __init__(self, keys: Sequence[str]) -> None:
        # SHA-256, since itsdangerous defaults to SHA-1; a salt per purpose keeps a leaked link's power small.
        self._signers = {
            purpose: _Signer(list(keys), f"acto.{purpose}", key_derivation="hmac", digest_method=hashlib.sha256)
            for purpose in MAX_AGE_DAYS
        }

    def sign(self, purpose: Purpose, contact_id: str, message_id: str, block: str, now_seconds: int) -> str:
        """A token of about 100 URL-safe characters; ids and block are made of URL-safe characters without a dot."""
        return self._signers[purpose].sign(f"{contact_id}.{message_id}.{block}.{now_seconds}").decode("ascii")

    def read(self, purpose: Purpose, token: str, now_seconds: int) -> Action:
        """Raises TokenInvalid, or TokenExpired for a true token past its age."""
        action = self._action(purpose, token)
        if now_seconds - action.signed_at > MAX_AGE_DAYS[purpose] * DAY_SECONDS:
            raise TokenExpired(action, MAX_AGE_DAYS[purpose])
        return action

    def _action(self, purpose: Purpose, token: str) -> Action:
        if len(token) > MAX_CHARACTERS:  # no cost for what cannot be ours
            raise TokenInvalid
        try:
            payload = self._signers[purpose].unsign(token).decode("ascii")
            contact_id, message_id, block, signed_at = payload.split(".")
            return Action(purpose, contact_id, message_id, block, int(signed_at))
        except (BadSignature, ValueError) as error:
            raise TokenInvalid from error
