"""Shows the bookings of a week in seven columns, a day each, with the weeks before and after."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from flask import g, render_template, request

from server.booking import calendars
from server.contacts import contacts, zones
from server.web import language, viewer
from server.web.room import Room
from server.web.sales import bookings
from server.web.state import state

if TYPE_CHECKING:
    from server.store.queries.bookings import BookingsBetweenRow

room = Room("booking_week", __name__, access={"index": "bookings.read"})
MOST = 500
WEEK = timedelta(days=7)
YEARS = (2000, 2100)  # that an address may name


@room.get("/bookings/week")
def index() -> str:
    """Show the week of the day `of` in the address, or of today; `mine` only the user's own bookings."""
    mine = "mine" in request.args
    with state().store.read() as tx:
        found = calendars.every(tx)
        zone = viewer.zone({each.time_zone for each in found})
        first = _monday(zone)
        days = [first + timedelta(days=day) for day in range(7)]
        span = {"since_at": _at(first, zone), "until_at": _at(first + WEEK, zone)}
        rows = tx.bookings.between(**span, owner_id=g.user["id"] if mine else "", limit=MOST)
        names = viewer.names(tx)
    lines = [_line(row, zone) for row in rows]
    shown = {
        "days": [(day.isoformat(), [each for each in lines if each["day"] == day]) for day in days],
        "before": (first - WEEK).isoformat(),
        "after": (first + WEEK).isoformat(),
        "today": viewer.today(),
        "zone": zones.display_name(str(zone), language.current()),
        "titles": bookings.titles(found),
    }
    return render_template("bookings/week.html", **shown, mine=mine, names=names, total=len(lines))


def _monday(zone: ZoneInfo) -> date:
    """Return the Monday of the week of the address; that of today if it names no day."""
    try:
        day = date.fromisoformat(request.args.get("of", ""))
    except ValueError:
        day = None
    if day is None or not YEARS[0] <= day.year <= YEARS[1]:
        day = date.fromisoformat(viewer.today())
    return day - timedelta(days=day.weekday())


def _at(day: date, zone: ZoneInfo) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp() * 1000)


def _line(row: BookingsBetweenRow, zone: ZoneInfo) -> dict[str, Any]:
    begin, end = (datetime.fromtimestamp(at / 1000, zone) for at in (row["starts_at"], row["ends_at"]))
    return {
        **row,
        "name": contacts.full_name(row) or row["address"],
        "day": begin.date(),
        "from": f"{begin:%H:%M}",
        "until": f"{end:%H:%M}",
    }
