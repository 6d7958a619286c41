"""Events about a whole message and not one block of it: leaving the list, not being the person. Each happens once a message."""

from __future__ import annotations

from server.capture import evidence, hits
from server.capture.hits import Hit
from server.store import Session, new_id


def append(tx: Session, hit: Hit, kind: str, now: int) -> None:
    """Hit -> Event; `kind` stands in for a page's nonce, so that it is one event however often it is said."""
    hits.add(tx, hit, now)
    grade = evidence.grade(hit)
    tx.events.append(
        contact_id=hit.contact_id,
        id=new_id(now),
        message_id=hit.message_id,
        block="",
        kind=kind,
        value="[]",
        channel=hit.channel,
        nonce=ONCE.get(kind, kind),
        grade=grade.name,
        reasons=grade.stored,
        at=now,
    )


ONCE = {"unsubscribed": "unsubscribe"}  # as events were stored from the first
