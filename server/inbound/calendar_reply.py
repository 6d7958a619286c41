"""The reply of a calendar: whose, to which invitation, and what was pressed. RFC 5546 3.2.3."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from icalendar import Calendar

from builder.blocks import Block
from builder.formats.calendar import ANSWERS
from server.inbound.mime_parts import Part
from server.people import addresses
from server.people.addresses import BadAddress

METHODS = ("REPLY", "COUNTER")


@dataclass(frozen=True)
class CalendarReply:
    """`said` is PARTSTAT for a reply, COUNTER for another time asked for (`starts_at`, ms UTC); `attendees` as `mailto:` addresses."""

    token: str
    said: str
    attendees: tuple[str, ...]
    sequence: int = 0
    starts_at: int | None = None


def read(part: Part) -> CalendarReply | None:
    """None for a calendar that is broken, asks instead of answering, or speaks of several events."""
    try:
        calendar = Calendar.from_ical(part.text)
        method = str(calendar.get("method", "")).upper()
        events = list(calendar.walk("VEVENT"))
        if method not in METHODS or part.method not in ("", method) or len(events) != 1:
            return None
        event = events[0]
        token, _, domain = str(event.get("uid", "")).partition("@")
        given = event.get("attendee", [])
        attendees = given if isinstance(given, list) else [given]
        said = str(attendees[0].params.get("partstat", "")).upper() if len(attendees) == 1 else ""
        given_to = tuple(map(str, attendees))
        return (
            CalendarReply(token, said if method == "REPLY" else method, given_to, _sequence(event), _start(event))
            if domain
            else None
        )
    except Exception:  # made to break its parser, which raises what it comes across
        return None


def _sequence(event: Any) -> int:
    return int(event.get("sequence", 0))


def _start(event: Any) -> int | None:
    """None for a whole day, and for a time without a zone: nobody knows when that is."""
    moment = event["dtstart"].dt if "dtstart" in event else None
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        return None
    return int(moment.timestamp() * 1000)


def values(reply: CalendarReply, block: Block, address: str) -> tuple[tuple[str, ...] | None, str]:
    """The option of the block that was pressed; or None, and why: a key of `outcome.WHY`."""
    if reply.said == "COUNTER":
        return None, "counter"
    if len(reply.attendees) != 1 or not _same(reply.attendees[0], address):
        return None, "another_attendee"
    value = ANSWERS.get(reply.said, "")
    if block.kind != "confirm" or not block.option(value):
        return None, "no_such_option"
    return (value,), ""


def _same(attendee: str, address: str) -> bool:
    scheme, _, given = attendee.partition(":")
    try:
        return scheme.lower() == "mailto" and addresses.key(given) == addresses.key(address)
    except BadAddress:
        return False
