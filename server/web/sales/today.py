"""Shows the first page of sales: what is overdue, today's meetings, what is due, and whom to call."""

from __future__ import annotations

from datetime import datetime

from flask import g, redirect, render_template
from werkzeug import Response

from server.contacts import zones
from server.sales import today
from server.sales.today import Reader, Todo
from server.web import access, language, viewer
from server.web.room import SIGNED_IN, Menu, Room
from server.web.state import now_ms, state


def reader() -> Reader:
    """Return the signed-in user with the bounds of their day."""
    day = viewer.today()
    return Reader(g.user["id"], g.user["email"], day, viewer.end_of(day) or now_ms())


def count() -> int:
    """Count what is overdue or due today, for the menu."""
    who = reader()
    with state().store.read() as tx:
        return today.count(tx, who, now_ms())


room = Room(
    "today",
    __name__,
    access={
        "index": "leads.work",
        "home": SIGNED_IN,
    },
    menu=Menu("today", lambda: language.text("Today"), waiting=count),
)


@room.get("/")
def home() -> Response:
    """Redirect to the first page of the user's role."""
    return redirect(access.home())


@room.get("/today")
def index() -> str:
    """List what the user has to do today."""
    who = reader()
    with state().store.read() as tx:
        found = today.gather(tx, who, now_ms())
        owners = viewer.names(tx)
    return render_template(
        "today/index.html", groups=found.groups, undecided=found.undecided, owners=owners, days=viewer.soon()
    )


@room.app_template_filter()
def meeting_time(todo: Todo) -> str:
    """Write the hour of a meeting in the user's time zone; in that of the meeting if the user has not set one."""
    zone = zones.first(g.user["time_zone"], todo.row["time_zone"])
    return f"{datetime.fromtimestamp(todo.at / 1000, zone):%H:%M}"


@room.app_template_filter()
def join_url(todo: Todo) -> str:
    """Return the link of a meeting; '' if its place is none."""
    place = str(todo.row["place"])
    return place if place.startswith("https://") else ""
