"""Leaving the list: hit -> event -> suppression, in one transaction and at once."""

from __future__ import annotations

from server import jsontext
from server.capture import evidence, hits
from server.capture.hits import Hit
from server.people import suppressions
from server.store import Session, Store, new_id

ONCE = "unsubscribe"  # instead of a page's nonce: a message's unsubscribe is one event, however often it is posted


def leave(store: Store, hit: Hit, now: int) -> None:
    """No marketing to this person from now on, queued mail included. Harmless to repeat.

    Raises LookupError for a person who is not here, StoreUnavailable when nothing was stored.
    """
    store.write(lambda tx: _story(tx, hit, now))


def _story(tx: Session, hit: Hit, now: int) -> None:
    suppressions.unsubscribe(tx, hit.contact_id, hit.message_id, now)
    hits.add(tx, hit, now)
    grade = evidence.grade(hit)
    tx.events.append(
        contact_id=hit.contact_id,
        id=new_id(now),
        message_id=hit.message_id,
        block="",
        kind="unsubscribed",
        value="[]",
        channel="page",
        nonce=ONCE,
        grade=grade.name,
        reasons=jsontext.dumps(grade.reasons),
        at=now,
    )
