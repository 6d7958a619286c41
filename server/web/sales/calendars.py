"""Edits the calendars in which people can book, with the next free times beside the form; and each user's feed and busy times."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from werkzeug import Response

from builder import times
from server.accounts import users
from server.booking import availability, busy, calendars
from server.booking.calendars import DAYS, LIMITS, Calendar, Wrong
from server.contacts import countries, zones
from server.store import Session
from server.web import language, viewer
from server.web.accounts import profile_form
from server.web.room import Room
from server.web.sales import calendar_form
from server.web.state import now_ms, state

if TYPE_CHECKING:
    from server.store.queries.calendars import OwnerCalendarsRow

room = Room(
    "calendars",
    __name__,
    access={
        "index": "bookings.read",
        "show": "bookings.read",
        "save": "bookings.edit",
        "feed": "bookings.edit",
        "watch": "bookings.edit",
    },
)
NEW = "-"
MARK_BYTES = 9


@room.get("/calendars")
def index() -> str:
    """List the calendars, with the user's own feed and the address of their busy times."""
    with state().store.read() as tx:
        found, names = calendars.every(tx), viewer.names(tx)
        own = tx.calendars.owner(owner_id=g.user["id"])
    shown = {"calendars": found, "names": names, "own": own or {}, "feed": _feed(own)}
    trouble = own["trouble"] if own else ""
    return render_template(
        "calendars/index.html", **shown, troubles=_troubles(trouble), was_read=busy.was_read(trouble)
    )


@room.get("/calendars/<name>")
def show(name: str) -> str:
    """Show the form of a calendar, or of a new one for NEW."""
    with state().store.read() as tx:
        found = calendars.by_name(tx, name) if name != NEW else None
        if found is None and name != NEW:
            abort(404)
        typed = calendar_form.typed_of(found) if found else calendar_form.first()
        return _page(tx, typed, found)


@room.post("/calendars")
def save() -> Response | tuple[str, int]:
    """Save a calendar. `known` in the form marks a change; a new calendar may not take the name of an existing one."""
    typed: dict[str, Any] = {
        **request.form.to_dict(),
        "owners": request.form.getlist("owners"),
        **calendar_form.hours(request.form),
    }
    with state().store.read() as tx:
        there = calendars.by_name(tx, typed.get("name", "").strip())
        known = there if "known" in typed else None
        try:
            made = calendars.checked(calendar_form.read(typed))
            if there and not known:
                raise Wrong("taken")
        except Wrong as wrong:
            return _page(tx, typed, known, wrong), 422
    now = now_ms()
    state().store.write(lambda tx: calendars.save(tx, made, now))
    flash(language.text("Saved. The times on this page are offered now."))
    return redirect(url_for("calendars.show", name=made.name))


@room.post("/calendars/-/feed")
def feed() -> Response:
    """Make a new link for the user's feed, which invalidates the old one; `off` only removes the old one."""
    owner_id, mark = g.user["id"], "" if "off" in request.form else secrets.token_urlsafe(MARK_BYTES)
    state().store.write(lambda tx: tx.calendars.feed(owner_id=owner_id, mark=mark))
    return redirect(url_for("calendars.index"))


@room.post("/calendars/-/busy")
def watch() -> Response:
    """Save the address at which the user's own calendar is published, from which Acto reads busy times; '' for none."""
    owner_id, url = g.user["id"], request.form.get("url", "").strip()
    problem = busy.wrong(url) if url else ""
    if problem:
        flash(
            language.text(
                "This is not the address of a calendar. It must begin with https:// and have no password in it."
            )
        )
    else:
        state().store.write(lambda tx: busy.watch(tx, owner_id, url))
    return redirect(url_for("calendars.index"))


def _troubles(stored: str) -> list[str]:
    """Return a sentence for each stored problem of the last fetch of a user's busy times."""
    return [_trouble(each) for each in stored.splitlines()]


def _trouble(stored: str) -> str:
    name, _, detail = stored.partition(": ")
    sentences = {
        "private_address": language.text("Its address leads inside a network, so it was not called."),
        "not_https": language.text("Its address must begin with https://."),
        "bad_url": language.text(
            "This is not the address of a calendar. It must begin with https:// and have no password in it."
        ),
        "no_connection": language.text("Its server could not be reached (%(detail)s)."),
        "too_slow": language.text("Its server took longer than %(detail)s seconds."),
        "garbled": language.text("Its server answered with something other than a calendar."),
        "answered": language.text("Its server answered %(detail)s instead of the calendar."),
        "no_calendar": language.text(
            "The address does not lead to a calendar that Acto can read. Copy the address in iCal format from your calendar again."
        ),
        "too_large": language.text("It is larger than %(detail)s MB. Publish a calendar with fewer events."),
        "too_many_times": language.text(
            "It has more than %(detail)s busy times in the coming year. Publish a calendar with fewer events."
        ),
        "too_costly": language.text(
            "Acto stopped reading it, because its repeated events took too much time or memory. Give your repeated events an "
            "end, or publish a smaller calendar."
        ),
        "left_out": language.text(
            "Some of its events could not be read, so you count as free then: %(detail)s. They have no valid start, repeat more "
            "than once a day, or take too long to work out. Change them in your calendar."
        ),
        "unknown_zone": language.text(
            "Some of its events are in a time zone that could not be identified: %(detail)s. Their hours were taken as those "
            "of your own time zone."
        ),
    }
    return sentences[name].replace("%(detail)s", detail) if name in sentences else stored


def _page(tx: Session, typed: dict[str, Any], found: Calendar | None, wrong: Wrong | None = None) -> str:
    now = now_ms()
    free = [] if found is None or not found.active else availability.next_free(tx, found, now)
    spoken = language.current()
    said = [
        (
            times.slot_value(at),
            times.written(availability.local(found, at), spoken, zones.display_name(found.time_zone, spoken)),
        )
        for at in free
        if found
    ]
    team = {user["id"]: users.called(user) for user in users.active(tx, "bookings.read")}
    shown = {
        "typed": typed,
        "calendar": found,
        "free": said,
        "team": team,
        "limits": LIMITS,
        "lengths": calendar_form.LENGTHS,
    }
    where = {"wrong": wrong.field if wrong else "", "wrong_day": wrong.day if wrong else ""}
    named = {zone: zones.display_name(zone, spoken) for zone in zones.OFFERED if zone != zones.UNSAID}
    lists = {"zones": profile_form.time_zones()[1:], "named": named, "countries": countries.names(spoken)}
    return render_template(
        "calendars/show.html", **shown, **where, **lists, days=DAYS, spans=calendar_form.spans(typed)
    )


def _feed(own: OwnerCalendarsRow | None) -> str:
    if own is None or not own["feed_mark"]:
        return ""
    began = int(datetime(2026, 1, 1).timestamp())  # a fixed time of signature, so that the link is always the same
    token = state().keyring.sign_user_link("feed", g.user["id"], own["feed_mark"], began)
    return f"{state().settings.base_url.rstrip('/')}{url_for('feeds.show', token=token)}"
