"""Counts the answers to each question of an email, and lists answers one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder import impersonal
from builder.blocks import Block
from server import email_versions, jsontext
from server.contacts import contacts
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersRecentRow, AnswersTotalsRow

    class Named(AnswersRecentRow):
        """With a name to call the person by, and what they chose in words."""

        name: str
        labels: list[str]


PAGE = 25
OWN_WORDS = ""  # one total for all free texts


@dataclass
class Total:
    """The number of people who chose one option, and its label."""

    label: str
    people: int = 0


@dataclass
class Question:
    """The counts of one block of one email. `people` answered it; if several options may be chosen, the totals add up to more.

    `waiting` answers are provisional, `undecided` ones may be a machine's, `machines` are machines': each is counted
    separately. `scale` is that of a rating, such as nps; an open question (`is_open`) takes the person's own words.
    """

    email: str
    block: str
    question: str
    totals: dict[str, Total] = field(default_factory=dict)  # by option value, in the order of the email
    people: int = 0
    waiting: int = 0
    machines: int = 0
    undecided: int = 0
    scale: str = ""
    is_open: bool = False

    @property
    def marks(self) -> dict[int, int]:
        """People by the mark they gave on a scale."""
        return {int(value): total.people for value, total in self.totals.items() if value.isdecimal()}


def totals(tx: Session, email: str, campaign_id: str = "") -> list[AnswersTotalsRow]:
    """Return the rows from which the questions of an email, or of one campaign with it, are counted. It is slow for a million answers:
    see snapshots.py.
    """
    free = {block.name for block in blocks(tx, email, "").values() if block.limit}
    found: dict[tuple[str, ...], AnswersTotalsRow] = {}
    rows = tx.answers.totals_of_campaign(campaign_id=campaign_id) if campaign_id else tx.answers.totals(email=email)
    for row in rows:
        value = jsontext.dumps([OWN_WORDS]) if row["block"] in free else row["value"]
        key = row["block"], row["state"], value
        blank: AnswersTotalsRow = {**row, "value": value, "total": 0}
        found.setdefault(key, blank)["total"] += row["total"]
    return list(found.values())


def by_question(tx: Session, email: str, counted: Sequence[AnswersTotalsRow], language: str = "") -> list[Question]:
    """Return every question with an answer, in the order of the email and, if it is written in it, in `language`.

    Answers in another language or to an older wording are included, because they are counted by option and not by label.
    """
    found = _of_email(tx, email, counted, blocks(tx, email, language)).values()
    return [
        question for question in found if question.people or question.waiting or question.machines or question.undecided
    ]


def recent(tx: Session, email: str, page: int = 1, *, everyone: bool = False) -> list[Named]:
    """List the answers to an email, newest first, PAGE and one more at a time; those of machines only for `everyone`."""
    shown, offset = "yes" if everyone else "", (page - 1) * PAGE
    return [_read(row) for row in tx.answers.recent(email=email, everyone=shown, limit=PAGE + 1, offset=offset)]


def count(questions: Iterable[Question]) -> int:
    """Count the answers that count now, without those of machines."""
    return sum(question.people + question.waiting for question in questions)


def machines(questions: Iterable[Question]) -> int:
    """Count the answers of machines."""
    return sum(question.machines for question in questions)


def emails(tx: Session) -> list[str]:
    """List the emails that have answers."""
    return sorted(row["email"] for row in tx.answers.emails())


def by_last_answer(tx: Session) -> list[str]:
    """List the emails that have answers, the one that was answered last first."""
    found = [(tx.answers.last_at(email=email) or 0, email) for email in emails(tx)]
    return [email for _, email in sorted(found, reverse=True)]


def blocks(tx: Session, email: str, language: str) -> Mapping[str, Block]:
    """Return the questions of the version that was answered last, in words for everybody; none if its message was erased."""
    row = tx.answers.last_message(email=email)
    if row is None:
        return {}
    source = email_versions.source(tx, row["version_id"])
    return impersonal.questions(email_versions.load(tx, row["version_id"], source.speaks(language)))


def _question(email: str, block: Block) -> Question:
    """Make a question with all of its options, so that unchosen ones are listed too."""
    options = {option.value: Total(option.label) for option in block.options}
    return Question(email, block.name, block.question, options, scale=block.scale, is_open=bool(block.limit))


def _of_email(
    tx: Session, email: str, counted: Sequence[AnswersTotalsRow], blocks: Mapping[str, Block]
) -> dict[str, Question]:
    """Count the rows. The words of a question that the email no longer asks are those of its last answer."""
    found = {block.name: _question(email, block) for block in blocks.values()}
    for row in counted:
        name = row["block"]
        question = found.setdefault(name, Question(email, name, ""))
        if not question.question:
            question.question = tx.answers.last_asked(email=email, block=name) or ""
        _count(tx, question, row)
    return found


def _count(tx: Session, question: Question, row: AnswersTotalsRow) -> None:
    if row["state"] == "machine":
        question.machines += row["total"]
    elif row["state"] == "provisional":
        question.waiting += row["total"]
    elif row["state"] == "undecided":
        question.undecided += row["total"]
    elif row["state"] == "confirmed":
        question.people += row["total"]
        for value in jsontext.loads(row["value"]):
            _chosen(tx, question, value, row).people += row["total"]


def _chosen(tx: Session, question: Question, value: str, row: AnswersTotalsRow) -> Total:
    """Return the total of an option; an option that the email no longer has is named by the answer."""
    total = question.totals.get(value)
    if total is None:
        total = question.totals.setdefault(value, Total(""))
        total.label = _label(tx, question, value, row) if value else ""
    return total


def _label(tx: Session, question: Question, value: str, row: AnswersTotalsRow) -> str:
    """Return the label of an option from an answer. `row` may be from a snapshot, so that no such answer may exist any more."""
    key = {"block": row["block"], "state": row["state"], "value": row["value"]}
    points = jsontext.loads(tx.answers.last_given(email=question.email, **key) or "[]")
    return next((str(point["label"]) for point in points if value in (point["value"], point["label"])), value)


def _read(row: AnswersRecentRow) -> Named:
    name = contacts.full_name(row) or row["address"]
    labels = [point["label"] for point in jsontext.loads(row["points"])]
    return {**row, "name": name, "labels": labels}
