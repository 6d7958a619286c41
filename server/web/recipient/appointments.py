"""Shows a person their appointment behind the link in its mails, moves and cancels it. GET asks, POST acts.

Two pages lie between the mail and a change, so that a scanner which opens a link and every link behind it changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, g, make_response, render_template, request

from builder import times
from builder.mime import Address
from builder.tokens import TokenExpired, TokenInvalid
from server.booking import adding, availability, calendars, changes, notifications, reservations
from server.booking.calendars import Calendar
from server.capture import Gone
from server.contacts import aliases, contacts
from server.sending import compose
from server.store import Session, StoreUnavailable
from server.web import language
from server.web.recipient import local_times
from server.web.state import now_ms, state

if TYPE_CHECKING:
    from server.store.queries.bookings import BookingsRow
    from server.store.queries.users import UsersRow

    class Hosted(BookingsRow):
        """A booking with the user who receives the person."""

        host: UsersRow | None


room = Blueprint("appointments", __name__)
CANCEL = "cancel"
NOTICES = (changes.MOVED, changes.CANCELLED, changes.OVER)


@room.get("/b/<token>")
def show(token: str) -> Response:
    """Show the appointment."""
    return _page(token, *_found(token))


@room.get("/b/<token>/entry.ics")
def entry(token: str) -> Response:
    """Return the appointment as an .ics file. It has the UID of the invitation, so that a calendar shows both as one entry."""
    booking, _ = _found(token)
    if booking["state"] != "booked":
        raise Gone
    settings, keyring, now = state().settings, state().keyring, now_ms()
    with state().store.read() as tx:
        contact = tx.contacts.by_id(id=booking["contact_id"])
    if contact is None:
        raise Gone
    held = state().brand.at(now)
    sender = compose.sender(settings, notifications.STREAM, keyring, signed=False, held=held)
    desk = notifications.Desk(settings, keyring, sender)
    guest = Address(contacts.full_name(contact), contact["email"])
    body = notifications.document(desk, booking, guest, booking["title"], "PUBLISH", now)
    reply = Response(body, mimetype="text/calendar")
    reply.headers["Content-Disposition"] = "attachment; filename=entry.ics"
    return reply


@room.get("/b/<token>/<step>")
def confirm(token: str, step: str) -> Response:
    """Ask for confirmation. `step` is a time to move to, or `cancel`."""
    booking, calendar = _found(token)
    if step == CANCEL:
        return _page(token, booking, calendar, asked=CANCEL)
    start = times.slot_start(step)
    if start is None or calendar is None:
        raise Gone
    with state().store.read() as tx:
        free = not availability.refused(tx, calendar, start, now_ms(), booking)
    return _page(token, booking, calendar, asked=step if free else "", notice="" if free else "taken")


@room.post("/b/<token>")
def act(token: str) -> Response:
    """Move the appointment to the time in `choice`, or cancel it."""
    booking, calendar = _found(token)
    choice, now = request.form.get("choice", ""), now_ms()
    try:
        notice = state().store.write(lambda tx: _done(tx, booking["contact_id"], booking["id"], choice, now))
    except StoreUnavailable:
        return _page(token, booking, calendar, notice="unavailable", status=503)
    return _page(token, *_found(token), notice=notice, status=409 if notice == "taken" else 200)


def _done(tx: Session, contact_id: str, booking_id: str, choice: str, now: int) -> str:
    """Make the change and return the notice for the page: moved, cancelled, taken or over."""
    start = times.slot_start(choice)
    if start is None and choice != CANCEL:
        return "taken"
    contact_id = contact_id if tx.contacts.by_id(id=contact_id) else aliases.current(tx, contact_id)
    done = changes.change(tx, contact_id, booking_id, start, reservations.PERSON, now)
    return done if done in NOTICES else "taken"


def _found(token: str) -> tuple[Hosted, Calendar | None]:
    """Return the booking, and its calendar if that still offers times. Raises Gone for every invalid token."""
    try:
        action = state().keyring.read("booking", token, now_ms() // 1000)
    except (TokenInvalid, TokenExpired) as error:
        raise Gone from error
    with state().store.read() as tx:
        booking = _booking(tx, action.contact_id, action.message_id)
        if booking is None:
            raise Gone
        calendar = calendars.by_name(tx, booking["calendar"])
        host = tx.users.by_id(id=booking["owner_id"])
    language.speak(booking["language"])
    return {**booking, "host": host}, calendar if calendar and calendar.active else None


def _booking(tx: Session, contact_id: str, booking_id: str) -> BookingsRow | None:
    """Return the booking of a token, also of a contact that was merged into another one."""
    booking = tx.bookings.by_key(contact_id=contact_id, id=booking_id)
    return booking or tx.bookings.by_key(contact_id=aliases.current(tx, contact_id), id=booking_id)


def _page(
    token: str, booking: Hosted, calendar: Calendar | None, asked: str = "", notice: str = "", status: int = 200
) -> Response:
    now = now_ms()
    g.shows_times = True
    with state().store.read() as tx:
        starts = availability.next_free(tx, calendar, now, own=booking) if calendar else []
    free = [
        (times.slot_value(start), local_times.time_text(start, calendar.time_zone))
        for start in starts
        if calendar and (start != booking["starts_at"] or booking["state"] != "booked")
    ]
    asked_for = times.slot_start(asked)
    said = local_times.time_text(asked_for, calendar.time_zone) if asked_for and calendar else ""
    body = render_template(
        "appointments/show.html",
        token=token,
        booking=booking,
        when=local_times.time_text(booking["starts_at"], booking["time_zone"]),
        zone=local_times.chosen() or None,
        links=adding.links(booking, f"{state().settings.base_url.rstrip('/')}/b/{token}"),
        minutes=(booking["ends_at"] - booking["starts_at"]) // 60_000,
        over=booking["starts_at"] <= now,
        free=free,
        asked=asked,
        said=said,
        notice=notice,
    )
    return make_response(body, status)
