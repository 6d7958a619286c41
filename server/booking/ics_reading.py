"""Parses the busy times of an iCalendar text in a process with CPU and memory limits, because a short rule can take endless
work.

`ics_process` starts it: text in by stdin, JSON out by stdout.
"""

from __future__ import annotations

import os
import re
import resource
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from datetime import time as wall
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar

from server import jsontext
from server.booking import ics_lines, ics_zones
from server.booking.ics_lines import Series, name_of
from server.contacts import zones

AHEAD_DAYS = 370
MOST_TIMES = 10_000  # in that time
MOST_ZONE_RULES = 100  # of one definition of a zone
SERIES_SECONDS, ALL_SECONDS, CPU_SECONDS = (
    1.0,
    8.0,
    12,
)  # CPU time: of one event; of all; the hard limit of the system
MEMORY_BYTES = 512 * 1024 * 1024
OFTEN = re.compile(r"FREQ=(SECONDLY|MINUTELY|HOURLY)|BY(HOUR|MINUTE|SECOND)=[^;]*,")
NO_STEP = re.compile(r"INTERVAL=(-|0+(;|$))")
DATES = ("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE")
Times = tuple[int, int]


class TooCostly(BaseException):
    """The CPU time of one event is used up. Not an Exception, so that no library catches it."""


class Odd(Exception):
    """An event that is invalid or not supported."""


def main() -> None:
    """Run `python -m server.booking.ics_reading NOW ZONE < TEXT`."""
    _limit(resource.RLIMIT_AS, MEMORY_BYTES)
    _limit(resource.RLIMIT_CPU, CPU_SECONDS)
    os.nice(10)  # lower priority than mails and answers
    signal.signal(signal.SIGVTALRM, _stop)
    text = sys.stdin.buffer.read().decode("utf-8")  # in any locale
    sys.stdout.buffer.write(jsontext.dumps(read(text, int(sys.argv[1]), sys.argv[2])).encode())


def read(text: str, now: int, zone: str) -> dict[str, Any]:
    """Return `times` in ms UTC, the titles of events that were `left_out`, the names of unknown `zones`; or `refused`, a reason
    by name.

    `zone` is the owner's; '' if unknown, then the calendar's own counts.
    """
    try:
        found = ics_lines.split(text)
    except ics_lines.NoCalendar:
        return {"refused": "no_calendar"}
    reading = _Reading(found, now, zone)
    reading.read_all()
    if len(reading.times) > MOST_TIMES:
        return {"refused": f"too_many_times: {MOST_TIMES}"}
    return {"times": sorted(reading.times), "left_out": reading.left_out, "zones": sorted(reading.unknown)}


