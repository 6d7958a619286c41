"""A write that is asked for twice is done once: the name of the call, its effect and its reply are one transaction.

So there is no state in between: whoever dies before the commit has done nothing, and whoever repeats the call after it gets the
reply of then. A call that was refused did nothing and is not kept; the same name may try again.
"""

from __future__ import annotations

from typing import NamedTuple

from server.store import Session, Store, required

KEPT_MS = 48 * 3_600_000
FORGET_EVERY_MS = 600_000


class Kept(NamedTuple):
    """What the first call was answered. `same`: it asked for the same; `erased`: it was about somebody who is gone."""

    same: bool
    erased: bool
    status: int
    body: str


def claim(tx: Session, key_id: str, name: str, request: str, now: int) -> Kept | None:
    """None for the first call of this name, which is to be done and kept; else what the first one came to."""
    if tx.api_replies.claim(key_id=key_id, name=name, request=request, now=now):
        return None
    row = required(tx.api_replies.by_name(key_id=key_id, name=name))
    return Kept(row["request"] == request, row["status"] != 204 and not row["body"], row["status"], row["body"])


def keep(tx: Session, key_id: str, name: str, contact_id: str, status: int, body: str) -> None:
    """In the transaction of the claim. `contact_id` is whom the reply is about, '' for nobody."""
    tx.api_replies.keep(key_id=key_id, name=name, contact_id=contact_id, status=status, body=body)


class Forgetting:
    """A worker's hook: replies are kept for two days, twice what is promised."""

    def __init__(self, store: Store) -> None:
        self._store, self._next = store, 0

    def __call__(self, now: int) -> None:
        if now >= self._next:
            self._next = now + FORGET_EVERY_MS
            self._store.write(lambda tx: tx.api_replies.forget(before_at=now - KEPT_MS))
