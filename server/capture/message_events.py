"""Records an event about a whole message and not one block of it: leaving the list, not being the person. Each happens once a message."""

from __future__ import annotations

from server.capture import evidence, hits
from server.capture.hits import Hit
from server.contacts import suppressions
from server.flows import planning
from server.store import Session, Store, new_id

ONCE = {"unsubscribed": "unsubscribe"}  # as events were stored from the first


def leave(store: Store, hit: Hit, now: int) -> None:
    """Unsubscribes the person at once, for queued mail too, in one transaction. Harmless to repeat.

    Raises LookupError for a person who is not here, StoreUnavailable when nothing was stored.
    """
    store.write(lambda tx: _leave_in_transaction(tx, hit, now))


def _leave_in_transaction(tx: Session, hit: Hit, now: int) -> None:
    suppressions.unsubscribe(tx, hit.contact_id, hit.message_id, now)
    _append(tx, hit, "unsubscribed", now)
    planning.unsubscribed(tx, hit.contact_id, hit.message_id, now)


def disown(store: Store, hit: Hit, now: int) -> None:
    """Records that somebody who got the mail says they are not its person; nothing is overwritten.

    Returns once it is on stable storage. Raises StoreUnavailable when nothing was stored.
    """
    store.write(lambda tx: _append(tx, hit, "not_me", now))


def _append(tx: Session, hit: Hit, kind: str, now: int) -> None:
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
