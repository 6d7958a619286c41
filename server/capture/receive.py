"""One answer, one story, one transaction: whatever the channel, every answer ends here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, NamedTuple

from builder.tokens import Action
from server import jsontext
from server.capture import answers, evidence, hits
from server.capture.answers import Answer, Given
from server.capture.asked import Asked, Gone, find
from server.capture.evidence import Grade
from server.capture.hits import Hit
from server.qualify import leads
from server.store import Session, Store, new_id


class Receipt(NamedTuple):
    """What became of it. `answer` is what counts now; `kept` is true when that is not what was just sent.

    `following` is the next question of this message without an answer, by its block's name.
    """

    answer: Answer
    kept: bool
    replay: bool
    following: str | None


class Refusal(Enum):
    """Why nothing was stored."""

    GONE = "there is nothing to answer"
    NOT_AN_ANSWER = "the block takes no such answer"


class NotAnAnswer(Exception):
    """The block takes no such answer; nothing was stored."""


def receive(
    store: Store, action: Action, values: tuple[str, ...], hit: Hit, channel: str, hold_ms: int, now: int
) -> Receipt:
    """Take an answer. Returns after it is on stable storage.

    Raises Gone when there is nothing to answer, NotAnAnswer, and StoreUnavailable when nothing was stored.
    """
    outcome = store.write(lambda tx: _story(tx, action, values, hit, channel, hold_ms, now))
    if outcome is Refusal.GONE:
        raise Gone
    if outcome is Refusal.NOT_AN_ANSWER:
        raise NotAnAnswer
    return outcome


def _story(
    tx: Session, action: Action, values: tuple[str, ...], hit: Hit, channel: str, hold_ms: int, now: int
) -> Receipt | Refusal:
    """What cannot be answered is returned, not raised: a raise would make the whole group of writes start over."""
    asked = find(tx, action, lock=True)
    if asked is None:
        return Refusal.GONE
    if not asked.block.accepts(values):
        return Refusal.NOT_AN_ANSWER
    grade = evidence.grade(hit)
    event = Given(jsontext.dumps(values), grade.name, now)
    hits.add(tx, hit, now)
    added = _append(tx, asked, event, hit, channel, grade)
    others, current = _answers(tx, asked)
    answer = _settle(tx, asked, current, event, hold_ms) if added else current
    assert answer, "the event is being replayed, so it was stored"  # noqa: S101
    if added:
        row = _put(tx, asked, answer)
        leads.qualify(tx, asked.contact_id, [*others, row], now)
    return Receipt(answer, set(answer.values) != set(values), not added, _following(asked, others))


def _following(asked: Asked, others: Sequence[Mapping[str, Any]]) -> str | None:
    """One thing at a time, but all of it: in reading order from this block on; what was skipped above it comes last."""
    answered = {row["block"] for row in others if row["message_id"] == asked.message_id}
    names = list(asked.email.blocks)
    here = names.index(asked.block.name)
    return next((name for name in (*names[here + 1 :], *names[:here]) if name not in answered), None)


def _append(tx: Session, asked: Asked, event: Given, hit: Hit, channel: str, grade: Grade) -> bool:
    """Hit -> Event; false for a replay, which changes nothing."""
    added: int = tx.events.append(
        contact_id=asked.contact_id,
        id=new_id(event.at),
        message_id=asked.message_id,
        block=asked.block.name,
        kind="answered",
        value=event.value,
        channel=channel,
        nonce=hit.nonce,
        grade=event.grade,
        reasons=grade.stored,
        at=event.at,
    )
    return added == 1


def _answers(tx: Session, asked: Asked) -> tuple[list[dict[str, Any]], Answer | None]:
    """The person's other answers, and what has counted for this block so far."""
    others, current = [], None
    for row in tx.answers.of_contact(contact_id=asked.contact_id):
        if row["block"] == asked.block.name and row["message_id"] == asked.message_id:
            current = answers.read(row)
        else:
            others.append(row)
    return others, current


def _settle(tx: Session, asked: Asked, current: Answer | None, event: Given, hold_ms: int) -> Answer:
    """Events -> Answer. A change of mind is settled from all events: of two that arrive together, the later may be stored
    first, and stepping from what counts would then give what nobody can recompute.
    """
    policy = asked.block.answers
    if current is None:
        return answers.step(None, event, policy, hold_ms)
    rows = tx.events.of_block(contact_id=asked.contact_id, message_id=asked.message_id, block=asked.block.name)
    settled = answers.settle([Given(row["value"], row["grade"], row["at"]) for row in rows], policy, hold_ms)
    assert settled, "the event was just stored"  # noqa: S101
    return settled._replace(state="confirmed") if settled.confirm_at <= event.at else settled


def _put(tx: Session, asked: Asked, answer: Answer) -> dict[str, Any]:
    """Stores what counts with what was asked and said, since templates change and answers stay. Returns the row."""
    row = {
        "contact_id": asked.contact_id,
        "message_id": asked.message_id,
        "block": asked.block.name,
        "email": asked.message["email"],
        "value": answer.value,
        "grade": answer.grade,
        "state": answer.state,
        "answered_at": answer.answered_at,
        "confirm_at": answer.confirm_at,
        "changes": answer.changes,
        "question": asked.question,
        "points": jsontext.dumps(asked.points(answer.values)),
    }
    tx.answers.put(**row)
    return row
