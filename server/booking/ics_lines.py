"""Splits an iCalendar text (RFC 5545) into events and keeps only the lines about when the owner is busy.

Other lines are never parsed, so that a broken attendee or alarm does no harm, nor a broken event to other events.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

FOLD = re.compile(r"\r?\n[ \t]")
LINE_END = re.compile(r"\r\n|\n|\r")
COMPONENTS = ("VEVENT", "VFREEBUSY", "VTIMEZONE")
WHEN = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "FREEBUSY")
KEPT = frozenset(("UID", "SUMMARY", "SEQUENCE", "STATUS", "TRANSP", *WHEN))
REPEATING = ("RRULE", "RDATE")
TITLE_MOST = 40  # characters


class NoCalendar(Exception):
    """The text is not an iCalendar, or is cut off."""


@dataclass(frozen=True)
class Series:
    """The components of one event: the event itself and its changed occurrences, each as its lines."""

    components: list[list[str]] = field(default_factory=list)

    @property
    def repeats(self) -> bool:
        return any(name_of(line) in REPEATING for lines in self.components for line in lines)

    @property
    def title(self) -> str:
        """The name by which the owner finds the event in their calendar, or else its day."""
        lines = [line for component in self.components for line in component]
        summary = next((value_of(line) for line in lines if name_of(line) == "SUMMARY"), "")
        day = next((value_of(line)[:8] for line in lines if name_of(line) == "DTSTART"), "")
        return re.sub(r"\\(.)", r"\1", summary)[:TITLE_MOST].strip() or day or "?"

    def is_over(self, since: date) -> bool:
        """Return whether its dates alone prove that it ended before `since`; False in doubt."""
        return all(_is_over(lines, since) for lines in self.components)


@dataclass(frozen=True)
class Lines:
    """The parts of a text: `series` by UID, the free-busy periods, the zone definitions by name, and the zone of the calendar."""

    series: list[Series]
    periods: list[str]
    zones: dict[str, str]
    zone: str


def split(text: str) -> Lines:
    """Split a text into its parts. Raises NoCalendar."""
    by_uid: dict[str, Series] = {}
    periods: list[str] = []
    zones: dict[str, str] = {}
    zone = ""
    for at, (kind, lines) in enumerate(_components(text)):
        if kind == "VEVENT":
            uid = next((value_of(line) for line in lines if name_of(line) == "UID"), f"\n{at}")
            by_uid.setdefault(uid, Series()).components.append(lines)
        elif kind == "VFREEBUSY":
            periods += [line for line in lines if name_of(line) == "FREEBUSY"]
        elif kind == "VTIMEZONE":
            zones.setdefault(next((value_of(line) for line in lines if name_of(line) == "TZID"), ""), "\n".join(lines))
        elif kind == "X-WR-TIMEZONE":
            zone = zone or value_of(lines[0]).strip()
    return Lines(list(by_uid.values()), periods, zones, zone)


def name_of(line: str) -> str:
    """Return the name of a line: `DTSTART` of `DTSTART;TZID=Europe/Madrid:20261209T100000`."""
    return line.partition(":")[0].partition(";")[0].upper()


def value_of(line: str) -> str:
    """Return the text after the first colon; only for lines without a colon in their parameters."""
    return line.partition(":")[2]


def _components(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each component of a calendar with its lines. One that is not closed ends where the next begins."""
    open_kinds: list[str] = []
    current: list[str] = []
    calendars = 0
    for line in LINE_END.split(FOLD.sub("", text.removeprefix("\ufeff"))):
        name = name_of(line)
        kind = value_of(line).strip().upper() if name in ("BEGIN", "END") else ""
        if name == "BEGIN" and (kind in COMPONENTS or not open_kinds):
            if len(open_kinds) > 1:
                yield open_kinds[1], current
            open_kinds, current = [*open_kinds[:1], kind], []
        elif name == "END" and kind in open_kinds:
            depth = open_kinds.index(kind)
            if depth < 2 <= len(open_kinds):
                yield open_kinds[1], current
            calendars += depth == 0 and kind == "VCALENDAR"
            del open_kinds[depth:]
        elif name == "BEGIN":
            open_kinds.append(kind)
        elif name == "X-WR-TIMEZONE" and len(open_kinds) == 1:
            yield "X-WR-TIMEZONE", [line]
        if len(open_kinds) > 1 and (open_kinds[1] == "VTIMEZONE" or (len(open_kinds) == 2 and name in KEPT)):
            current.append(line)
    if not calendars or open_kinds:
        raise NoCalendar


def _is_over(lines: list[str], since: date) -> bool:
    values = {name_of(line): line.rpartition(":")[2] for line in lines}
    if "RDATE" in values or "DURATION" in values:
        return False
    begin = _day(values.get("DTSTART", ""))
    end = _day(values.get("DTEND", "")) or begin
    if begin is None or end is None:
        return False
    rules = [line.upper() for line in lines if name_of(line) == "RRULE"]
    if rules:
        ends = [_day(until[1]) if (until := re.search(r"UNTIL=(\d{8})", rule)) else None for rule in rules]
        return begin <= end and all(last is not None and since - last > max(end - begin, timedelta()) for last in ends)
    return max(begin, end) < since


def _day(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None
