"""Lists the coming bookings by day, and lets the team move and cancel them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo
from itertools import groupby
from typing import TYPE_CHECKING, Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from werkzeug import Response

from builder import times
from server.booking import availability, calendars, changes
from server.contacts import contacts, zones
from server.qualify import leads
from server.sales import decisive
from server.store import Session
from server.web import language, viewer
from server.web.room import Menu, Room
from server.web.state import now_ms, state

if TYPE_CHECKING:
    from server.store.queries.bookings import BookingsComingRow

room = Room(
    "bookings",
    __name__,
    access={
        "index": "bookings.read",
        "act": "bookings.edit",
    },
    menu=Menu("bookings", lambda: language.text("Bookings")),
)
MOST = 200
CANCEL = "cancel"


@room.get("/bookings")
def index() -> str:
    """List everybody's bookings; `mine` only the user's own."""
    mine, now = "mine" in request.args, now_ms()
    with state().store.read() as tx:
        rows = tx.bookings.coming(since_at=now, owner_id=g.user["id"] if mine else "", limit=MOST)
        found = {each.name: each for each in calendars.every(tx)}
        zone = viewer.zone({each.time_zone for each in found.values()})
        booked = {row["calendar"] for row in rows}
        free = {name: _free(tx, each, now, zone) for name, each in found.items() if name in booked}
        changed = tx.bookings.changed(since_at=now - 7 * 86_400_000, limit=10)
        names = viewer.names(tx)
        guests = dict.fromkeys(row["contact_id"] for row in rows)
        facts = decisive.of_all(tx, guests, now)
        found_leads = {guest: tx.leads.by_contact(contact_id=guest) for guest in guests}
    days = groupby((_line(row, zone) for row in rows), key=lambda row: row["day"])
    shown = {"days": [(day, list(of_day)) for day, of_day in days], "mine": mine, "total": len(rows), "names": names}
    late = [{**row, "when": _said(row["starts_at"], zone)} for row in changed]
    place = zones.display_name(str(zone), language.current())
    whose = {
        "facts": facts,
        "soon": viewer.soon(),
        "leads": {guest: leads.read(row) for guest, row in found_leads.items() if row},
    }
    return render_template(
        "bookings/index.html",
        **shown,
        **whose,
        free=free,
        calendars=found,
        changed=late,
        zone=place,
        titles=titles(found.values()),
    )


@room.post("/bookings/<contact_id>/<booking_id>")
def act(contact_id: str, booking_id: str) -> Response:
    """Move a booking to `time`, or cancel it. Both people are told by mail."""
    form, by, now = request.form, viewer.me().name, now_ms()
    start = None if form.get("do") == CANCEL else times.slot_start(form.get("time", ""))
    if start is None and form.get("do") != CANCEL:
        done = "taken"
    else:
        done = state().store.write(lambda tx: changes.change(tx, contact_id, booking_id, start, by, now))
    if done == changes.UNKNOWN:
        abort(404)
    sentences = {
        changes.CANCELLED: language.text("Cancelled. We emailed both people."),
        changes.MOVED: language.text("Moved. We emailed both people."),
    }
    flash(sentences.get(done) or language.text("That time is gone. Please choose another."))
    return redirect(url_for("bookings.index", mine="" if "mine" in request.form else None))


def titles(found: Iterable[calendars.Calendar]) -> dict[str, str]:
    """Return what the appointments of each calendar are called in the reader's language."""
    return {each.name: each.called(language.current()) for each in found}


def _line(row: BookingsComingRow, zone: tzinfo) -> dict[str, Any]:
    begin, end = (datetime.fromtimestamp(at / 1000, zone) for at in (row["starts_at"], row["ends_at"]))
    name = contacts.full_name(row) or row["address"]
    return {
        **row,
        "name": name,
        "day": begin.date().isoformat(),
        "from": f"{begin:%H:%M}",
        "until": f"{end:%H:%M}",
    }


def _free(tx: Session, calendar: calendars.Calendar, now: int, zone: tzinfo) -> list[tuple[str, str]]:
    return [(times.slot_value(at), _said(at, zone)) for at in availability.next_free(tx, calendar, now)]


def _said(at: int, zone: tzinfo) -> str:
    return times.written(datetime.fromtimestamp(at / 1000, zone), language.current())
