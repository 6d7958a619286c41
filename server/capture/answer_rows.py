"""Puts an answer where it stands: what counts, with what was asked and said, because templates change and answers stay."""

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
    """Events -> Answer, from all of them; for a block that has been answered."""
    answer = settled(tx, asked, now)
    tx.answers.put(**row(asked, answer))


def settled(tx: Session, asked: Asked, now: int) -> Answer:
    rows = tx.events.of_block(contact_id=asked.contact_id, message_id=asked.message_id, block=asked.block.name)
    answer = answers.settle([answers.candidate(each) for each in rows], asked.block.answers)
    assert answer, "the block has an event"  # noqa: S101
    return answers.as_of(answer, now)


def supersede(tx: Session, contact_id: str, rows: Sequence[AnswersRow]) -> None:
    """Marks what later answers stand in for, among `rows`, all of the person; one that was just put is not marked."""
    if len({(row["email"], row["block"]) for row in rows}) == len(rows):
        return  # only who got the same email twice has any
    for row in wrongly_marked(rows):
        marked = 1 - row["superseded"]
        tx.answers.mark(contact_id=contact_id, message_id=row["message_id"], block=row["block"], superseded=marked)


def wrongly_marked(rows: Sequence[AnswersRow]) -> Iterator[AnswersRow]:
    """Of the answers to one question of several copies of an email, those of one state, the latest alone is not superseded."""
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
    """As it is stored."""
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
