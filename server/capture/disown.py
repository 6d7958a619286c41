"""Forwarded mail: somebody says that they are not the person. An event beside the others; nothing is overwritten."""

from __future__ import annotations

from server.capture import evidence, hits
from server.capture.hits import Hit
from server.store import Session, Store, new_id

ONCE = "not_me"  # instead of a page's nonce: one event a message, however often it is said


def disown(store: Store, hit: Hit, now: int) -> None:
    """Returns once it is on stable storage. Raises StoreUnavailable when nothing was stored."""
    store.write(lambda tx: _story(tx, hit, now))


def _story(tx: Session, hit: Hit, now: int) -> None:
    hits.add(tx, hit, now)
    grade = evidence.grade(hit)
    tx.events.append(
        contact_id=hit.contact_id,
        id=new_id(now),
        message_id=hit.message_id,
        block="",
        kind="not_me",
        value="[]",
        channel=hit.channel,
        nonce=ONCE,
        grade=grade.name,
        reasons=grade.stored,
        at=now,
    )
