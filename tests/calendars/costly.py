"""Calendars whose reading has no end, or takes minutes or gigabytes without limits: from public reports, and ten of our own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

DAY = datetime(2027, 3, 3, 15)
NEVER = "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"


def published(*events: str, head: str = "") -> str:
    """A calendar of these events, each with a UID of its own."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//X//Y//EN", *([head] if head else [])]
    for at, event in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{at}@x", "DTSTAMP:20270101T000000Z", event, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def event(begin: str = f"{DAY:%Y%m%dT%H%M%SZ}", more: str = "") -> str:
    """An hour from a start, with more lines."""
    return f"DTSTART:{begin}\r\nDURATION:PT1H" + (f"\r\n{more}" if more else "")


def _days(many: int) -> str:
    return ",".join(f"{DAY + timedelta(minutes=5 * at):%Y%m%dT%H%M%SZ}" for at in range(many))


def _zone(many: int, rule: str) -> str:
    part = (
        f"BEGIN:STANDARD\r\nDTSTART:19100101T000000\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0500\r\n{rule}\r\nEND:STANDARD"
    )
    return "\r\n".join(["BEGIN:VTIMEZONE", "TZID:Mine", *[part] * many, "END:VTIMEZONE"])


def _numbers(many: int) -> str:
    return ",".join(map(str, range(1, many)))


IN_ZONE = "DTSTART;TZID=Mine:20270303T100000\r\nDURATION:PT1H"
BY_POSITION = f"RRULE:FREQ=YEARLY;BYYEARDAY={_numbers(366)};BYSETPOS={_numbers(300)}"
REPORTED: dict[str, Callable[[], str]] = {
    "a step of nothing": lambda: published(event(more="RRULE:FREQ=DAILY;INTERVAL=0")),
    "31 February": lambda: published(event(more="RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31")),
    "30 February, a hundred times": lambda: published(*[event(more=NEVER)] * 100),
    "every day since the year 1, a hundred times": lambda: published(
        *[event("00010101T150000Z", "RRULE:FREQ=DAILY")] * 100
    ),
    "every day since 1900, a hundred times": lambda: published(*[event("19000101T150000Z", "RRULE:FREQ=DAILY")] * 100),
    "days of the year by their position, a hundred times": lambda: published(*[event(more=BY_POSITION)] * 100),
    "a zone of 3,000 daily rules": lambda: published(IN_ZONE, head=_zone(3_000, "RRULE:FREQ=DAILY")),
}
OWN: dict[str, Callable[[], str]] = {
    "a step back": lambda: published(event(more="RRULE:FREQ=WEEKLY;INTERVAL=-1")),
    "a step of a million million years": lambda: published(event(more="RRULE:FREQ=YEARLY;INTERVAL=999999999999")),
    "31 April until the end of time": lambda: published(
        *[event(more="RRULE:FREQ=DAILY;UNTIL=99991231T000000Z;BYMONTH=4;BYMONTHDAY=31")] * 50
    ),
    "a count without end of days that never come": lambda: published(event(more=f"{NEVER};COUNT=999999999")),
    "a week that February never has": lambda: published(
        *[event(more="RRULE:FREQ=YEARLY;BYWEEKNO=30;BYMONTH=2;BYDAY=MO")] * 200
    ),
    "100,000 dates of one event": lambda: published(event(more=f"RDATE:{_days(100_000)}")),
    "100,000 exceptions of one event": lambda: published(event(more=f"RRULE:FREQ=DAILY\r\nEXDATE:{_days(100_000)}")),
    "a zone of 100 daily rules": lambda: published(IN_ZONE, head=_zone(100, "RRULE:FREQ=DAILY")),
    "20,000 events without a start": lambda: published(*["SUMMARY:x"] * 20_000),
    "1,000 events of every day": lambda: published(
        *[event(f"{DAY + timedelta(minutes=at):%Y%m%dT%H%M%SZ}", "RRULE:FREQ=DAILY") for at in range(1_000)]
    ),
    "3,000 changed occurrences of one event": lambda: (
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n"
        + event(more="RRULE:FREQ=DAILY\r\nEND:VEVENT\r\n")
        + _changed(3_000)
    ),
    "a hundred thousand parts within parts": lambda: (
        "BEGIN:VCALENDAR\r\n" + "BEGIN:X\r\n" * 100_000 + "END:VCALENDAR\r\n"
    ),
}


def _changed(many: int) -> str:
    each = [
        f"BEGIN:VEVENT\r\nUID:1\r\nRECURRENCE-ID;RANGE=THISANDFUTURE:{DAY + timedelta(days=at):%Y%m%dT%H%M%SZ}\r\n"
        f"{event(f'{DAY + timedelta(days=at, hours=1):%Y%m%dT%H%M%SZ}')}\r\nEND:VEVENT\r\n"
        for at in range(many)
    ]
    return "".join(each) + "END:VCALENDAR\r\n"
