"""Records events about a whole message: unsubscribing and "this is not me". Each is stored once for each message."""

from __future__ import annotations

from server.capture import evidence, hits
from server.capture.hits import Hit
from server.contacts import aliases, suppressions, testers
from server.flows import planning
from server.store import Session, Store, new_id

ONCE = {"unsubscribed": "unsubscribe"}  # as events were stored from the first


def leave(store: Store, hit: Hit, now: int) -> None:
    """Unsubscribe the person and stop their queued marketing mail in one transaction. Repeating it does no harm.

    The link of a test only stores its hit. Raises LookupError for a person who does not exist, StoreUnavailable when nothing was stored.
    """
    store.write(lambda tx: _leave_in_transaction(tx, hit, now))


def _leave_in_transaction(tx: Session, hit: Hit, now: int) -> None:
    hit = _of_current(tx, hit)
    if testers.is_one(tx, hit.contact_id):
        hits.add(tx, hit, now)
        return
    suppressions.unsubscribe(tx, hit.contact_id, hit.message_id, now)
    _append(tx, hit, "unsubscribed", now)
    planning.unsubscribed(tx, hit.contact_id, hit.message_id, now)


def disown(store: Store, hit: Hit, now: int) -> None:
    """Record that the reader of the mail is not its addressee; no answer changes.

    Returns once it is on stable storage. Raises StoreUnavailable when nothing was stored.
    """
    store.write(lambda tx: _append(tx, hit, "not_me", now))


def _of_current(tx: Session, hit: Hit) -> Hit:
    """Return the hit under the id that the contact of its token has now."""
    there = tx.contacts.lock(id=hit.contact_id) is not None
    return hit if there else hit._replace(contact_id=aliases.current(tx, hit.contact_id))


def _append(tx: Session, hit: Hit, kind: str, now: int) -> None:
    """Store hit and event; `kind` is the event's nonce, so that repeating it stores one event. A test has no events."""
    hit = _of_current(tx, hit)
    hits.add(tx, hit, now)
    if testers.is_one(tx, hit.contact_id):
        return
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
