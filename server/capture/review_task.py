"""Opens a task when an undecided answer would make a lead, so that a team member decides, and closes it once decided."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from server import jsontext, texts
from server.store import Session
from server.tasks import rows as tasks

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersRow
    from server.store.queries.asked import AskedByIdRow

STATE = "undecided"
BY = "acto"  # who settles the task once the answer is settled
TITLE = "May be a scanner: “{answer}” to “{question}”"


def follow(tx: Session, message: AskedByIdRow, was: str, row: AnswersRow, now: int) -> None:
    """Open or close the task after an answer was settled; `was` is its former state, `row` the stored answer."""
    if row["state"] == was:
        return
    if row["state"] == STATE:
        floor = [point for point in jsontext.loads(row["points"]) if point.get("floor")]
        if floor:
            said = {"answer": floor[0]["label"], "question": row["question"]}
            title = texts.text(TITLE, message["language"], **said)
            tasks.add(tx, _task(row), row["contact_id"], title, "", now + tasks.DUE_MS, BY, now)
    elif was == STATE:
        tasks.finish(tx, row["contact_id"], _task(row), BY, now)


def follow_all(
    tx: Session, message: AskedByIdRow, before: Iterable[AnswersRow], after: Iterable[AnswersRow], now: int
) -> None:
    """Open or close the tasks of all answers of a message that was judged again."""
    was = {(row["message_id"], row["block"]): row["state"] for row in before}
    for row in after:
        if row["message_id"] == message["id"]:
            follow(tx, message, was.get((row["message_id"], row["block"]), ""), row, now)


def _task(row: AnswersRow) -> str:
    """Compute the id of the task, one for each question of a message, so that a second undecided answer opens no second task."""
    parts = (STATE, row["contact_id"], row["message_id"], row["block"])
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:26]
