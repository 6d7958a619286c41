"""Lists calendars, free times and bookings, and books, moves and cancels appointments; ENDPOINTS says what each function does."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from server.booking import calendars, changes, reservations, slots
from server.booking.calendars import Calendar
from server.booking.reservations import DoubleBooked, Guest
from server.booking.slots import DAY_MS
from server.store import Session
from server.web.api import cursors
from server.web.api.contacts import require
from server.web.api.endpoint import ApiReply, Call, Endpoint
from server.web.api.events import since
from server.web.api.leads import owners_of, user_of
from server.web.api.problems import ApiProblem, field
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

if TYPE_CHECKING:
    from server.store.queries.bookings import BookingsByIdRow

SPANISH = "es"  # for a contact without a language, as everywhere
WHY = {
    "past": "The time has passed.",
    "soon": "The time is too soon: the calendar asks for more notice.",
    "far": "The time is too far ahead for this calendar.",
    "closed": "The calendar has no appointment that starts at this time.",
    "holiday": "The calendar is closed on this day.",
    changes.NO_CALENDAR: "The calendar of this booking was removed.",
    "taken": "The time is already booked. GET /calendars/{name}/free lists the free times.",
}
CALENDAR = closed_object(
    {
        "name": string("The calendar's name, used in paths."),
        "title": string("The title of its appointments."),
        "title_en": string("The title in English; empty for the same."),
        "place": string("The place: an address or a link."),
        "time_zone": string("The time zone of its opening hours, such as America/Bogota."),
        "minutes": integer("The length of an appointment in minutes."),
        "capacity": integer("The number of people per appointment."),
        "active": boolean("True when people can book in it."),
    }
)
TIME = closed_object(
    {"starts_at": moment("The start."), "ends_at": moment("The end."), "room": integer("The number of seats left.")}
)
STATES = ("booked", "cancelled")
BOOKING = closed_object(
    {
        "id": id_("The booking's id."),
        "contact_id": id_("The contact who booked."),
        "address": string("The contact's email address."),
        "calendar": string("The calendar's name."),
        "owner": string("The email address of the team member who receives the contact."),
        "starts_at": moment("The start."),
        "ends_at": moment("The end."),
        "state": one_of("The state of the booking.", *STATES),
        "rsvp": string("The reply of the contact's calendar: accepted, declined, tentative; empty for none."),
        "title": string("The title of the appointment."),
        "place": string("The place: an address or a link."),
        "created_at": moment("When it was booked."),
        "updated_at": moment("When it last changed."),
    }
)


def as_json(row: BookingsByIdRow, owners: dict[str, str]) -> ApiReply:
    return {
        "id": row["id"],
        "contact_id": row["contact_id"],
        "address": row["address"],
        "calendar": row["calendar"],
        "state": row["state"],
        "rsvp": row["rsvp"],
        "title": row["title"],
        "place": row["place"],
        "owner": owners.get(row["owner_id"], ""),
        "starts_at": iso(row["starts_at"]),
        "ends_at": iso(row["ends_at"]),
        "created_at": iso(row["created_at"]),
        "updated_at": iso(row["updated_at"]),
    }


def every_calendar(tx: Session, call: Call) -> ApiReply:
    names = CALENDAR["properties"]
    return {"data": [{name: getattr(each, name) for name in names} for each in calendars.every(tx)], "next": None}


def free(tx: Session, call: Call) -> ApiReply:
    calendar = _calendar(tx, call.path["name"])
    if calendar is None:
        raise ApiProblem("not_found", "There is no calendar with this name.")
    last = call.now + calendar.horizon_days * DAY_MS
    begin = max(call.now, min(last, since(call) + 1))
    taken = reservations.look(tx, calendar, begin, last)
    found = islice(slots.free(calendar, taken, begin, last, call.now) if calendar.active else (), call.query["limit"])
    data = [{"starts_at": iso(slot.starts_at), "ends_at": iso(slot.ends_at), "room": slot.room} for slot in found]
    return {"data": data, "next": None}


def index(tx: Session, call: Call) -> ApiReply:
    asked, limit, (after_at, after_id) = call.query, call.query["limit"], cursors.after(call, (since(call), ""))
    owner = (user_of(tx, asked["owner"]) or "-") if asked.get("owner") else ""
    filters = {name: asked.get(name, "") for name in ("calendar", "contact_id", "state")}
    rows = tx.bookings.listed(after_at=after_at, after_id=after_id, owner_id=owner, **filters, limit=limit + 1)
    owners = owners_of(tx)
    return cursors.page(rows, limit, lambda row: (row["starts_at"], row["id"]), lambda row: as_json(row, owners))


def get(tx: Session, call: Call) -> ApiReply:
    return as_json(_known(tx, call.path["booking_id"]), owners_of(tx))


def book(tx: Session, call: Call) -> ApiReply:
    """Book a free time for a contact. Raises Problem, as every function here that cannot do its work."""
    given = call.body
    contact = require(tx, given["contact_id"])
    tx.contacts.lock(id=contact["id"])  # first, as an answer does: one order of locks prevents a deadlock
    calendar, start = _calendar(tx, given["calendar"]), _start(call)
    if calendar is None or not calendar.active:
        raise field("/calendar", "There is no active calendar with this name.")
    before = {row["id"] for row in tx.bookings.of_contact(contact_id=contact["id"])}
    try:
        _had(
            reservations.book(
                tx, calendar, Guest(contact["id"], contact["language"] or SPANISH), start, call.by_whom, call.now
            )
        )
    except DoubleBooked as error:
        raise ApiProblem("conflict", WHY["taken"]) from error
    made = next(row["id"] for row in tx.bookings.of_contact(contact_id=contact["id"]) if row["id"] not in before)
    return as_json(_known(tx, made), owners_of(tx))


def move(tx: Session, call: Call) -> ApiReply:
    return _changed(tx, call, _start(call))


def cancel(tx: Session, call: Call) -> ApiReply:
    return _changed(tx, call, None)


def _changed(tx: Session, call: Call, starts_at: int | None) -> ApiReply:
    own = _known(tx, call.path["booking_id"])
    done = changes.change(tx, own["contact_id"], own["id"], starts_at, call.by_whom, call.now)
    if done not in (changes.MOVED, changes.CANCELLED):
        _had(done)
    return as_json(_known(tx, own["id"]), owners_of(tx))


def _had(why: str) -> None:
    if why:
        raise ApiProblem("conflict", WHY.get(why, WHY["taken"]))


def _start(call: Call) -> int:
    return read_moment(call.body["starts_at"])


def _calendar(tx: Session, name: str) -> Calendar | None:
    return calendars.by_name(tx, name)


def _known(tx: Session, booking_id: str) -> BookingsByIdRow:
    found = tx.bookings.by_id(id=booking_id)
    if found is None:
        raise ApiProblem("not_found", "There is no booking with this id.")
    return found


def _endpoint(name: str, method: str, path: str, title: str, does: object, **more: object) -> Endpoint:
    scope = "bookings:read" if method == "GET" else "bookings:write"
    return Endpoint(name=name, method=method, path=path, scope=scope, title=title, does=does, **more)  # type: ignore[arg-type]


START = moment("The start: one of the free times.")
ONE = "/bookings/{booking_id}"
ENDPOINTS = (
    _endpoint(
        *("list_calendars", "GET", "/calendars", "List calendars", every_calendar),
        reply=closed_object({"data": array(CALENDAR), "next": {"type": "null"}}),
    ),
    _endpoint(
        *("list_free_times", "GET", "/calendars/{name}/free", "List the next free times of a calendar", free),
        reply=closed_object({"data": array(TIME), "next": {"type": "null"}}),
        query={"since": moment("Only times at this moment or later."), "limit": PAGING["limit"]},
    ),
    _endpoint(
        *("list_bookings", "GET", "/bookings", "List bookings, earliest start first", index),
        reply=page_of(BOOKING),
        query={
            "since": moment("Only bookings that start at this moment or later."),
            "calendar": line("Only bookings of this calendar.", 31),
            "owner": line("Only bookings with the team member who has this email address.", 254),
            "contact_id": id_("Only bookings of this contact."),
            "state": one_of("Only bookings in this state.", *STATES),
            **PAGING,
        },
        exports="bookings",
    ),
    _endpoint(
        *("book", "POST", "/bookings", "Book a free time for a contact; Acto emails the contact and the owner", book),
        reply=BOOKING,
        body=object_(
            {
                "calendar": line("The calendar's name.", 31, 1),
                "contact_id": id_("The contact who comes."),
                "starts_at": START,
            },
            *("calendar", "contact_id", "starts_at"),
        ),
        status=201,
        problems=("conflict",),
    ),
    _endpoint("get_booking", "GET", ONE, "Get a booking", get, reply=BOOKING),
    _endpoint(
        *(
            "move_booking",
            "PUT",
            f"{ONE}/time",
            "Move a booking to another free time; Acto emails the contact and the owner",
            move,
        ),
        reply=BOOKING,
        body=object_({"starts_at": START}, "starts_at"),
        problems=("conflict",),
    ),
    _endpoint(
        *("cancel_booking", "POST", f"{ONE}/cancel", "Cancel a booking; Acto emails the contact and the owner", cancel),
        reply=BOOKING,
    ),
)
