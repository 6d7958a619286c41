"""Reads the reply of a calendar: whose, to which invitation, and what was pressed. RFC 5546 3.2.3."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from icalendar import Calendar

from builder.blocks import Block
from builder.formats.calendar import ANSWERS
from server.inbound import own_address
from server.inbound.mime_parts import Part

METHODS = ("REPLY", "COUNTER")
_FOLD = re.compile(r"\r?\n[ \t]")
# what is needed of an event; other lines may break the parser, and mean nothing here
_NEEDED = re.compile(
    r"(?:BEGIN|END|METHOD|VERSION|PRODID|UID|SEQUENCE|DTSTART|RECURRENCE-ID|ATTENDEE)[:;]", re.IGNORECASE
)
# a person's comment, in which clients forget to escape quotes, colons and semicolons
_COMMENT = re.compile(r";X-RESPONSE-COMMENT=(?:\"[^\"]*\"[^;:]*|[^;:]*)", re.IGNORECASE)
_ATTENDEE = re.compile(r"ATTENDEE.*?\b(PARTSTAT=[A-Z-]+).*?:(mailto:[^\s\":;]+)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class CalendarReply:
    """`method` is REPLY or COUNTER (another time asked for, `starts_at` in ms UTC); `pressed` each attendee's PARTSTAT, by address."""

    token: str
    method: str
    pressed: tuple[tuple[str, str], ...]
    sequence: int = 0
    starts_at: int | None = None

    def pressed_by(self, address: str) -> str:
        """What the person of an address pressed, COUNTER for another time; empty where no attendee, or more than one, is theirs."""
        theirs = [status for attendee, status in self.pressed if _is_of(attendee, address)]
        if len(theirs) != 1:
            return ""
        return theirs[0] if self.method == "REPLY" else self.method


def read(part: Part) -> CalendarReply | None:
    """None for a calendar that is broken, asks instead of answering, or speaks of several events."""
    try:
        text = _tidied(part.text)
        calendar = Calendar.from_ical(text)
        method = str(calendar.get("method", "")).upper()
        events = list(calendar.walk("VEVENT"))
        if method not in METHODS or part.method not in ("", method) or len(events) != 1:
            return None
        event = events[0]
        token, _, domain = str(event.get("uid", "")).partition("@")
        found = event.get("attendee", [])
        attendees = found if isinstance(found, list) else [found]
        pressed = tuple((str(each), str(each.params.get("partstat", "")).upper()) for each in attendees)
        return CalendarReply(token, method, pressed, _sequence(event), _start(event)) if domain else None
    except Exception:  # made to break its parser, which raises what it comes across
        return None


def _tidied(text: str) -> str:
    """The lines that are needed, without a byte order mark and without comments; an attendee's line as short as it may be."""
    lines = _FOLD.sub("", text.lstrip("\ufeff \r\n")).splitlines()
    needed = (_COMMENT.sub("", line) for line in lines if _NEEDED.match(line))
    return "\r\n".join([*(_ATTENDEE.sub(r"ATTENDEE;\1:\2", line) for line in needed), ""])


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
    if reply.method == "COUNTER":
        return None, "counter"
    said = reply.pressed_by(address)
    if not said:
        return None, "another_attendee"
    value = ANSWERS.get(said, "")
    if block.kind != "confirm" or not block.option(value):
        return None, "no_such_option"
    return (value,), ""


def _is_of(attendee: str, address: str) -> bool:
    scheme, _, found = attendee.partition(":")
    return scheme.lower() == "mailto" and own_address.is_theirs(found, address)
