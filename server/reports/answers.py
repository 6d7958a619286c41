"""What people answered: totals by question, and the answers one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from builder.blocks import Block
from server import jsontext, versions
from server.store import Session

PAGE = 50


@dataclass
class Total:
    """How many people chose one option, and what it says."""

    label: str
    people: int = 0


@dataclass
class Question:
    """One block of one email. `people` answered it; where several options may be chosen, the totals add up to more.

    `waiting` answers are provisional, `machines` were nobody's: both are counted apart.
    """

    email: str
    block: str
    question: str
    totals: dict[str, Total] = field(default_factory=dict)  # by option value, in the order of the email
    people: int = 0
    waiting: int = 0
    machines: int = 0


def by_question(tx: Session, email: str = "", language: str = "") -> list[Question]:
    """Every question with an answer, as the email asks them: in its order and, where it is written in it, in `language`.

    An answer in another language, or to an older wording, counts with the rest: what was chosen is the option, not its words.
    """
    rows = sorted(tx.answers.totals(email=email), key=lambda row: int(row["latest_at"]))
    asked = {name: _blocks(tx, name, language) for name in sorted({row["email"] for row in rows})}
    found = {(name, block.name): _question(name, block) for name, blocks in asked.items() for block in blocks.values()}
    for row in rows:
        block = asked[row["email"]].get(row["block"])
        _count(found.setdefault((row["email"], row["block"]), Question(row["email"], row["block"], "")), block, row)
    return [question for question in found.values() if question.people or question.waiting or question.machines]


def recent(tx: Session, email: str = "", page: int = 1, *, everyone: bool = False) -> list[dict[str, Any]]:
    """Answers, newest first, PAGE and one more at a time; those of machines only for `everyone`."""
    rows = tx.answers.recent(email=email, everyone="yes" if everyone else "", limit=PAGE + 1, offset=(page - 1) * PAGE)
    return [_read(row) for row in rows]


def count(tx: Session, email: str = "") -> int:
    """Without those of machines."""
    return int(tx.answers.count(email=email)) - machines(tx, email)


def machines(tx: Session, email: str = "") -> int:
    return int(tx.answers.count_machines(email=email))


def emails(tx: Session) -> list[str]:
    """The emails that have answers."""
    return sorted({row["email"] for row in tx.answers.totals(email="")})


def _blocks(tx: Session, email: str, language: str) -> Mapping[str, Block]:
    """The questions of the version that was answered last; none when its message is gone."""
    row = tx.answers.last_message(email=email)
    if row is None:
        return {}
    source = versions.load(tx, row["version_id"], row["language"]).source
    return versions.load(tx, row["version_id"], source.speaks(language)).blocks


def _question(email: str, block: Block) -> Question:
    """With every option, so that what nobody chose is seen too."""
    return Question(email, block.name, block.question, {option.value: Total(option.label) for option in block.options})


def _count(question: Question, block: Block | None, row: Mapping[str, Any]) -> None:
    """Rows come oldest first, so that the newest words stay where the email's own cannot stand without a person."""
    if not block or _is_personal(block.question):
        question.question = row["question"]
    if row["state"] == "machine":
        question.machines += row["total"]
        return
    if row["state"] == "provisional":
        question.waiting += row["total"]
        return
    question.people += row["total"]
    for point in jsontext.loads(row["points"]):
        total = question.totals.setdefault(point["value"], Total(point["label"]))
        total.people += row["total"]
        if _is_personal(total.label):
            total.label = point["label"]


def _is_personal(words: str) -> bool:
    return "{" in words


def _read(row: dict[str, Any]) -> dict[str, Any]:
    name = " ".join(part for part in (row["first_name"], row["last_name"]) if part) or row["address"]
    labels = [point["label"] for point in jsontext.loads(row["points"])]
    return {**row, "name": name, "labels": labels}
