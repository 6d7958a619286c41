"""Serves a user's appointments as a calendar feed. The link grants access by itself, until the user makes a new one."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response, make_response

from builder.formats import calendar as wire
from builder.formats.calendar import Meeting
from builder.tokens import TokenInvalid
from server.booking import notifications
from server.capture import Gone
from server.sending import compose
from server.web.state import now_ms, state

room = Blueprint("feeds", __name__)
BACK_MS = 30 * 86_400_000


@room.get("/feeds/<token>.ics")
def show(token: str) -> Response:
    """Return the feed: appointments that began in the last 30 days or are to come."""
    now = now_ms()
    try:
        link = state().keyring.read_user_link("feed", token, now // 1000)
    except TokenInvalid as error:
        raise Gone from error
    with state().store.read() as tx:
        own, owner = tx.calendars.owner(owner_id=link.user_id), tx.users.by_id(id=link.user_id)
        if not own or not owner or not owner["active"] or own["feed_mark"] != link.mark:
            raise Gone
        rows = tx.bookings.of_owner(owner_id=link.user_id, since_at=now - BACK_MS)
    keyring = state().keyring
    desk = notifications.Desk(
        state().settings,
        keyring,
        compose.sender(state().settings, notifications.STREAM, keyring, signed=False, held=state().brand.at(now)),
    )
    meetings = [
        Meeting(
            desk.uid(row),
            f"{row['title']}: {' '.join(filter(None, (row['first_name'], row['last_name']))) or row['address']}",
            datetime.fromtimestamp(row["starts_at"] / 1000, UTC),
            (row["ends_at"] - row["starts_at"]) // 60_000,
            row["place"],
            sequence=row["sequence"],
        )
        for row in rows
    ]
    response = make_response(wire.feed(meetings, desk.organizer, now))
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    return response
