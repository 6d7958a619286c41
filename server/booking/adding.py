"""Builds the links that add an appointment to Google's or Outlook's calendar from a page. Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

if TYPE_CHECKING:
    from server.store.queries.bookings import BookingsRow

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.live.com/calendar/0/deeplink/compose"


class Links(NamedTuple):
    """URLs of pages that are prefilled with the appointment."""

    google: str
    outlook: str


def links(booking: BookingsRow, url: str) -> Links:
    """Return the links; `url` is the page to move or cancel the appointment, named in the entry's text."""
    start, end = (datetime.fromtimestamp(at / 1000, UTC) for at in (booking["starts_at"], booking["ends_at"]))
    google = {
        "action": "TEMPLATE",
        "text": booking["title"],
        "dates": f"{start:%Y%m%dT%H%M%SZ}/{end:%Y%m%dT%H%M%SZ}",
        "location": booking["place"],
        "details": url,
    }
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": booking["title"],
        "startdt": f"{start:%Y-%m-%dT%H:%M:%SZ}",
        "enddt": f"{end:%Y-%m-%dT%H:%M:%SZ}",
        "location": booking["place"],
        "body": url,
    }
    return Links(f"{GOOGLE}?{urlencode(google)}", f"{OUTLOOK}?{urlencode(outlook)}")
