"""Reads, checks and stores calendars: their owners, opening hours and rules."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from datetime import time as wall
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from server import jsontext
from server.contacts import public_holidays
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.calendars import CalendarsOwnersRow, CalendarsRow

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PIECE_MINUTES = 5  # all lengths are whole pieces, so that two appointments that overlap share one
NAME = re.compile(r"[a-z][a-z0-9_-]{0,30}")
LIMITS = {  # field -> least and most
    "minutes": (5, 480),
    "before_minutes": (0, 240),
    "after_minutes": (0, 240),
    "notice_minutes": (0, 43_200),
    "horizon_days": (1, 365),
    "capacity": (1, 500),
}
Span = tuple[wall, wall]


@dataclass(frozen=True)
class Calendar:
    """A calendar. `hours` are local times by weekday (0 is Monday); `days_off` holds own days, `country` public holidays.

    `title_en` is the title for people who read English, '' for the same.
    """

    name: str
    title: str
    time_zone: str
    hours: Mapping[int, tuple[Span, ...]]
    minutes: int = 30
    before_minutes: int = 0
    after_minutes: int = 0
    notice_minutes: int = 240
    horizon_days: int = 30
    capacity: int = 1
    country: str = ""
    days_off: frozenset[date] = frozenset()
    place: str = ""
    owners: tuple[str, ...] = field(default=())
    active: bool = True
    title_en: str = ""

    def called(self, language: str) -> str:
        """Return the title in a language."""
        return (language == "en" and self.title_en) or self.title

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class Wrong(Exception):
    """An invalid field of the form: `field` names it, and the page has a sentence for each; `day` names the weekday of its hours."""

    def __init__(self, field_name: str, day: str = "") -> None:
        self.field, self.day = field_name, day
        super().__init__(field_name)


def by_name(tx: Session, name: str) -> Calendar | None:
    """Return the calendar of this name; None without one."""
    row = tx.calendars.by_name(name=name)
    return _read(row, tx.calendars.owners(calendar=name)) if row else None


def every(tx: Session) -> list[Calendar]:
    """Return all calendars with their owners."""
    return [_read(row, tx.calendars.owners(calendar=row["name"])) for row in tx.calendars.every()]


def save(tx: Session, calendar: Calendar, now: int) -> None:
    """Store the calendar. Appointments that are booked stay as they are."""
    hours = {DAYS[day]: [[_said(begin), _said(end)] for begin, end in spans] for day, spans in calendar.hours.items()}
    off = jsontext.dumps(sorted(day.isoformat() for day in calendar.days_off))
    tx.calendars.put(
        name=calendar.name,
        title=calendar.title,
        title_en=calendar.title_en,
        place=calendar.place,
        time_zone=calendar.time_zone,
        country=calendar.country,
        minutes=calendar.minutes,
        before_minutes=calendar.before_minutes,
        after_minutes=calendar.after_minutes,
        notice_minutes=calendar.notice_minutes,
        horizon_days=calendar.horizon_days,
        capacity=calendar.capacity,
        hours=jsontext.dumps(hours),
        days_off=off,
        active=int(calendar.active),
        now=now,
    )
    tx.calendars.drop_owners(calendar=calendar.name)
    for owner_id in calendar.owners:
        tx.calendars.add_owner(calendar=calendar.name, owner_id=owner_id)


def checked(calendar: Calendar) -> Calendar:
    """Return the calendar if it is valid. Raises Wrong, which names the field."""
    if not NAME.fullmatch(calendar.name):
        raise Wrong("name")
    if not calendar.title.strip():
        raise Wrong("title")
    if not calendar.owners:
        raise Wrong("owners")
    for name, (least, most) in LIMITS.items():
        value = getattr(calendar, name)
        if not least <= value <= most or (name.endswith("minutes") and value % PIECE_MINUTES):
            raise Wrong(name)
    try:
        _ = calendar.zone
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Wrong("time_zone") from None
    if calendar.country and not public_holidays.is_supported(calendar.country):
        raise Wrong("country")
    if not any(calendar.hours.values()):
        raise Wrong("hours")
    return calendar


def hours_of(typed: Mapping[str, str]) -> dict[int, tuple[Span, ...]]:
    """Parse the hours of the form, such as `09:00-13:00, 14:00-18:00`, by weekday. Raises Wrong."""
    return {at: found for at, day in enumerate(DAYS) if (found := _of_day(day, typed.get(day, "")))}


def days_of(typed: str) -> frozenset[date]:
    """Parse days separated by white space or commas. Raises Wrong."""
    try:
        return frozenset(date.fromisoformat(each) for each in re.split(r"[\s,;]+", typed.strip()) if each)
    except ValueError:
        raise Wrong("days_off") from None


def spans_text(spans: Sequence[Span]) -> str:
    """Write opening hours as the form shows them, the inverse of `hours_of`."""
    return ", ".join(f"{_said(begin)}-{_said(end)}" for begin, end in spans)


def _of_day(day: str, typed: str) -> tuple[Span, ...]:
    try:
        return _spans(typed)
    except Wrong as wrong:
        raise Wrong(wrong.field, day) from None


def _spans(typed: str) -> tuple[Span, ...]:
    spans = tuple(_span(each) for each in typed.split(",") if each.strip())
    if any(begin >= end for begin, end in spans):
        raise Wrong("hours")
    in_order = tuple(sorted(spans))
    if any(before[1] > after[0] for before, after in pairwise(in_order)):
        raise Wrong("hours")
    return in_order


def _span(typed: str) -> Span:
    begin, _, end = typed.partition("-")
    return _time(begin), _time(end)


def _time(typed: str) -> wall:
    """Parse a time of day. 24:00 becomes 23:59, which stands for a day that ends at midnight."""
    typed = typed.strip()
    try:
        return wall(23, 59) if typed == "24:00" else wall.fromisoformat(typed.zfill(5))
    except ValueError:
        raise Wrong("hours") from None


def _said(moment: wall) -> str:
    return "24:00" if moment == wall(23, 59) else f"{moment:%H:%M}"


def _read(row: CalendarsRow, owners: Sequence[CalendarsOwnersRow]) -> Calendar:
    hours = jsontext.loads(row["hours"])
    return Calendar(
        name=row["name"],
        title=row["title"],
        title_en=row["title_en"],
        place=row["place"],
        time_zone=row["time_zone"],
        country=row["country"],
        minutes=row["minutes"],
        before_minutes=row["before_minutes"],
        after_minutes=row["after_minutes"],
        notice_minutes=row["notice_minutes"],
        horizon_days=row["horizon_days"],
        capacity=row["capacity"],
        hours={DAYS.index(day): tuple((_time(a), _time(b)) for a, b in spans) for day, spans in hours.items()},
        days_off=frozenset(map(date.fromisoformat, jsontext.loads(row["days_off"]))),
        owners=tuple(owner["owner_id"] for owner in owners),
        active=row["active"] == 1,
    )
