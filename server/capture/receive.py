"""Receives an answer of any channel in one transaction: hit, event, verdict, settled answer, lead and planned effects."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from builder.tokens import Action
from server import jsontext
from server.booking import answer_booking
from server.capture import answer_rows, answers, block_state, evidence, hits, judging, review_task, tester_answers
from server.capture.answers import Answer, Candidate
from server.capture.asked import Asked, Gone, find
from server.capture.evidence import Grade
from server.capture.hits import Hit
from server.capture.judging import Judged
from server.capture.open_questions import open_questions
from server.capture.rules import VERSION, Rules
from server.flows import planning
from server.push import queue
from server.qualify import leads, scoring_models
from server.qualify.scoring_models import StoredModel
from server.store import Session, Store

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersRow


class Receipt(NamedTuple):
    """The result for the client. `answer` is what counts now; `kept` is true when an earlier answer counts instead of the one
    sent.

    `open` names the questions of the message left to ask, in order; `asked` is the block with the times that were free before.
    """

    answer: Answer
    kept: bool
    replay: bool
    open: tuple[str, ...]
    asked: Asked

    @property
    def following(self) -> str | None:
        """The name of the next block to ask; None after the last."""
        return self.open[0] if self.open else None


class Refusal(Enum):
    """The reasons for which an answer is not stored."""

    GONE = "there is nothing to answer"
    NOT_AN_ANSWER = "the block takes no such answer"
    CLOSED = "the block takes no more answers"
    TIME_TAKEN = "somebody else was quicker, or the time has passed"


class NotAnAnswer(Exception):
    """The block does not accept these values; nothing was stored."""


class Closed(Exception):
    """The block is closed; the hit was stored."""


class TimeTaken(Exception):
    """The chosen time is full or past; the hit was stored."""


RAISED: dict[Refusal, type[Exception]] = {
    Refusal.GONE: Gone,
    Refusal.NOT_AN_ANSWER: NotAnAnswer,
    Refusal.CLOSED: Closed,
    Refusal.TIME_TAKEN: TimeTaken,
}


def receive(store: Store, action: Action, values: tuple[str, ...], hit: Hit, rules: Rules, now: int) -> Receipt:
    """Receive an answer and return after it is on stable storage. `rules` judge whether a person gave it.

    Raises Gone when there is nothing to answer, NotAnAnswer, Closed, TimeTaken, and StoreUnavailable when nothing was stored.
    """
    return received(store.write(lambda tx: receive_in_transaction(tx, action, values, hit, rules, now)))


def received(outcome: Receipt | Refusal) -> Receipt:
    """Return the receipt of `receive_in_transaction` after its commit, or raise the exception of its refusal."""
    if isinstance(outcome, Refusal):
        raise RAISED[outcome]
    return outcome


def receive_in_transaction(
    tx: Session, action: Action, values: tuple[str, ...], hit: Hit, rules: Rules, now: int
) -> Receipt | Refusal:
    """Receive an answer within the caller's transaction. A hit with the purpose `withdraw` takes the answer back and has no
    values.

    A refusal is returned, not raised, because an exception would roll back the group of writes that shares the commit.
    """
    asked = find(tx, action, lock=True, now=now, wanted=values)
    if asked is None:
        return Refusal.GONE
    hit = hit._replace(contact_id=asked.contact_id)  # the token may name a contact that was merged
    values = asked.block.normal(values)
    if not _is_answer(asked, values, hit):
        return Refusal.NOT_AN_ANSWER
    if refusal := _refusal(tx, asked, values, now):
        hits.add(tx, hit, now)
        return refusal
    grade = evidence.grade(hit)
    if asked.is_test:
        added = tester_answers.add(tx, asked, values, hit, grade, hits.add(tx, hit, now), now)
        return standing_receipt(tx, asked, values, now, replay=not added) or Refusal.GONE
    judged = judging.arriving(tx, asked, hit, grade, now, rules)
    event = Candidate(jsontext.dumps(values), grade.name, now, judged.stands_at, judged.verdict.name)
    added = _append(tx, hits.add(tx, hit, now), asked, event, hit, grade, judged)
    others, current = _answers(tx, asked)
    answer = _settle(tx, asked, current, event) if added else current
    assert answer, "the event is being replayed, so it was stored"  # noqa: S101
    written = answer_rows.row(asked, answer)
    row: AnswersRow = {**written, "superseded": 0}
    everything = [*others, row]
    if added:
        tx.answers.put(**written)
        answer_rows.supersede(tx, asked.contact_id, everything)
        review_task.follow(tx, asked.message, current.state if current else "", row, now)
        moved = leads.qualify(tx, asked.contact_id, everything, now, _table(tx, asked), asked.previous)
        queue.follow(tx, asked.contact_id, moved, now)
        if flows := asked.locked["flows"]:
            confirmed = current.value if current and current.state == "confirmed" else None
            planning.answered(tx, flows, confirmed, row, now, asked.locked)
            planning.moved(tx, flows, asked.contact_id, moved, row["answered_at"], now)
        if asked.block.calendar and answer.state != "machine" and _counts(asked, answer, values):
            answer_booking.follow(tx, asked.message, asked.block, values, now)
        if judged.unmasks:
            judging.again(tx, asked.contact_id, asked.message_id, rules, now)
    return Receipt(answer, not _counts(asked, answer, values), not added, open_questions(asked, everything, now), asked)


def _refusal(tx: Session, asked: Asked, values: tuple[str, ...], now: int) -> Refusal | None:
    """Return why a valid answer is not accepted any more: the block is closed or the time is not free."""
    if asked.block.closes and block_state.closed_at(asked, now):
        return Refusal.CLOSED
    if not values:
        return None
    if asked.block.calendar:
        return Refusal.TIME_TAKEN if answer_booking.refusal(tx, asked.message, asked.block, values, now) else None
    if asked.block.slots:
        tx.versions.lock(id=asked.message["version_id"])  # of two who choose the same time, the second sees the first
        if not block_state.unavailable_times(tx, asked, now).isdisjoint(values):
            return Refusal.TIME_TAKEN
    return None


def _is_answer(asked: Asked, values: tuple[str, ...], hit: Hit) -> bool:
    if hit.purpose == "withdraw":
        return not values
    return asked.block.accepts(values) or _was_offered(asked, values)


def _was_offered(asked: Asked, values: tuple[str, ...]) -> bool:
    """Accept a time that the calendar offered in the mail, so that a booked one is refused as taken and not as invalid."""
    return bool(asked.block.calendar) and answer_booking.chosen(asked.block, values) is not None


def _counts(asked: Asked, answer: Answer, values: tuple[str, ...]) -> bool:
    """Return whether the values just sent are part of what counts now."""
    if asked.block.answers == answers.ACCUMULATES:
        return set(values) <= set(answer.values)
    return set(values) == set(answer.values)


def standing_receipt(
    tx: Session, asked: Asked, sent: tuple[str, ...], now: int, *, replay: bool = True
) -> Receipt | None:
    """Make the receipt of the answer stored for a block, as it counts now; None when the block has no answer."""
    rows = tester_answers.known_to(tx, asked.message)
    own = next((row for row in rows if (row["message_id"], row["block"]) == (asked.message_id, asked.block.name)), None)
    if own is None:
        return None
    answer = answers.read(own)
    kept = bool(sent) and not _counts(asked, answer, sent)
    return Receipt(answer, kept, replay, open_questions(asked, rows, now), asked)


def _table(tx: Session, asked: Asked) -> StoredModel:
    """Return the scoring model in force."""
    return scoring_models.held(asked.locked["table_id"] or "") or scoring_models.current(tx)


def _append(tx: Session, hit_id: str, asked: Asked, event: Candidate, hit: Hit, grade: Grade, judged: Judged) -> bool:
    """Store the event under the hit's id; False for a replay, which changes nothing."""
    added = tx.events.answered(
        contact_id=asked.contact_id,
        id=hit_id,
        message_id=asked.message_id,
        block=asked.block.name,
        kind="withdrew" if event.value == answers.NOTHING else "answered",
        value=event.value,
        channel=hit.channel,
        nonce=hit.nonce,
        grade=event.grade,
        reasons=grade.stored,
        at=event.at,
        verdict=event.verdict,
        signs=judged.verdict.stored,
        rules=VERSION,
        stands_at=event.stands_at,
    )
    return added == 1


def _answers(tx: Session, asked: Asked) -> tuple[list[AnswersRow], Answer | None]:
    """Return the person's other answers, and the answer to this block until now."""
    others, current = [], None
    for row in tx.answers.of_contact(contact_id=asked.contact_id):
        if row["block"] == asked.block.name and row["message_id"] == asked.message_id:
            current = answers.read(row)
        else:
            others.append(row)
    return others, current


def _settle(tx: Session, asked: Asked, current: Answer | None, event: Candidate) -> Answer:
    """Settle the answer; a change from all events, because two that race may be stored in the wrong order."""
    if current is None:
        return answers.step(None, event, asked.block.answers)
    return answer_rows.settled(tx, asked, event.at)
