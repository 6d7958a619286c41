"""Computes the row of an answer from its events and marks answers that a later copy of the email superseded.

A row keeps the question and the labels of the options, because a template may change after the answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from server import jsontext
from server.capture import answers
from server.capture.answers import Answer
from server.capture.asked import Asked
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersPutValues, AnswersRow


def settle_again(tx: Session, asked: Asked, now: int) -> None:
    """Recompute and store the answer to a block from all of its events. The block must have at least one event."""
    answer = settled(tx, asked, now)
    tx.answers.put(**row(asked, answer))


def settled(tx: Session, asked: Asked, now: int) -> Answer:
    """Compute the answer to a block from all of its events, as of `now` (ms UTC)."""
    rows = tx.events.of_block(contact_id=asked.contact_id, message_id=asked.message_id, block=asked.block.name)
    answer = answers.settle([answers.candidate(each) for each in rows], asked.block.answers)
    assert answer, "the block has an event"  # noqa: S101
    return answers.as_of(answer, now)


def supersede(tx: Session, contact_id: str, rows: Sequence[AnswersRow]) -> None:
    """Update the superseded marks of a person's answers when they got one email several times. `rows` are all of their answers."""
    if len({(row["email"], row["block"]) for row in rows}) == len(rows):
        return  # only who got the same email twice has any
    for row in wrongly_marked(rows):
        marked = 1 - row["superseded"]
        tx.answers.mark(contact_id=contact_id, message_id=row["message_id"], block=row["block"], superseded=marked)


def wrongly_marked(rows: Sequence[AnswersRow]) -> Iterator[AnswersRow]:
    """Find the answers with a wrong superseded mark: of one question and state in several copies of an email, only the latest counts."""
    latest: dict[tuple[str, ...], tuple[int, str]] = {}
    for row in rows:
        key, place = _question(row), (row["answered_at"], row["message_id"])
        latest[key] = max(place, latest.get(key, place))
    for row in rows:
        if row["superseded"] != (latest[_question(row)] > (row["answered_at"], row["message_id"])):
            yield row


def _question(row: AnswersRow) -> tuple[str, ...]:
    return row["email"], row["block"], row["state"]


def row(asked: Asked, answer: Answer) -> AnswersPutValues:
    """Make the row that stores an answer, with its question and its points."""
    block = asked.block
    return {
        "contact_id": asked.contact_id,
        "message_id": asked.message_id,
        "block": block.name,
        "kind": block.answer_kind,
        "email": asked.message["email"],
        "value": answer.value,
        "grade": answer.grade,
        "state": answer.state,
        "answered_at": answer.answered_at,
        "confirm_at": answer.confirm_at,
        "changes": answer.changes,
        "verdict": answer.verdict,
        "question": asked.question,
        "points": jsontext.dumps(asked.points(answer.values)),
    }
