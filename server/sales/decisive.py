"""Finds the decisive facts about a person, newest first: said no or yes, unsubscribed, wrote, booked or cancelled an appointment.

They are computed from current rows and not stored, so that an answer that was taken back never shows in a headline.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, NamedTuple

from builder import blocks, dates, times
from server import jsontext, texts
from server.contacts import zones
from server.qualify.scoring import DIMENSIONS
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.decisive import DecisiveAnswersRow

ID_WIDTH = 64  # characters, as the queries cut them
STANDING = ("left", "complained", "booked")  # shown beside a newer fact too
AGAINST = ("no", "refused", "no_time", "cancelled")  # a reason not to call, unless a newer fact exists
LEFT = ("left", "complained")
SENTENCES = {
    "no": "Said no to “{question}”",
    "yes": "Said yes to “{question}”",
    "said": "Said “{label}” to “{question}”",
    "refused": "Said “{label}” to “{question}”",
    "no_time": "No time suited them: “{question}”",
    "wrote": "Wrote “{label}”",
    "left": "Unsubscribed",
    "complained": "Reported an email as spam",
    "booked": "Appointment: {when}",
    "cancelled": "Appointment cancelled: {when}",
}
LEAVING = {"unsubscribed": "left", "do_not_contact": "left", "complained": "complained"}
FACTS_MOST = 2  # facts of a row beside a departure
WORDS_MAX = 90  # characters of a reply
TODAY, TOMORROW, YESTERDAY = "today", "tomorrow", "yesterday"


class Fact(NamedTuple):
    """One decisive fact: `kind` is a row of SENTENCES, `at` its time, `starts_at` that of an appointment in `zone` (ms UTC)."""

    kind: str
    at: int
    question: str = ""
    label: str = ""
    starts_at: int = 0
    zone: str = ""


class Line(NamedTuple):
    """A fact in words, whether it speaks against a call, and the question that it answers."""

    words: str
    against: bool
    question: str


def of_contact(tx: Session, contact_id: str, now: int) -> list[Fact]:
    """Return the facts of one person."""
    return of_all(tx, [contact_id], now).get(contact_id, [])


def of_all(tx: Session, contact_ids: Iterable[str], now: int) -> dict[str, list[Fact]]:
    """Return the facts of each person who has any, by id, with three queries for all of them."""
    ids = "".join(each.ljust(ID_WIDTH) for each in dict.fromkeys(contact_ids))
    found: dict[str, list[Fact]] = {}
    for row in tx.decisive.answers(ids=ids):
        if fact := _answer(row):
            found.setdefault(row["contact_id"], []).append(fact)
    for booking in tx.decisive.bookings(ids=ids, now=now):
        fact = Fact(booking["state"], booking["at"], booking["title"], "", booking["starts_at"], booking["time_zone"])
        found.setdefault(booking["contact_id"], []).append(fact)
    for leaving in tx.decisive.leavings(ids=ids):
        if kind := LEAVING.get(leaving["reason"]):
            found.setdefault(leaving["contact_id"], []).append(Fact(kind, leaving["at"]))
    for reply in tx.decisive.replies(ids=ids):
        words = textwrap.shorten(reply["text"], WORDS_MAX, placeholder=" …")
        found.setdefault(reply["contact_id"], []).append(Fact("wrote", reply["at"], "", words))
    for facts in found.values():
        facts.sort(key=lambda fact: (fact.kind not in LEFT, -fact.at))  # a departure stands above everything
    return found


def _answer(row: DecisiveAnswersRow) -> Fact | None:
    """Return the fact of an answer; None for one that only adds points."""
    values, points = jsontext.loads(row["value"]), jsontext.loads(row["points"])
    label = ", ".join(each["label"] for each in points)
    sum_ = sum(each[name] for each in points for name in DIMENSIONS)
    declared, kind = blocks.declaration(row["kind"]), ""
    if declared.books:
        kind = "no_time" if values and times.slot_start(values[0]) is None and times.read(values[0]) is None else ""
    elif declared.decides and values == ["no"]:
        kind = "no"
    elif sum_ < 0:
        kind = "refused"
    elif any(each.get("floor") for each in points) or (declared.decides and sum_ > 0):
        kind = "yes" if declared.decides and values == ["yes"] else "said"
    return Fact(kind, row["at"], row["question"], label) if kind else None


def headline(facts: Iterable[Fact], language: str, now: int = 0, zone: tzinfo | None = None) -> str:
    """Write the newest fact and the lasting ones beside it on one line; '' without facts.

    With `now` it adds the day. `zone` is the reader's; without one, appointments are in their own zone.
    """
    told_of = [*facts]
    if not told_of:
        return ""
    first, *rest = [fact for fact in told_of if fact.kind != "wrote"] or told_of
    if getattr(zone, "key", "") == zones.UNSAID:  # without a zone of the reader, an appointment is in its own
        zone = None
    beside = [fact for fact in rest if fact.kind in STANDING and fact.kind != first.kind]
    told = [sentence(first, language, now, zone), *(sentence(fact, language, now, zone) for fact in beside)]
    if now and not first.starts_at:
        told.insert(1, _day(first.at, language, now, zone or zones.of("")))
    return " · ".join(dict.fromkeys(told))


def lines(facts: Iterable[Fact], language: str, now: int, zone: tzinfo) -> list[Line]:
    """Write the facts that decide, each with its day: departures first, then the newest FACTS_MOST of the others."""
    told_of = [*facts]
    left = [fact for fact in told_of if fact.kind in LEFT]
    others = [fact for fact in told_of if fact.kind not in LEFT]
    shown = [*left, *others[:FACTS_MOST], *(fact for fact in others[FACTS_MOST:] if fact.kind in STANDING)]
    return [_line(fact, language, now, zone) for fact in shown]


def speaks_against(facts: Sequence[Fact]) -> bool:
    """Return whether the newest fact is a no, or the person has unsubscribed. Words of a reply decide nothing."""
    decided = [fact for fact in facts if fact.kind != "wrote"]
    return any(fact.kind in LEFT for fact in facts) or any(fact.kind in AGAINST for fact in decided[:1])


def _line(fact: Fact, language: str, now: int, zone: tzinfo) -> Line:
    unsaid = getattr(zone, "key", "") == zones.UNSAID  # then an appointment is in its own zone
    words = sentence(fact, language, now, None if unsaid else zone)
    day = "" if fact.starts_at else f" · {_day(fact.at, language, now, zone)}"
    return Line(f"{words}{day}", fact.kind in (*LEFT, *AGAINST), fact.question)


def sentence(fact: Fact, language: str, now: int = 0, zone: tzinfo | None = None) -> str:
    """Write the fact in words, without its day."""
    when = _when(fact, language, now, zone or zones.of(fact.zone)) if fact.starts_at else ""
    return texts.text(SENTENCES[fact.kind], language, question=fact.question, label=fact.label, when=when)


def _when(fact: Fact, language: str, now: int, zone: tzinfo) -> str:
    """Write a time: `jueves 11:00`, `hoy 11:00`; with its date if it is more than six days away."""
    start, today = _local(fact.starts_at, zone), _local(now, zone).date()
    if start.date() in (today, today + timedelta(days=1)):
        day = texts.text(TODAY if start.date() == today else TOMORROW, language)
    elif now and today < start.date() < today + timedelta(days=7):
        day = dates.write(start.date(), "weekday", language)
    else:
        return times.written(start, language).rpartition(" (")[0]
    return f"{day} {start:%H:%M}"


def _day(at: int, language: str, now: int, zone: tzinfo) -> str:
    """Write a day: `hoy`, `ayer`, `24 de noviembre`."""
    day, today = _local(at, zone).date(), _local(now, zone).date()
    if day >= today:
        return texts.text(TODAY, language)
    if day == today - timedelta(days=1):
        return texts.text(YESTERDAY, language)
    return dates.write(day, "day", language)


def _local(at: int, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(at / 1000, zone)
