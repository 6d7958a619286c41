"""Generates invented people, the mails they got and their answers, as rows; the same ones every time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from server.bench.crowd_mails import Mail, Question
from server.capture import answers
from server.capture.answers import Candidate
from server.capture.rules import VERSION, Rules
from server.contacts import search
from server.store import new_id

if TYPE_CHECKING:
    from server.store.queries.bulk import (
        BulkAnswersValues,
        BulkContactsValues,
        BulkEventsValues,
        BulkHitsValues,
        BulkMessagesValues,
    )

DAY_MS = 86_400_000
DAYS, NEW = 400, 10  # of history; the age of the newest people
FIRST = ("Ana", "Luis", "Marta", "Jorge", "Lucía", "Grace", "Pablo", "Inés", "Tom", "Nuria", "Íñigo", "Carmen")
LAST = ("Restrepo", "Núñez", "Ferrer", "Whitfield", "Salas", "Olmedo", "Ibáñez", "Gómez", "Hill", "Vega", "Prieto")
TRADES = ("Talleres", "Clínica", "Ferretería", "Estudio", "Logística", "Bodegas", "Joinery", "Imprenta")
AGENT = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
)
FACTS = '{"Sec-Fetch-Site":"same-origin","Sec-Fetch-Mode":"cors","dwell":"2100","visible":"1"}'
BURST = '[["options_burst",{"options":5,"links":5,"seconds":2}],["gesture",{}]]'


class Way(NamedTuple):
    """One way to answer: its channel, its signs and its verdict."""

    share: int
    channel: str
    grade: str
    gesture: str
    vouched: str
    verdict: str
    signs: str
    waits_ms: int


WAYS = (  # of a hundred answers
    Way(80, "page", "gestured", "pointer", "", "person", '[["gesture",{}],["dwelt",{}],["visible",{}]]', 0),
    Way(8, "page", "posted", "", "", "undecided", "[]", Rules().hold_ms),
    Way(6, "page", "gestured", "pointer", "", "machine", BURST, Rules().hold_ms),
    Way(6, "amp", "authenticated", "", "amp", "person", '[["vouched",{}]]', 0),
)


SHARES = [way.share for way in WAYS]
CHANGED = 1 / 12  # of answers, changed once


class Who(NamedTuple):
    """The contact id and network of one person."""

    contact_id: str
    network: str


@dataclass
class Rows:
    """The generated rows of each table."""

    contacts: list[BulkContactsValues] = field(default_factory=list)
    messages: list[BulkMessagesValues] = field(default_factory=list)
    hits: list[BulkHitsValues] = field(default_factory=list)
    events: list[BulkEventsValues] = field(default_factory=list)
    answers: list[BulkAnswersValues] = field(default_factory=list)


def person(rows: Rows, number: int, mails: Sequence[Mail], events: int, at: int, now: int, draw: Random) -> None:
    """Add one person, there since `at`, with mails until they have answered `events` times, and one mail that they ignore."""
    who = Who(new_id(at), f"190.{number >> 8 & 255}.{number & 255}.0/24")
    rows.contacts.append(_contact(who.contact_id, number, at, draw))
    step, before = (now - at) // (events + 2), len(rows.answers)
    for letter in range(events + 1):
        sent = mails[(number + letter) % len(mails)]
        at += step
        message_id = new_id(at)
        rows.messages.append(_message(who.contact_id, message_id, sent, at))
        if not events:
            break
        events -= _answered(rows, who, message_id, sent, at + draw.randrange(10_000, DAY_MS // 2), events, draw)
    latest: dict[tuple[str, ...], BulkAnswersValues] = {}
    for row in rows.answers[before:]:
        key = row["email"], row["block"], row["state"]
        if key in latest:
            latest[key]["superseded"] = 1
        latest[key] = row


def _answered(rows: Rows, who: Who, message_id: str, sent: Mail, at: int, most: int, draw: Random) -> int:
    """Answer some of the questions of a mail, most of them once; return the number of answers.

    The first is reached from the mail, the others from the page of thanks.
    """
    given = 0
    way = draw.choices(WAYS, SHARES)[0]
    if way.channel == "page":
        rows.hits.append(_hit(who, message_id, sent.questions[0].name, "", way, at - 1500, sent.source.name))
    for question in sent.questions[: draw.choice((1, len(sent.questions), len(sent.questions)))]:
        said: list[Candidate] = []
        for value in draw.sample(question.values, 2) if draw.random() < CHANGED else (draw.choice(question.values),):
            if given == most:
                break
            at, given = at + draw.randrange(2_000, 60_000), given + 1
            said.append(_event(rows, who, message_id, question.name, value, way, at))
        if said:
            rows.answers.append(_answer(who.contact_id, message_id, sent, question, said))
    return given


def _event(rows: Rows, who: Who, message_id: str, block: str, value: str, way: Way, at: int) -> Candidate:
    """Add one answer: the form that was sent, and its verdict."""
    hit = _hit(who, message_id, block, value, way, at)
    rows.hits.append(hit)
    event: BulkEventsValues = {
        "contact_id": who.contact_id,
        "id": hit["id"],
        "message_id": message_id,
        "block": block,
        "value": f'["{value}"]',
        "channel": way.channel,
        "nonce": hit["nonce"],
        "grade": way.grade,
        "reasons": "[]",
        "at": at,
        "verdict": way.verdict,
        "signs": way.signs,
        "rules": VERSION,
        "stands_at": at + way.waits_ms,
    }
    rows.events.append(event)
    return Candidate(event["value"], way.grade, at, event["stands_at"], way.verdict)


def _hit(who: Who, message_id: str, block: str, choice: str, way: Way, at: int, opens: str = "") -> BulkHitsValues:
    """Make the hit of a sent form, or of an opened page of the email `opens`."""
    hit_id = new_id(at)
    acts = not opens
    return {
        "contact_id": who.contact_id,
        "id": hit_id,
        "message_id": message_id,
        "block": block,
        "purpose": "answer",
        "channel": way.channel,
        "vouched": way.vouched,
        "at": at,
        "method": "POST" if acts else "GET",
        "choice": choice,
        "agent": AGENT,
        "network": who.network,
        "facts": FACTS,
        "nonce": hit_id if acts else "",
        "gesture": way.gesture if acts else "",
        "email": opens,
    }


def _answer(
    contact_id: str, message_id: str, sent: Mail, question: Question, said: list[Candidate]
) -> BulkAnswersValues:
    settled = answers.settle(said, question.policy)
    assert settled  # noqa: S101 - something was said
    counts = answers.as_of(settled, settled.confirm_at)
    return {
        "value": counts.value,
        "grade": counts.grade,
        "state": counts.state,
        "answered_at": counts.answered_at,
        "confirm_at": counts.confirm_at,
        "changes": counts.changes,
        "verdict": counts.verdict,
        "contact_id": contact_id,
        "message_id": message_id,
        "block": question.name,
        "kind": question.kind,
        "email": sent.source.name,
        "question": question.text,
        "points": question.points[counts.values[0]],
        "superseded": 0,
    }


def _contact(contact_id: str, number: int, now: int, draw: Random) -> BulkContactsValues:
    first, last, trade = draw.choice(FIRST), draw.choice(LAST), draw.choice(TRADES)
    company = f"{trade} {last} {number // 20}"
    row: search.Searched = {
        "first_name": first,
        "last_name": last,
        "company": company,
        "email": f"p{number}@c{number // 20}.example",
    }
    return {**row, "id": contact_id, "language": "es", "search_text": search.text_of(row), "now": now}


def _message(contact_id: str, message_id: str, sent: Mail, at: int) -> BulkMessagesValues:
    source = sent.source
    return {
        "contact_id": contact_id,
        "id": message_id,
        "email": source.name,
        "version_id": sent.version_id,
        "language": "es",
        "mail_class": source.mail_class,
        "stream": source.stream,
        "topic": source.topic,
        "at": at,
    }


def batches(people: int, events: int, mails: Sequence[Mail], now: int, size: int, seed: int) -> Iterator[Rows]:
    """Yield `events` answers of `people` people, `size` people at a time."""
    draw, given = Random(seed), 0  # noqa: S311 - the same crowd every time
    for start in range(0, people, size):
        rows = Rows()
        for number in range(start, min(start + size, people)):
            share = events * (number + 1) // people - given
            since = (
                now - DAYS * DAY_MS + (DAYS - NEW) * DAY_MS * number // people
            )  # in order of time, so that indexes grow as in use
            person(rows, number, mails, share, since, now, draw)
            given += share
        yield rows
