"""Bookings: the times a calendar has free, who comes when, and seats taken, moved and given back by a program."""

from __future__ import annotations

from itertools import islice

from server.booking import calendars, changes, reservations, slots
from server.booking.calendars import Calendar
from server.booking.reservations import DoubleBooked, Guest
from server.booking.slots import DAY_MS
from server.store import Session
from server.web.api import cursors
from server.web.api.contacts import require
from server.web.api.endpoint import Call, Endpoint, Row
from server.web.api.events import since
from server.web.api.leads import owners_of, user_of
from server.web.api.problems import Problem, field
from server.web.api.schema import (
    PAGING,
    array,
    boolean,
    closed_object,
    id_,
    integer,
    iso,
    line,
    moment,
    object_,
    one_of,
    page_of,
    read_moment,
    string,
)

SPANISH = "es"  # of somebody whose language nobody knows, as everywhere
WHY = {
    "past": "That time has passed.",
    "soon": "That is sooner than the calendar lets anybody book.",
    "far": "That is later than the calendar lets anybody book.",
    "closed": "No appointment begins then.",
    "holiday": "That day is off.",
    changes.NO_CALENDAR: "Its calendar was deleted.",
    "taken": "That time was taken. The free ones are at /calendars/{name}/free.",
}
CALENDAR = closed_object(
    {
        "name": string("The name."),
        "title": string("What the appointment is called."),
        "place": string("Where: an address, or a link."),
        "time_zone": string("Where its hours are hours."),
        "minutes": integer("How long one takes."),
        "capacity": integer("People to one appointment."),
        "active": boolean("Whether it gives times."),
    }
)
TIME = closed_object(
    {"starts_at": moment("From."), "ends_at": moment("Until."), "room": integer("For how many people more.")}
)
STATES = ("booked", "cancelled")
BOOKING = closed_object(
    {
        "id": id_("The id."),
        "contact_id": id_("Who comes."),
        "address": string("Their address."),
        "calendar": string("Of which calendar."),
        "owner": string("The address of who receives them."),
        "starts_at": moment("From."),
        "ends_at": moment("Until."),
        "state": one_of("Whether it holds.", *STATES),
        "rsvp": string("What their calendar said: accepted, declined, tentative or nothing."),
        "title": string("What it is called."),
        "place": string("Where."),
        "created_at": moment("When it was made."),
        "updated_at": moment("The last change."),
    }
)
MOMENTS = ("starts_at", "ends_at", "created_at", "updated_at")
WORDS = ("id", "contact_id", "address", "calendar", "state", "rsvp", "title", "place")


def as_json(row: Row, owners: dict[str, str]) -> Row:
    kept = {name: row[name] for name in WORDS}
    return {**kept, "owner": owners.get(row["owner_id"], ""), **{name: iso(row[name]) for name in MOMENTS}}


def every_calendar(tx: Session, call: Call) -> Row:
    names = CALENDAR["properties"]
    return {"data": [{name: getattr(each, name) for name in names} for each in calendars.every(tx)], "next": None}


def free(tx: Session, call: Call) -> Row:
    calendar = _calendar(tx, call.path["name"])
    if calendar is None:
        raise Problem("not_found", "There is no calendar of this name.")
    last = call.now + calendar.horizon_days * DAY_MS
    begin = max(call.now, min(last, since(call) + 1))
    taken = reservations.look(tx, calendar, begin, last)
    found = islice(slots.free(calendar, taken, begin, last, call.now) if calendar.active else (), call.query["limit"])
    data = [{"starts_at": iso(slot.starts_at), "ends_at": iso(slot.ends_at), "room": slot.room} for slot in found]
    return {"data": data, "next": None}


def index(tx: Session, call: Call) -> Row:
    asked, limit = call.query, call.query["limit"]
    after_at, after_id = cursors.after(call, (since(call), ""))
    owner = (user_of(tx, asked["owner"]) or "-") if asked.get("owner") else ""
    filters = {name: asked.get(name, "") for name in ("calendar", "contact_id", "state")}
    rows = tx.bookings.listed(after_at=after_at, after_id=after_id, owner_id=owner, **filters, limit=limit + 1)
    owners = owners_of(tx)
    return cursors.page(rows, limit, lambda row: (row["starts_at"], row["id"]), lambda row: as_json(row, owners))


