"""Computes the free times of a calendar in UTC from its rules and the occupied time. Pure; correct on days when the clocks
change.

Opening hours are wall-clock times: the first of two equal ones when the clocks go back; a skipped one does not exist. Starts
are counted from the opening in real minutes, so that an appointment has its full length on every day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as wall
from zoneinfo import ZoneInfo

from server.booking.calendars import PIECE_MINUTES, Calendar, Span
from server.contacts import public_holidays

MINUTE_MS, DAY_MS = 60_000, 86_400_000
PIECE_MS = PIECE_MINUTES * MINUTE_MS
Times = tuple[int, int]  # from and until, ms UTC


@dataclass(frozen=True)
class Occupied:
    """The owners' occupied time. `held` maps the pieces of each owner to the appointment that holds them; `busy` comes from an
    owner's own calendar; `seats` counts the people by owner and start, of this calendar.
    """

    held: Mapping[str, Mapping[int, tuple[str, int]]] = field(default_factory=dict)
    busy: Mapping[str, Sequence[Times]] = field(default_factory=dict)
    seats: Mapping[tuple[str, int], int] = field(default_factory=dict)


@dataclass(frozen=True)
class Slot:
    """A free time. `owners` could take it; `room` is the number of seats left."""

    starts_at: int
    ends_at: int
    owners: tuple[str, ...]
    room: int


def free(calendar: Calendar, taken: Occupied, since: int, until: int, now: int) -> Iterator[Slot]:
    """Yield the slots that begin from `since` and before `until` (ms UTC), in order; `now` bounds the notice and the horizon."""
    first = max(since, now + calendar.notice_minutes * MINUTE_MS, now + 1)
    last = min(until, now + calendar.horizon_days * DAY_MS)
    for starts_at in opened(calendar, first, last):
        if slot := at(calendar, taken, starts_at):
            yield slot


def refusal(calendar: Calendar, taken: Occupied, starts_at: int, now: int) -> str:
    """Return why a time cannot be booked: past, soon, far, closed, holiday or taken; '' if it can."""
    if starts_at <= now:
        return "past"
    if starts_at < now + calendar.notice_minutes * MINUTE_MS:
        return "soon"
    if starts_at >= now + calendar.horizon_days * DAY_MS:
        return "far"
    if is_off(calendar, datetime.fromtimestamp(starts_at / 1000, calendar.zone).date()):
        return "holiday"
    if starts_at not in set(opened(calendar, starts_at, starts_at + 1)):
        return "closed"
    return "" if at(calendar, taken, starts_at) else "taken"


def at(calendar: Calendar, taken: Occupied, starts_at: int) -> Slot | None:
    """Return the slot at a time when the calendar is open; None if no owner has a free seat."""
    owners = tuple(owner for owner in calendar.owners if _room(calendar, taken, owner, starts_at))
    room = sum(_room(calendar, taken, owner, starts_at) for owner in owners)
    ends_at = starts_at + calendar.minutes * MINUTE_MS
    return Slot(starts_at, ends_at, owners, room) if owners else None


def opened(calendar: Calendar, since: int, until: int) -> Iterator[int]:
    """Yield every start within opening hours, in order, each once."""
    zone, minutes = calendar.zone, calendar.minutes
    day = datetime.fromtimestamp(since / 1000, zone).date() - timedelta(days=1)
    reached = since - 1
    while midnight(day, zone) < until:
        if not is_off(calendar, day):
            for span in calendar.hours.get(day.weekday(), ()):
                for start in _starts(day, span, minutes, zone):
                    if reached < start < until:
                        reached = start
                        yield start
        day += timedelta(days=1)


def is_off(calendar: Calendar, day: date) -> bool:
    """Return whether the day is an own day off or a public holiday of the calendar."""
    return day in calendar.days_off or public_holidays.is_one(calendar.country, day)


def pieces(calendar: Calendar, starts_at: int) -> range:
    """Return the five-minute pieces that an appointment holds of its owner, buffers included."""
    begin = starts_at - calendar.before_minutes * MINUTE_MS
    end = starts_at + (calendar.minutes + calendar.after_minutes) * MINUTE_MS
    return range(begin // PIECE_MS, -(-end // PIECE_MS))


def midnight(day: date, zone: ZoneInfo) -> int:
    """Return the start of a day in a zone (ms UTC)."""
    return _moment(day, wall(0), zone)


def _starts(day: date, span: Span, minutes: int, zone: ZoneInfo) -> Iterator[int]:
    """Yield starts from the opening on, while an appointment ends before the closing; aligned to five minutes."""
    begin, end = _moment(day, span[0], zone), _moment(day, span[1], zone)
    if span[1] == wall(23, 59):
        end = midnight(day + timedelta(days=1), zone)
    begin = -(-begin // PIECE_MS) * PIECE_MS
    yield from range(begin, end - minutes * MINUTE_MS + 1, minutes * MINUTE_MS)


def _moment(day: date, clock: wall, zone: ZoneInfo) -> int:
    """Convert a wall-clock time to UTC: the first of two; for a skipped one, the end of the gap."""
    local = datetime.combine(day, clock, zone)
    moment = local.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        moment = _skipped(moment, local, zone)
    return int(moment.timestamp() * 1000)


def _skipped(moment: datetime, local: datetime, zone: ZoneInfo) -> datetime:
    """Return the end of the gap. By PEP 495 a skipped time with fold 0 uses the offset before the gap, so it is too late by the gap."""
    before, after = local.utcoffset(), local.replace(fold=1).utcoffset()
    late = (after or timedelta()) - (before or timedelta())
    begins = moment - late  # a moment before the change; bisection finds the change of the offset
    low, high = begins, moment
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if middle.astimezone(zone).utcoffset() == before else (low, middle)
    return high.replace(second=0, microsecond=0)


def _room(calendar: Calendar, taken: Occupied, owner: str, starts_at: int) -> int:
    """Return how many more people an owner can take then."""
    own = (calendar.name, starts_at)
    held: Mapping[int, tuple[str, int]] = taken.held.get(owner, {})
    if any(held.get(piece, own) != own for piece in pieces(calendar, starts_at)):
        return 0
    seats = taken.seats.get((owner, starts_at), 0)
    span = (
        starts_at - calendar.before_minutes * MINUTE_MS,
        starts_at + (calendar.minutes + calendar.after_minutes) * MINUTE_MS,
    )
    if not seats and _meets(
        taken.busy.get(owner, ()), span
    ):  # the entry of a group that has begun does not block its other seats
        return 0
    return max(0, calendar.capacity - seats)


def _meets(busy: Collection[Times], span: Times) -> bool:
    return any(begin < span[1] and span[0] < end for begin, end in busy)
