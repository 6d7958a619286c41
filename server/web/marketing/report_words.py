"""Writes a report in words: what an email brought, in one sentence, and what each question of it says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from babel.lists import format_list

from server import jsontext
from server.reports import scales, who
from server.reports.answers import Question
from server.reports.campaign import MONDAY_MS, WEEK_MS, Campaign
from server.reports.scales import Nps, Week
from server.reports.who import Wanted
from server.store import Session
from server.web import language
from server.web.language import several, text

if TYPE_CHECKING:
    from server.store.queries.report_people import ReportPeopleMarksRow

WORDS_SHOWN = 5  # newest texts under an open question
LEAST_FOR_MEDIAN = 3


class Summed(NamedTuple):
    """A question with its sum: `nps` or a `mean` out of `most` for a scale, `words` for an open one."""

    question: Question
    nps: Nps | None = None
    weeks: Sequence[Week] = ()
    mean: float | None = None
    most: int = 0
    words: Sequence[who.Named] = ()


def headline(found: Campaign) -> str:
    """Return the result in one sentence."""
    if not found.delivered:
        return text("Nobody has got it yet.")
    if not found.answered:
        return several(
            "%(num)s person got it, and nobody has answered yet.",
            "%(num)s people got it, and nobody has answered yet.",
            found.delivered,
        )
    share = language.percent(min(1.0, found.answered / found.delivered))
    told = several(
        "%(num)s of %(all)s people answered (%(share)s)",
        "%(num)s of %(all)s people answered (%(share)s)",
        found.answered,
        all=language.number(found.delivered),
        share=share,
    )
    if found.median_ms and found.answered >= LEAST_FOR_MEDIAN:
        told += text(", half of them within %(duration)s") % {"duration": language.duration(found.median_ms / 1000)}
    became = [*_became(found)]
    return f"{told}; {format_list(became, locale=language.LOCALES[language.current()])}." if became else f"{told}."


def _became(found: Campaign) -> list[str]:
    parts = [
        (found.qualified, several("%(num)s is qualified", "%(num)s are qualified", found.qualified)),
        (found.booked, several("%(num)s booked a time", "%(num)s booked a time", found.booked)),
        (found.won, several("%(num)s was won", "%(num)s were won", found.won)),
        (found.departed, several("%(num)s unsubscribed", "%(num)s unsubscribed", found.departed)),
    ]
    return [words for number, words in parts if number]


def summed(tx: Session, question: Question, marks: Sequence[ReportPeopleMarksRow], *, quotes: bool) -> Summed:
    """Sum up a question; `quotes` lists the newest texts of an open one, which name people."""
    if question.scale == scales.NPS:
        weeks = [
            (row["week"] * WEEK_MS + MONDAY_MS, mark, row["people"])
            for row in marks
            if row["block"] == question.block
            for mark in _marks(row["value"])
        ]
        return Summed(question, nps=scales.nps(question.marks), weeks=scales.trend(weeks))
    if question.scale in scales.MEANS:
        return Summed(question, mean=scales.mean(question.marks), most=scales.MEANS[question.scale])
    if question.is_open and quotes:
        return Summed(
            question, words=who.answered(tx, Wanted(question.email, question.block), size=WORDS_SHOWN)[:WORDS_SHOWN]
        )
    return Summed(question)


def _marks(stored: str) -> list[int]:
    return [int(each) for each in jsontext.loads(stored) if each.isdecimal()]
