"""Stores the answers to a test in a table of their own, and reads the answers that the pages and channels of any message show.

Only this module reads that table, so that an answer to a test reaches no lead, score, report, segment, flow or export.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from server import email_versions, jsontext
from server.capture import answer_rows, answers
from server.capture.answers import Candidate
from server.capture.asked import Asked, ask
from server.capture.evidence import Grade
from server.capture.hits import Hit
from server.sending.gate import TEST
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersRow
    from server.store.queries.asked import AskedByIdRow


def add(tx: Session, asked: Asked, values: tuple[str, ...], hit: Hit, grade: Grade, hit_id: str, now: int) -> bool:
    """Store an answer to a test; False for a replay, which changes nothing."""
    added = tx.testers.keep(
        contact_id=asked.contact_id,
        message_id=asked.message_id,
        block=asked.block.name,
        nonce=hit.nonce,
        id=hit_id,
        value=jsontext.dumps(values),
        channel=hit.channel,
        grade=grade.name,
        reasons=grade.stored,
        at=now,
    )
    return added == 1


def known_to(tx: Session, message: AskedByIdRow) -> Sequence[AnswersRow]:
    """Return the answers that a message may build on: all of its person's, or those to the test itself."""
    if message["purpose"] == TEST:
        return _to_test(tx, message)
    return tx.answers.of_contact(contact_id=message["contact_id"])


def of_message(tx: Session, message: AskedByIdRow) -> Sequence[AnswersRow]:
    """Return the answers to the questions of a message."""
    if message["purpose"] == TEST:
        return _to_test(tx, message)
    return tx.answers.of_message(contact_id=message["contact_id"], message_id=message["id"])


def _to_test(tx: Session, message: AskedByIdRow) -> list[AnswersRow]:
    """Compute the answers to a test from everything that arrived, as a person's answers are computed, confirmed at once."""
    email = email_versions.load(tx, message["version_id"], message["language"])
    arrived = tx.testers.answers(contact_id=message["contact_id"], message_id=message["id"])
    rows: list[AnswersRow] = []
    for name in dict.fromkeys(each["block"] for each in arrived):
        asked = ask(message, email, name)
        candidates = [
            Candidate(each["value"], each["grade"], each["at"], each["at"]) for each in arrived if each["block"] == name
        ]
        if asked and (answer := answers.settle(candidates, asked.block.answers)):
            rows.append({**answer_rows.row(asked, answer), "superseded": 0})
    return rows
