"""One answer, one story, one transaction: whatever the channel, every answer ends here."""

from __future__ import annotations

import json
from dataclasses import dataclass

from server.capture import answers, evidence, hits
from server.capture.answers import Answer
from server.capture.asked import Asked, Gone
from server.capture.evidence import Grade
from server.capture.hits import Hit
from server.qualify import leads
from server.store import Session, Store, new_id


@dataclass(frozen=True)
class Receipt:
    """What became of it. `answer` is what counts now; `kept` is true when that is not what was just sent."""

    answer: Answer
    kept: bool
    replay: bool


def receive(
    store: Store, asked: Asked, values: tuple[str, ...], hit: Hit, channel: str, hold_ms: int, now: int
) -> Receipt:
    """Take an answer that the block accepts. Returns after it is on stable storage.

    Raises Gone when the person was erased meanwhile, StoreUnavailable when nothing was stored.
    """
    return store.write(lambda tx: _story(tx, asked, values, hit, channel, hold_ms, now))


def _story(
    tx: Session, asked: Asked, values: tuple[str, ...], hit: Hit, channel: str, hold_ms: int, now: int
) -> Receipt:
    if tx.contacts.lock(id=asked.contact_id) is None:
        raise Gone
    hits.add(tx, hit, now)
    added = _append(tx, asked, values, hit, channel, evidence.grade(hit), now)
    answer = _settle(tx, asked, hold_ms, now, store=added)
    if added:
        leads.qualify(tx, asked.contact_id, now)
    return Receipt(answer, kept=set(answer.values) != set(values), replay=not added)


def _append(tx: Session, asked: Asked, values: tuple[str, ...], hit: Hit, channel: str, grade: Grade, now: int) -> bool:
    """Hit -> Event; false for a replay, which changes nothing."""
    added: int = tx.events.append(
        contact_id=asked.contact_id,
        id=new_id(now),
        message_id=asked.message_id,
        block=asked.block.name,
        kind="answered",
        value=json.dumps(values),
        channel=channel,
        nonce=hit.nonce,
        grade=grade.name,
        reasons=json.dumps(grade.reasons),
        at=now,
    )
    return added == 1


def _settle(tx: Session, asked: Asked, hold_ms: int, now: int, *, store: bool) -> Answer:
    """Events -> Answer; stored with what was asked and said, since templates change and answers stay."""
    events = tx.events.of_block(contact_id=asked.contact_id, message_id=asked.message_id, block=asked.block.name)
    answer = answers.settle(events, asked.block.answers, hold_ms, now)
    assert answer, "the event was just stored, or is being replayed"  # noqa: S101
    if store:
        tx.answers.put(
            contact_id=asked.contact_id,
            message_id=asked.message_id,
            block=asked.block.name,
            email=asked.message["email"],
            value=json.dumps(answer.values),
            grade=answer.grade,
            state=answer.state,
            answered_at=answer.answered_at,
            confirm_at=answer.confirm_at,
            changes=answer.changes,
            question=asked.question,
            points=json.dumps(asked.points(answer.values)),
        )
    return answer
