"""What is stored of the answers, and whether it is what people were told: each once, and nothing else."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from server import integrity
from server.sending.delivery import clock
from server.store import Session, Store
from tests.kills.clients import Sent

if TYPE_CHECKING:
    from server.store.queries.events import EventsListedRow

PAGE = 5000


def nonces(store: Store) -> Counter[str]:
    """How many events each nonce has."""
    with store.read() as tx:
        return Counter(event["nonce"] for event in _events(tx))


def replayed(store: Store) -> int:
    """How many answers arrived more than once: the kills that hit between the commit and the reply."""
    with store.read() as tx:
        people = tx.contacts.page(after="", limit=PAGE)
        arrived = Counter(hit["nonce"] for person in people for hit in tx.hits.of_contact(contact_id=person["id"]))
    return sum(times > 1 for times in arrived.values())


def breaches(store: Store, acknowledged: Sequence[Sent]) -> list[str]:
    """Every broken promise, once all that was sent is acknowledged: a sentence each."""
    with store.read() as tx:
        events = list(_events(tx))
    return [*_of_events(events, acknowledged), *(finding.sentence for finding in integrity.check(store, clock()))]


def _events(tx: Session) -> Iterator[EventsListedRow]:
    after_at, after_id = -1, ""
    while rows := tx.events.page(after_at=after_at, after_id=after_id, limit=PAGE):
        yield from rows
        after_at, after_id = rows[-1]["at"], rows[-1]["id"]


def _of_events(events: Sequence[EventsListedRow], acknowledged: Sequence[Sent]) -> Iterator[str]:
    expected = {
        sent.nonce: (sent.ask.contact_id, sent.ask.message_id, sent.ask.block, sent.value) for sent in acknowledged
    }
    found = Counter(event["nonce"] for event in events)
    for nonce in expected:
        if found[nonce] != 1:
            yield f"{nonce} was acknowledged and stands {found[nonce]} times"
    for event in events:
        value = json.loads(event["value"])
        if expected.get(event["nonce"]) != (event["contact_id"], event["message_id"], event["block"], *value):
            yield f"{event['nonce']} is stored as {event['block']} = {value}, which nobody sent"