def get(tx: Session, call: Call) -> Row:
    return as_json(_known(tx, call.path["booking_id"]), owners_of(tx))


def book(tx: Session, call: Call) -> Row:
    given = call.body
    contact = require(tx, given["contact_id"])
    tx.contacts.lock(id=contact["id"])  # as an answer does first, so that neither waits for the other in a circle
    calendar, start = _calendar(tx, given["calendar"]), _start(call)
    if calendar is None or not calendar.active:
        raise field("/calendar", "There is no calendar of this name that gives times.")
    before = {row["id"] for row in tx.bookings.of_contact(contact_id=contact["id"])}
    try:
        _had(
            reservations.book(
                tx, calendar, Guest(contact["id"], contact["language"] or SPANISH), start, call.by_whom, call.now
            )
        )
    except DoubleBooked as error:
        raise Problem("conflict", WHY["taken"]) from error
    made = next(row["id"] for row in tx.bookings.of_contact(contact_id=contact["id"]) if row["id"] not in before)
    return as_json(_known(tx, made), owners_of(tx))


def move(tx: Session, call: Call) -> Row:
    return _changed(tx, call, _start(call))


def cancel(tx: Session, call: Call) -> Row:
    return _changed(tx, call, None)


def _changed(tx: Session, call: Call, starts_at: int | None) -> Row:
    own = _known(tx, call.path["booking_id"])
    done = changes.change(tx, own["contact_id"], own["id"], starts_at, call.by_whom, call.now)
    if done not in (changes.MOVED, changes.CANCELLED):
        _had(done)
    return as_json(_known(tx, own["id"]), owners_of(tx))


def _had(why: str) -> None:
    if why:
        raise Problem("conflict", WHY.get(why, WHY["taken"]))


def _start(call: Call) -> int:
    return read_moment(call.body["starts_at"])


def _calendar(tx: Session, name: str) -> Calendar | None:
    return calendars.by_name(tx, name)


def _known(tx: Session, booking_id: str) -> Row:
    found: Row | None = tx.bookings.by_id(id=booking_id)
    if found is None:
        raise Problem("not_found", "There is no booking with this id.")
    return found


def _endpoint(name: str, method: str, path: str, title: str, does: object, **more: object) -> Endpoint:
    scope = "bookings:read" if method == "GET" else "bookings:write"
    return Endpoint(name=name, method=method, path=path, scope=scope, title=title, does=does, **more)  # type: ignore[arg-type]


START = moment("When it is to begin.")
ONE = "/bookings/{booking_id}"
ENDPOINTS = (
    _endpoint(
        *("list_calendars", "GET", "/calendars", "List calendars", every_calendar),
        reply=closed_object({"data": array(CALENDAR), "next": {"type": "null"}}),
    ),
    _endpoint(
        *("list_free_times", "GET", "/calendars/{name}/free", "The next free times of a calendar", free),
        reply=closed_object({"data": array(TIME), "next": {"type": "null"}}),
        query={"since": moment("From this moment on."), "limit": PAGING["limit"]},
    ),
    _endpoint(
        *("list_bookings", "GET", "/bookings", "List bookings by when they begin", index),
        reply=page_of(BOOKING),
        query={
            "since": moment("Those that begin from this moment on."),
            "calendar": line("Of this calendar.", 31),
            "owner": line("Of whoever has this address.", 254),
            "contact_id": id_("Of this person."),
            "state": one_of("Those that stand so.", *STATES),
            **PAGING,
        },
        exports="bookings",
    ),
    _endpoint(
        *("book", "POST", "/bookings", "Book a free time for somebody; both are told by email", book),
        reply=BOOKING,
        body=object_(
            {"calendar": line("Of which calendar.", 31, 1), "contact_id": id_("Who comes."), "starts_at": START},
            *("calendar", "contact_id", "starts_at"),
        ),
        status=201,
        problems=("conflict",),
    ),
    _endpoint("get_booking", "GET", ONE, "One booking", get, reply=BOOKING),
    _endpoint(
        *("move_booking", "PUT", f"{ONE}/time", "Move it to another free time; both are told by email", move),
        reply=BOOKING,
        body=object_({"starts_at": START}, "starts_at"),
        problems=("conflict",),
    ),
    _endpoint(
        *("cancel_booking", "POST", f"{ONE}/cancel", "Cancel it; both are told by email", cancel),
        reply=BOOKING,
    ),
)
