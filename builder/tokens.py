"""Signs and reads tokens; the only module that imports itsdangerous and knows a token's form.

A token signs a contact, a message and a block for one purpose; the choice is a path segment, checked against the block. The
payload holds ids only, no personal data. Token strings are malleable (the last characters of a signature can decode alike), so a
caller identifies by the decoded payload, never by the string.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from itsdangerous import BadSignature, Signer

Purpose = Literal["answer", "amp", "unsubscribe", "booking"]
UserPurpose = Literal["invitation", "reset", "sign_in", "feed", "browser"]

DAY_SECONDS = 86_400
MAX_AGE_DAYS: dict[Purpose, int] = {
    "answer": 90,
    "amp": 40,  # only in the AMP part, which mail clients show for about a month
    "booking": 730,  # an appointment may lie a year ahead
    "unsubscribe": 3_650,  # CASL asks for 60 days, CAN-SPAM for 30; ours works for as long as a mail is likely kept
}
USER_LINK_SECONDS: dict[UserPurpose, int] = {
    "invitation": 7 * DAY_SECONDS,
    "reset": 3600,
    "sign_in": 1800,  # of a demo, which prints it on the terminal
    "feed": 3_650 * DAY_SECONDS,  # until it is revoked
    "browser": 180 * DAY_SECONDS,  # gives no access; tries from such a browser are counted separately
}
MAX_CHARACTERS = 250


class Action(NamedTuple):
    """The content of a token. `block` is empty if the purpose concerns the whole message."""

    purpose: Purpose
    contact_id: str
    message_id: str
    block: str
    signed_at: int


@dataclass(frozen=True)
class Reply:
    """The content of the token in a reply address: a message, and the place of a block in it, counted from 0."""

    message_id: str
    place: int


@dataclass(frozen=True)
class UserLink:
    """The content of a link that lets a user sign in or set a password. `mark` ties it to the user's state when it was signed."""

    user_id: str
    mark: str


class TokenInvalid(Exception):
    """Not a valid token for this purpose: altered, cut off, of another purpose, or signed by a key that was removed."""


class TokenExpired(Exception):
    """A valid token past its age. Carries the action and the age limit for its page."""

    def __init__(self, action: Action, max_age_days: int) -> None:
        self.action, self.max_age_days = action, max_age_days
        super().__init__(f"signed at {action.signed_at}; its links last {max_age_days} days")


def claimed_message(token: str) -> str:
    """Return the message id that a token names, without checking the signature; empty if it names none."""
    return "".join(token[:MAX_CHARACTERS].split(".")[1:2])


class _Signer(Signer):
    """A signer that derives each secret's key once and caches it, not for each token."""

    @lru_cache(maxsize=64)  # noqa: B019 - a keyring lives as long as its process
    def derive_key(self, secret_key: str | bytes | None = None) -> bytes:
        return super().derive_key(secret_key)


class _AddressSigner(_Signer):
    """A signer for the local part of an address: 64 characters in all, and its case may be lost (RFC 5321 4.5.3.1.1, 2.4).

    Its signatures have 80 bits, which suffice because each guess costs an attacker one mail.
    """

    def get_signature(self, value: str | bytes) -> bytes:
        return self._signature(self.secret_keys[-1], value)

    def verify_signature(self, value: str | bytes, sig: str | bytes) -> bool:
        given = sig.encode() if isinstance(sig, str) else sig
        return any(hmac.compare_digest(self._signature(key, value), given) for key in self.secret_keys)

    def _signature(self, secret: bytes, value: str | bytes) -> bytes:
        data = value.encode() if isinstance(value, str) else value
        return base64.b32encode(self.algorithm.get_signature(self.derive_key(secret), data)[:10]).lower()


class Keyring:
    """The signing keys, oldest first: signs with the newest and reads with all."""

    def __init__(self, keys: Sequence[str]) -> None:
        # SHA-256, since itsdangerous defaults to SHA-1; a salt per purpose keeps a leaked link's power small.
        self._signers: dict[str, _Signer] = {
            purpose: _Signer(list(keys), f"acto.{purpose}", key_derivation="hmac", digest_method=hashlib.sha256)
            for purpose in (*MAX_AGE_DAYS, *USER_LINK_SECONDS)
        }
        self._replies = _AddressSigner(list(keys), "acto.reply", key_derivation="hmac", digest_method=hashlib.sha256)

    def sign(self, purpose: Purpose, contact_id: str, message_id: str, block: str, now_seconds: int) -> str:
        """Sign a token of about 100 URL-safe characters; ids and block are made of URL-safe characters without a dot."""
        return self._signers[purpose].sign(f"{contact_id}.{message_id}.{block}.{now_seconds}").decode("ascii")

    def read(self, purpose: Purpose, token: str, now_seconds: int) -> Action:
        """Read a token. Raises TokenInvalid, or TokenExpired for a valid token past its age."""
        action = self._action(purpose, token)
        if now_seconds - action.signed_at > MAX_AGE_DAYS[purpose] * DAY_SECONDS:
            raise TokenExpired(action, MAX_AGE_DAYS[purpose])
        return action

    def sign_reply(self, message_id: str, place: int) -> str:
        """Sign a token of 40 characters for the local part of an address, and for the UID of an invitation."""
        return self._replies.sign(f"{message_id}{place:02d}").decode("ascii")

    def read_reply(self, token: str) -> Reply:
        """Read the token of a reply address. Raises TokenInvalid. The caller checks the age, because it knows when the message
        was sent.
        """
        try:
            payload = self._replies.unsign(token.lower()[:MAX_CHARACTERS]).decode("ascii")
            return Reply(payload[:-2], int(payload[-2:]))
        except (BadSignature, ValueError) as error:
            raise TokenInvalid from error

    def sign_user_link(self, purpose: UserPurpose, user_id: str, mark: str, now_seconds: int) -> str:
        """Sign a token for a user's link; ids and mark are made of URL-safe characters without a dot."""
        return self._signers[purpose].sign(f"{user_id}.{mark}.{now_seconds}").decode("ascii")

    def read_user_link(self, purpose: UserPurpose, token: str, now_seconds: int) -> UserLink:
        """Read a user's link. Raises TokenInvalid, also for a link past its age, because the page shows the same text for both."""
        try:
            payload = self._signers[purpose].unsign(token[:MAX_CHARACTERS]).decode("ascii")
            user_id, mark, signed_at = payload.split(".")
            age = now_seconds - int(signed_at)
        except (BadSignature, ValueError) as error:
            raise TokenInvalid from error
        if age > USER_LINK_SECONDS[purpose]:
            raise TokenInvalid
        return UserLink(user_id, mark)

    def _action(self, purpose: Purpose, token: str) -> Action:
        if len(token) > MAX_CHARACTERS:  # refused before any signature is computed
            raise TokenInvalid
        try:
            payload = self._signers[purpose].unsign(token).decode("ascii")
            contact_id, message_id, block, signed_at = payload.split(".")
            return Action(purpose, contact_id, message_id, block, int(signed_at))
        except (BadSignature, ValueError) as error:
            raise TokenInvalid from error
