"""Leaving the list: hit -> event -> suppression, in one transaction and at once."""

from __future__ import annotations

from server.capture import whole
from server.capture.hits import Hit
from server.flows import planning
from server.people import suppressions
from server.store import Session, Store


def leave(store: Store, hit: Hit, now: int) -> None:
    """No marketing to this person from now on, queued mail included. Harmless to repeat.

    Raises LookupError for a person who is not here, StoreUnavailable when nothing was stored.
    """
    store.write(lambda tx: _story(tx, hit, now))


def _story(tx: Session, hit: Hit, now: int) -> None:
    suppressions.unsubscribe(tx, hit.contact_id, hit.message_id, now)
    whole.append(tx, hit, "unsubscribed", now)
    planning.unsubscribed(tx, hit.contact_id, hit.message_id, now)
