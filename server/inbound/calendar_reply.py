"""Parses a calendar's reply: the attendee, the invitation, and the button that was pressed (RFC 5546 3.2.3)."""

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
# the lines of an event that are read; others are dropped because they may break the parser
_NEEDED = re.compile(
    r"(?:BEGIN|END|METHOD|VERSION|PRODID|UID|SEQUENCE|DTSTART|RECURRENCE-ID|ATTENDEE)[:;]", re.IGNORECASE
)
# a person's comment, in which clients forget to escape quotes, colons and semicolons
_COMMENT = re.compile(r";X-RESPONSE-COMMENT=(?:\"[^\"]*\"[^;:]*|[^;:]*)", re.IGNORECASE)
_ATTENDEE = re.compile(r"ATTENDEE.*?\b(PARTSTAT=[A-Z-]+).*?:(mailto:[^\s\":;]+)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class CalendarReply:
    """A parsed reply. `method` is REPLY or COUNTER (another time, `starts_at` in ms UTC); `pressed` each attendee's PARTSTAT,
    by address.
    """

    token: str
    method: str
    pressed: tuple[tuple[str, str], ...]
    sequence: int = 0
    starts_at: int | None = None

    def pressed_by(self, address: str) -> str:
        """Return the PARTSTAT of the attendee with this address, or COUNTER; '' unless exactly one attendee is theirs."""
        theirs = [status for attendee, status in self.pressed if _is_of(attendee, address)]
        if len(theirs) != 1:
            return ""
        return theirs[0] if self.method == "REPLY" else self.method


def read(part: Part) -> CalendarReply | None:
    """Parse a calendar; None if it is broken, is no reply, or contains several events."""
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
    except Exception:  # hostile input makes the parser raise anything
        return None


def _tidied(text: str) -> str:
    """Keep the lines that are read, without byte order mark and comments, each attendee shortened."""
    lines = _FOLD.sub("", text.lstrip("\ufeff \r\n")).splitlines()
    needed = (_COMMENT.sub("", line) for line in lines if _NEEDED.match(line))
    return "\r\n".join([*(_ATTENDEE.sub(r"ATTENDEE;\1:\2", line) for line in needed), ""])


def _sequence(event: Any) -> int:
    return int(event.get("sequence", 0))


def _start(event: Any) -> int | None:
    """Return the start (ms UTC); None for a date, or a time without a zone, which is ambiguous."""
    moment = event["dtstart"].dt if "dtstart" in event else None
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        return None
    return int(moment.timestamp() * 1000)


def values(reply: CalendarReply, block: Block, address: str) -> tuple[tuple[str, ...] | None, str]:
    """Return the option of the block that was pressed; or None, and why: a key of `outcome.WHY`."""
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
