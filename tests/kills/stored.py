"""What is stored of the answers, and whether it is what people were told: each once, and nothing else."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from server.capture import answers
from server.qualify import leads
from server.store import Session, Store
from tests.kills.clients import Sent

PAGE = 5000
LATEST = "latest"  # the policy of every block of the email used here


class _Undo(Exception):
    pass


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
    return [*_of_events(events, acknowledged), *_of_answers(store, events), *_of_leads(store, events)]


def _events(tx: Session) -> Iterator[dict[str, Any]]:
    after_at, after_id = -1, ""
    while rows := tx.events.page(after_at=after_at, after_id=after_id, limit=PAGE):
        yield from rows
        after_at, after_id = rows[-1]["at"], rows[-1]["id"]


def _of_events(events: Sequence[dict[str, Any]], acknowledged: Sequence[Sent]) -> Iterator[str]:
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


def _of_answers(store: Store, events: Sequence[dict[str, Any]]) -> Iterator[str]:
    """One row a question, equal to what its events settle to."""
    asked: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for event in sorted(events, key=lambda event: (event["at"], event["id"])):
        asked.setdefault((event["contact_id"], event["message_id"], event["block"]), []).append(event)
    with store.read() as tx:
        rows = [row for contact_id in {key[0] for key in asked} for row in tx.answers.of_contact(contact_id=contact_id)]
        total = tx.answers.count(email="")
    stored = {(row["contact_id"], row["message_id"], row["block"]): row for row in rows}
    if not len(rows) == len(stored) == len(asked) == total:
        yield f"{len(asked)} questions were answered and {total} answers stand"
    for key, happened in asked.items():
        settled = answers.settle(map(answers.given, happened), LATEST)
        if key not in stored or answers.read(stored[key]) != settled:
            yield f"{key} settles to {settled} and stands as {stored.get(key)}"


def _of_leads(store: Store, events: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Each lead is what qualifying its person again gives."""
    for contact_id in {event["contact_id"] for event in events}:
        with store.read() as tx:
            stands = tx.leads.by_contact(contact_id=contact_id)
        again = _qualified_again(store, contact_id)
        if stands is None or {**stands, "updated_at": 0} != {**again, "updated_at": 0}:
            yield f"the lead {contact_id} stands as {stands} and recomputes to {again}"


def _qualified_again(store: Store, contact_id: str) -> dict[str, Any]:
    found: dict[str, Any] = {}

    def work(tx: Session) -> None:
        rows = tx.answers.of_contact(contact_id=contact_id)
        if not rows:
            return
        leads.qualify(tx, contact_id, rows, 0)
        found.update(tx.leads.by_contact(contact_id=contact_id))
        raise _Undo

    with suppress(_Undo):
        store.write(work)
    return found
