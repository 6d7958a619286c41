"""Invitations, as two parsers that share no code read them: the same instants in summer and in winter."""

import email
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import policy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from builder import catalog, emails, messages
from builder.formats import calendar
from builder.formats.calendar import Meeting
from builder.mime import Address
from builder.personalise import CannotPersonalise
from tests import node
from tests.builder.test_parity import EVERYWHERE, NOW, STARTERS

ORGANIZER, GUEST = Address("Brújula", "hola@example.com"), Address('Ana "la" Díaz;', "ana@example.com")
TIMES = [
    "2026-07-03T10:00+02:00",
    "2026-12-03T10:00+01:00",
    "2026-03-29T02:30+01:00",
    "2026-10-25T02:30+02:00",
    "2026-01-01T00:00Z",
]
any_text = st.text(max_size=200)


@pytest.fixture(scope="module")
def reader() -> Iterator[node.Checker]:
    checker = node.Checker("invite.mjs")
    yield checker
    checker.close()


def invite(start: str, title: str = "Taller: costes, ventas; y más", **more: Any) -> str:
    meeting = Meeting("t@example.com", title, datetime.fromisoformat(start), 90, **more)
    return calendar.document(meeting, ORGANIZER, GUEST, 0)


@pytest.mark.parametrize("start", TIMES)
def test_both_parsers_read_the_same_instants(reader: node.Checker, start: str) -> None:
    moment = datetime.fromisoformat(start).astimezone(UTC)
    text = invite(start, place="Calle 70A # 7-41, Bogotá")
    found: Any = Calendar.from_ical(text).walk("VEVENT")
    (event,) = found
    assert (event["dtstart"].dt, event["dtend"].dt) == (moment, moment + timedelta(minutes=90))
    read = reader.ask(text)
    assert (read["start"], read["end"]) == (moment.timestamp(), moment.timestamp() + 90 * 60)
    assert (read["method"], read["title"], read["place"]) == (
        "REQUEST",
        "Taller: costes, ventas; y más",
        "Calle 70A # 7-41, Bogotá",
    )
    assert read["guest"] == ["mailto:ana@example.com", "TRUE", "Ana 'la' Díaz;"]


@given(title=any_text, place=any_text)
def test_no_text_adds_a_property_and_no_line_is_longer_than_it_may_be(title: str, place: str) -> None:
    text = invite(TIMES[0], title, place=place)
    names = [line.partition(":")[0].partition(";")[0] for line in text.replace("\r\n ", "").split("\r\n")]
    assert names.count("BEGIN") == names.count("END") == 3
    assert names.count("SUMMARY") == names.count("ATTENDEE") == 1
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")


def test_the_events_mail_carries_its_invitation_last_and_says_its_method() -> None:
    compiled = emails.compile(catalog.read(STARTERS / "event-rsvp"), "es")
    recipient = messages.sample(compiled.source)
    wire = messages.write(compiled, EVERYWHERE, recipient, NOW)
    message = email.message_from_bytes(wire, policy=policy.default)
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html", "text/calendar"]
    part = list(message.walk())[-1]
    assert part.get_param("method") == "REQUEST"
    found: Any = Calendar.from_ical(part.get_content()).walk("VEVENT")
    (event,) = found
    reply = EVERYWHERE.keyring.read_reply(event["uid"].partition("@")[0])
    assert (reply.message_id, list(compiled.blocks)[reply.place]) == (recipient.message_id, "coming")
    assert str(event["organizer"]) == "mailto:calendar@in.example.com"


def test_an_event_without_a_time_stops_the_message() -> None:
    compiled = emails.compile(catalog.read(STARTERS / "event-rsvp"), "es")
    sample = messages.sample(compiled.source)
    event = {**sample.data["event"], "start": "soon"}
    with pytest.raises(CannotPersonalise, match="has no time"):
        messages.write(compiled, EVERYWHERE, replace(sample, data={"event": event}), NOW)
