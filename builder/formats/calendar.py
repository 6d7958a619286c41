"""Writes iCalendar: the invitation of a message, which the buttons of the person's calendar answer, and feeds of appointments.

Times are written in UTC, because every client reads those alike; a generated VTIMEZONE was an hour wrong in summer in one of
them. RFC 5545, RFC 5546.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from icalendar import Alarm, Calendar, Event, vCalAddress

from builder.mime import Address

Method = Literal["REQUEST", "CANCEL", "PUBLISH"]
ANSWERS = {"ACCEPTED": "yes", "DECLINED": "no", "TENTATIVE": "maybe"}  # replies of a calendar, as option values
STATUS: dict[Method, str] = {"REQUEST": "CONFIRMED", "CANCEL": "CANCELLED", "PUBLISH": "CONFIRMED"}


@dataclass(frozen=True)
class Meeting:
    """One event. `uid` is stable through every change; `sequence` counts the changes; `start` has its offset."""

    uid: str
    title: str
    start: datetime
    minutes: int
    place: str = ""
    description: str = ""
    sequence: int = 0


def feed(meetings: Iterable[Meeting], organizer: Address, now: int) -> str:
    """Write a calendar to subscribe to: its events have no guests, and each is in its present state."""
    calendar = _calendar("PUBLISH")
    for meeting in meetings:
        calendar.add_component(_event(meeting, organizer, organizer, now, "PUBLISH"))
    wire: bytes = calendar.to_ical()
    return wire.decode("utf-8")


def document(meeting: Meeting, organizer: Address, attendee: Address, now: int, method: Method = "REQUEST") -> str:
    """Write the iCalendar object of one event, CRLF and folded; `now` in milliseconds UTC."""
    calendar = _calendar(method)
    calendar.add_component(_event(meeting, organizer, attendee, now, method))
    wire: bytes = calendar.to_ical()
    return wire.decode("utf-8")


def _calendar(method: Method) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Acto//Invitation//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def _event(meeting: Meeting, organizer: Address, attendee: Address, now: int, method: Method) -> Event:
    start = meeting.start.astimezone(UTC)
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", datetime.fromtimestamp(now // 1000, UTC))
    event.add("dtstart", start)
    event.add("dtend", start + timedelta(minutes=meeting.minutes))
    event.add("summary", _line(meeting.title))
    event.add("status", STATUS[method])
    event.add("transp", "OPAQUE")
    event["organizer"] = _person(organizer)
    for name, text in (("location", meeting.place), ("description", meeting.description)):
        if text:
            event.add(name, _line(text))
    if method != "PUBLISH":
        event.add("attendee", _guest(attendee), encode=False)
        event.add_component(_reminder(meeting))
    return event


def _person(address: Address) -> vCalAddress:
    person = vCalAddress(f"mailto:{address.email}")
    if address.name:
        person.params["cn"] = _plain(address.name)
    return person


def _guest(address: Address) -> vCalAddress:
    guest = _person(address)
    guest.params.update({"role": "REQ-PARTICIPANT", "partstat": "NEEDS-ACTION", "rsvp": "TRUE"})
    return guest


def _reminder(meeting: Meeting) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _line(meeting.title))
    alarm.add("trigger", timedelta(minutes=-30))
    return alarm


def _line(text: str) -> str:
    """Replace control characters by spaces, so that text of the data ends no line and begins no property."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _plain(name: str) -> str:
    """Replace double quotes, which a parameter's value may not hold (RFC 5545 3.2)."""
    return _line(name).replace('"', "'")
