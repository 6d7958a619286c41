"""Checks the second factor: codes from an app (RFC 6238), each used once, and recovery codes. The only module that imports pyotp."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

import pyotp

from server.accounts import audit
from server.store import Session, Store

if TYPE_CHECKING:
    from server.store.queries.users import UsersRow

STEP_SECONDS = 30
DRIFT = (0, -1, 1)  # steps that a phone's clock may be off
RECOVERY_CODES = 8
ISSUER = "Acto"
_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"  # without characters that look alike


def new_secret() -> str:
    """Return a secret of 160 bits in base32 (RFC 4226 section 4)."""
    return pyotp.random_base32()


def address(secret: str, email: str) -> str:
    """Return the otpauth:// URI that the app reads from the QR code."""
    return pyotp.TOTP(secret, interval=STEP_SECONDS).provisioning_uri(name=email, issuer_name=ISSUER)


def step_of(secret: str, code: str, now: int) -> int | None:
    """Return the time step whose code this is, or None. All steps of the drift are compared, so that timing reveals nothing."""
    if not secret:
        return None
    totp, current = pyotp.TOTP(secret, interval=STEP_SECONDS), now // 1000 // STEP_SECONDS
    given = "".join(code.split())
    fits = [step for step in (current + off for off in DRIFT) if _same(totp.at(step * STEP_SECONDS), given)]
    return max(fits, default=None)


def check(store: Store, user: UsersRow, code: str, now: int) -> bool:
    """Return whether the code is valid for the user, and use it up; app codes and recovery codes work once."""
    step = step_of(user["totp_secret"], code, now)

    def write(tx: Session) -> bool:
        if step is not None:
            return tx.users.use_step(id=user["id"], totp_step=step) == 1
        if not tx.users.use_code(user_id=user["id"], hash=_hash(code)):
            return False
        audit.add(tx, user["email"], "user.recovery_code_used", user["email"], now)
        return True

    return store.write(write)


def switch_on(store: Store, user: UsersRow, secret: str, code: str, now: int) -> list[str] | None:
    """Switch the second factor on and return the recovery codes, shown once. None when the code does not match the secret."""
    step = step_of(secret, code, now)
    if step is None:
        return None
    codes = ["-".join(_letters(8) for _ in range(2)) for _ in range(RECOVERY_CODES)]

    def write(tx: Session) -> None:
        tx.users.set_totp(id=user["id"], secret=secret, totp_step=step)
        tx.users.drop_codes(user_id=user["id"])
        tx.users.add_code(rows=[{"user_id": user["id"], "hash": _hash(each)} for each in codes])
        audit.add(tx, user["email"], "user.totp_on", user["email"], now)

    store.write(write)
    return codes


def switch_off(store: Store, by: str, user: UsersRow, now: int) -> None:
    """Switch the second factor off. `by` is the user, or an admin after a lost phone."""

    def write(tx: Session) -> None:
        tx.users.set_totp(id=user["id"], secret="", totp_step=0)
        tx.users.drop_codes(user_id=user["id"])
        audit.add(tx, by, "user.totp_off", user["email"], now)

    store.write(write)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _letters(number: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(number))


def _hash(code: str) -> str:
    """Hash a recovery code. A plain hash is enough because a code has 78 random bits."""
    return hashlib.sha256("".join(code.lower().split()).replace("-", "").encode()).hexdigest()
