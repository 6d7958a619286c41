"""What people answered: totals by question, and the answers one by one."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from server.store import Session

PAGE = 50


@dataclass
class Question:
    """One block of one email: how many gave each answer. `waiting` answers are provisional and counted apart."""

    email: str
    block: str
    question: str
    totals: dict[str, int] = field(default_factory=dict)  # by what was said, in words
    waiting: int = 0

    @property
    def people(self) -> int:
        return sum(self.totals.values())


def by_question(tx: Session, email: str = "") -> list[Question]:
    """Every question with an answer; a question whose words changed keeps its newest words."""
    found: dict[tuple[str, str], Question] = {}
    newest: dict[tuple[str, str], int] = {}
    for row in tx.answers.totals(email=email):
        key = (row["email"], row["block"])
        question = found.setdefault(key, Question(*key, row["question"]))
        if row["latest_at"] >= newest.get(key, 0):
            newest[key], question.question = row["latest_at"], row["question"]
        _count(question, row)
    return list(found.values())


def recent(tx: Session, email: str = "", page: int = 1) -> list[dict[str, Any]]:
    """Answers, newest first, PAGE and one more at a time."""
    rows = tx.answers.recent(email=email, limit=PAGE + 1, offset=(page - 1) * PAGE)
    return [_read(row) for row in rows]


def count(tx: Session, email: str = "") -> int:
    return int(tx.answers.count(email=email))


def emails(tx: Session) -> list[str]:
    """The emails that have answers."""
    return sorted({row["email"] for row in tx.answers.totals(email="")})


def _count(question: Question, row: dict[str, Any]) -> None:
    if row["state"] == "provisional":
        question.waiting += row["total"]
        return
    said = ", ".join(point["label"] for point in json.loads(row["points"]))
    question.totals[said] = question.totals.get(said, 0) + row["total"]


def _read(row: dict[str, Any]) -> dict[str, Any]:
    name = " ".join(part for part in (row["first_name"], row["last_name"]) if part) or row["address"]
    labels = [point["label"] for point in json.loads(row["points"])]
    return {**row, "name": name, "labels": labels}