class _Reading:
    """The state of parsing one calendar."""

    def __init__(self, found: ics_lines.Lines, now: int, zone: str) -> None:
        self._found = found
        self._home = zone or ics_zones.named(found.zone) or zones.UNSAID
        self._begin = datetime.fromtimestamp(now / 1000, UTC) - timedelta(days=1)
        self._defined: dict[str, bool] = {}
        self.times: set[Times] = set()
        self.left_out: list[str] = []
        self.unknown: set[str] = set()

    def read_all(self) -> None:
        """Read single events first because they are cheap; an invalid or costly one is left out without affecting the others."""
        since = self._begin.date() - timedelta(days=2)
        series = [each for each in [*self._found.series, *self._periods()] if not each.is_over(since)]
        for each in sorted(series, key=lambda each: each.repeats):
            try:
                with _seconds(min(SERIES_SECONDS, ALL_SECONDS - time.process_time())):
                    self.times |= self._times_of(each)
            except (Exception, TooCostly):  # input of third parties breaks the parser in many ways
                self.left_out.append(each.title)
            if len(self.times) > MOST_TIMES:
                return

    def _times_of(self, series: Series) -> set[Times]:
        lines = ["BEGIN:VCALENDAR"]
        for component in series.components:
            lines += ["BEGIN:VEVENT", *self._mended(component), "END:VEVENT"]
        calendar = Calendar.from_ical("\r\n".join([*lines, "END:VCALENDAR", ""]))
        for event in calendar.walk("VEVENT"):
            if event.errors:
                raise Odd(event.errors)
        until = self._begin + timedelta(days=AHEAD_DAYS)
        events = recurring_ical_events.of(calendar, skip_bad_series=False).between(self._begin, until)
        return {span for event in events if (span := self._span(event))}

    def _mended(self, lines: list[str]) -> Iterator[str]:
        """Yield the lines with zones that the parser knows; a time without a zone gets the owner's. Raises Odd."""
        start = next((self._with_zone(line) for line in lines if name_of(line) == "DTSTART"), "")
        if not start:
            raise Odd("no DTSTART")
        for line in lines:
            name = name_of(line)
            if name == "RRULE":
                yield _checked(line.upper(), start)
            elif name in DATES:
                yield self._with_zone(line)
            elif name != "SUMMARY":
                yield line

    def _with_zone(self, line: str) -> str:
        head, _, value = line.rpartition(":")
        named = re.search(r';TZID=("?)(.*?)\1(?=;[A-Z-]+=|$)', head, re.IGNORECASE)
        plain = head.replace(named[0], "") if named else head
        day = re.fullmatch(r"\d{8}(,\d{8})*", value)
        if not day and re.search(r";VALUE=DATE(?=;|$)", head, re.IGNORECASE):
            raise Odd(line)
        if day or value.endswith(("Z", "z")):
            return f"{plain}{';VALUE=DATE' if day and 'VALUE=' not in plain.upper() else ''}:{value}"
        return f'{plain};TZID="{self._zone(named[2]) if named else self._home}":{value}'

    def _zone(self, tzid: str) -> str:
        """Return a zone name that the parser knows: IANA's, or else the calendar's own definition."""
        name = ics_zones.named(tzid)
        if name:
            return name
        if tzid not in self._defined:
            self._defined[tzid] = False  # also when it takes too long
            self._defined[tzid] = _define(self._found.zones.get(tzid, ""))
        if self._defined[tzid]:
            return tzid
        self.unknown.add(tzid[:100])
        return self._home

    def _span(self, event: Any) -> Times | None:
        """Return the busy time of an event; None if it is transparent, cancelled or empty. A date without a time is a whole day."""
        if str(event.get("transp", "")).upper() == "TRANSPARENT" or str(event.get("status", "")).upper() == "CANCELLED":
            return None
        begin, end = (self._ms(event[name].dt) for name in ("dtstart", "dtend"))
        return (begin, end) if begin < end else None

    def _ms(self, moment: date) -> int:
        whole = moment if isinstance(moment, datetime) else datetime.combine(moment, wall())
        return int((whole if whole.tzinfo else whole.replace(tzinfo=ZoneInfo(self._home))).timestamp() * 1000)

    def _periods(self) -> Iterator[Series]:
        """Yield each period of a VFREEBUSY as an event."""
        for line in self._found.periods:
            if "FBTYPE=FREE" in line.upper().partition(":")[0]:
                continue
            for period in line.partition(":")[2].split(","):
                begin, _, end = period.strip().partition("/")
                yield Series([[f"DTSTART:{begin}", f"DURATION:{end}" if end[:1] == "P" else f"DTEND:{end}"]])


def _checked(rule: str, start: str) -> str:
    """Return the rule; an UNTIL that is a date includes that day. Raises Odd."""
    if OFTEN.search(rule) or NO_STEP.search(rule):
        raise Odd(rule)
    head, _, value = start.rpartition(":")
    zone = re.search(r'TZID="(.*?)"', head)
    until = re.search(r"UNTIL=(\d{8})(?!T)", rule)
    if not until or "T" not in value:
        return rule
    last = datetime.strptime(until[1], "%Y%m%d").replace(hour=23, minute=59, second=59)
    if zone and zones.exists(zone[1]):
        last = last.replace(tzinfo=ZoneInfo(zone[1])).astimezone(UTC)
    return f"{rule[: until.start(1)]}{last:%Y%m%dT%H%M%SZ}{rule[until.end(1) :]}"


def _define(definition: str) -> bool:
    """Add a calendar's own zone definition to the parser; return whether that succeeded."""
    if not definition or len(re.findall(r"^(?:RRULE|RDATE)", definition, re.MULTILINE)) > MOST_ZONE_RULES:
        return False
    if OFTEN.search(definition) or NO_STEP.search(definition):
        return False
    try:
        Calendar.from_ical(f"BEGIN:VCALENDAR\n{definition}\nEND:VTIMEZONE\nEND:VCALENDAR\n")
    except Exception:  # as above
        return False
    return True


def _limit(which: int, most: int) -> None:
    """Set a limit, never above the current hard limit. macOS refuses a memory limit; the time limits still apply."""
    hard = resource.getrlimit(which)[1]
    least = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(which, (least, least))


@contextmanager
def _seconds(most: float) -> Iterator[None]:
    """Raise TooCostly after so much CPU time."""
    if most <= 0:
        raise TooCostly
    signal.setitimer(signal.ITIMER_VIRTUAL, most)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _stop(*_: object) -> None:
    raise TooCostly


if __name__ == "__main__":
    main()
