"""Makes a repeated API call have one effect: the key of the call, its effect and its reply are stored in one transaction.

A crash before the commit leaves nothing, and a repetition after it gets the stored reply. A refused call is not stored, so that
its key may be used again.
"""

from __future__ import annotations

from typing import NamedTuple

from server.store import Session, Store, required

KEPT_MS = 48 * 3_600_000
FORGET_EVERY_MS = 600_000


class Kept(NamedTuple):
    """The stored reply of the first call. `same`: the request is the same; `erased`: it was about an erased contact."""

    same: bool
    erased: bool
    status: int
    body: str


def claim(tx: Session, key_id: str, name: str, request: str, now: int) -> Kept | None:
    """Claim a key; None for the first call, which must be carried out and stored; else the first call's reply."""
    if tx.api_replies.claim(key_id=key_id, name=name, request=request, now=now):
        return None
    row = required(tx.api_replies.by_name(key_id=key_id, name=name))
    return Kept(row["request"] == request, row["status"] != 204 and not row["body"], row["status"], row["body"])


def keep(tx: Session, key_id: str, name: str, contact_id: str, status: int, body: str) -> None:
    """Store the reply in the transaction of the claim. `contact_id` is the contact that it is about, '' for none."""
    tx.api_replies.keep(key_id=key_id, name=name, contact_id=contact_id, status=status, body=body)


class Forgetting:
    """A hook of the worker: deletes replies after two days, twice the documented time."""

    def __init__(self, store: Store) -> None:
        self._store, self._next = store, 0

    def __call__(self, now: int) -> None:
        if now >= self._next:
            self._next = now + FORGET_EVERY_MS
            self._store.write(lambda tx: tx.api_replies.forget(before_at=now - KEPT_MS))
