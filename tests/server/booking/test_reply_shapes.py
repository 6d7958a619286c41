"""A calendar's reply is read in the shapes that calendars give it."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable

import pytest

from server.inbound import calendar_reply
from server.inbound.mime_parts import Part
from tests.clients.replies import calendar, signed
from tests.server.booking.place import Place
from tests.server.booking.test_replies import invited, office, take

__all__ = ["office"]
ANA = "ATTENDEE;PARTSTAT=DECLINED:mailto:ana@example.com"
Change = Callable[[str], str]
SHAPES: dict[str, Change] = {
    "a byte order mark": lambda ics: f"\ufeff{ics}",
    "an empty line before it": lambda ics: f"\n{ics}",
    "a comment with quotes": lambda ics: ics.replace("PARTSTAT=", 'X-RESPONSE-COMMENT="No "puedo" ir";PARTSTAT='),
    "a comment with a colon": lambda ics: ics.replace("PARTSTAT=", "X-RESPONSE-COMMENT=No: no puedo;PARTSTAT="),
    "a second attendee": lambda ics: ics.replace(
        "END:VEVENT", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:eve@example.com\nEND:VEVENT"
    ),
    "an attendee before": lambda ics: ics.replace(
        "ATTENDEE", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:eve@example.com\nATTENDEE", 1
    ),
    "a folded line": lambda ics: ics.replace("mailto:ana", "mailto:an\n a"),
    "a name with a semicolon": lambda ics: ics.replace("CN=Ana", 'CN="Díaz; Ana: x"'),
    "properties that are broken": lambda ics: ics.replace("END:VEVENT", "X-BROKEN;;:\nSUMMARY;=x\nEND:VEVENT"),
    "lower case": lambda ics: ics.replace("MAILTO", "mailto").replace("PARTSTAT=DECLINED", "partstat=declined"),
    "a mailto in capitals": lambda ics: ics.replace("mailto:ana@example.com", "MAILTO:Ana@Example.com"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_declined_appointment_is_cancelled_whatever_shape_its_reply_has(office: Place, shape: str) -> None:
    assert take(office, signed(reshaped(calendar(invited(office), "DECLINED"), SHAPES[shape]))).values == ("declined",)
    assert office.booked("ana") == []


def test_a_reply_may_come_as_application_ics_alone(office: Place) -> None:
    raw = calendar(invited(office), "DECLINED")
    alone = re.sub(rb"text/calendar; charset=\"utf-8\"; method=REPLY", b'application/ics; name="reply.ics"', raw)
    assert alone != raw
    assert take(office, signed(alone)).values == ("declined",)


def test_what_came_to_nothing_is_told(office: Place) -> None:
    ics = invited(office)
    assert take(office, calendar(ics, "DECLINED")).why == "unsigned"
    with office.world.store.read() as tx:
        (row,) = tx.replies.of_contact(contact_id=office.world.people["ana"]["id"])
    assert (row["why"], office.booked("ana") != []) == ("unsigned", True)


@pytest.mark.parametrize(
    "text", ["BEGIN:VCALENDAR", f"{ANA}\n" * 500, 'ATTENDEE;X-RESPONSE-COMMENT="' + '"' * 5_000, "A" * 64_000]
)
def test_what_is_no_reply_is_none(text: str) -> None:
    assert calendar_reply.read(Part("text/calendar", text)) is None


def reshaped(raw: bytes, change: Change) -> bytes:
    """The mail with its calendar changed."""
    head, found, tail = re.split(rb"(?<=base64\r\n\r\n)([A-Za-z0-9+/=\r\n]+)(?=--)", raw, maxsplit=1)
    ics = change(base64.b64decode(found).decode())
    return head + base64.encodebytes(ics.encode()).replace(b"\n", b"\r\n") + tail
