"""Judges all stored answers again by the current rules, and exports every hit with its verdict for checking."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from server import jsontext
from server.capture import judging, observation, verdicts
from server.capture.asked import Asked, find_any
from server.capture.judging import Change
from server.capture.rules import VERSION, Rules
from server.capture.verdicts import Around
from server.store import Session, Store

if TYPE_CHECKING:
    from server.store.queries.hits import HitsRow

TOGETHER = 50  # messages in one transaction
Key = tuple[str, str]  # contact and message
Progress = Callable[[int], object]


def recompute(store: Store, rules: Rules, now: int, told: Progress = lambda done: None) -> Iterator[Change]:
    """Judge every answered message again and yield the changed verdicts once stored. It may be stopped and repeated.

    `told` is called with the number of messages done, after each batch.
    """
    done = 0
    for keys in _batches(store):
        yield from store.write(partial(_again, keys=keys, rules=rules, now=now))
        done += len(keys)
        told(done)


def export(store: Store, rules: Rules) -> Iterator[dict[str, Any]]:
    """Yield every hit with its verdict by the current rules, contact by contact; networks are cut as they are stored."""
    after = ""
    with store.read() as tx:
        while people := tx.contacts.page(after=after, limit=TOGETHER):
            for person in people:
                yield from _of_person(tx, person["id"], rules)
            after = people[-1]["id"]


def count(store: Store) -> int:
    """Count the messages that have answers."""
    with store.read() as tx:
        return tx.events.count_answered_messages()


def _batches(store: Store) -> Iterator[list[Key]]:
    after: Key = ("", "")
    while True:
        with store.read() as tx:
            rows = tx.events.answered_messages(after_contact=after[0], after_message=after[1], limit=TOGETHER)
        if not rows:
            return
        keys = [(row["contact_id"], row["message_id"]) for row in rows]
        yield keys
        after = keys[-1]


def _again(tx: Session, keys: list[Key], rules: Rules, now: int) -> list[Change]:
    changes: list[Change] = []
    for contact_id, message_id in keys:
        tx.contacts.lock(id=contact_id)
        changes += judging.again(tx, contact_id, message_id, rules, now)
    return changes


def _of_person(tx: Session, contact_id: str, rules: Rules) -> Iterator[dict[str, Any]]:
    messages: dict[str, list[HitsRow]] = {}
    for row in tx.hits.of_contact(contact_id=contact_id):
        messages.setdefault(row["message_id"], []).append(row)
    for message_id, rows in messages.items():
        hits = [observation.stored(row) for row in rows]
        judged = verdicts.judge(hits, _around(find_any(tx, contact_id, message_id)), rules)
        for row, verdict in zip(rows, judged, strict=True):
            facts = jsontext.loads(row["facts"])
            yield {**row, "facts": facts, "verdict": verdict.name, "signs": verdict.signs, "rules": VERSION}


def _around(asked: Asked | None) -> Around:
    """Return the facts about a message, or empty ones when the message was erased."""
    if asked is None:
        return Around(sent_at=0)
    return Around(judging.sent_at(asked.message), asked.email.exclusive)
