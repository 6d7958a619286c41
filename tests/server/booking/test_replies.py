"""What a person's calendar answers reaches the booking: accepted, declined, another time; and only when it is theirs."""

from __future__ import annotations

import re

import pytest

from builder import times
from server.inbound.outcome import InboundOutcome
from server.inbound.receive import receive
from server.inbound.reply_context import Desk
from tests.clients import replies
from tests.clients.replies import calendar, signed
from tests.server.booking.place import Place, place
from tests.server.booking.test_notifications import confirmed, entry, to, work
from tests.server.world import World


@pytest.fixture
def office(world: World) -> Place:
    return place(world)


def invited(office: Place) -> str:
    """Ana has a booking; what her calendar was sent."""
    confirmed(office, "ana", office.free()[0])
    work(office, office.world.now + 1000)
    return str(entry(to(office, "ana@example.com")[-1]).to_ical().decode())


def take(office: Place, raw: bytes) -> InboundOutcome:
    world, records = office.world, replies.records("example.com", "example.org")
    desk = Desk(world.keyring, "in.example.com", world.app.extensions["acto"].rules, records.get)
    return receive(world.store, desk, raw.replace(b"\r\n", b"\n"), world.now + 2000)


def test_ana_accepts_and_then_declines_in_her_calendar(office: Place) -> None:
    ics = invited(office)
    assert take(office, signed(calendar(ics, "ACCEPTED"))).values == ("accepted",)
    assert office.bookings("ana")[0]["rsvp"] == "accepted" and office.booked("ana")
    assert take(office, signed(calendar(ics, "DECLINED"))).result == "answered"
    assert office.booked("ana") == []
    work(office, office.world.now + 3000)
    assert entry(to(office, "lucia@example.com")[-1])["status"] == "CANCELLED"


def test_a_counter_moves_it_where_that_is_free_and_says_so_where_it_is_not(office: Place) -> None:
    ics, (other, *_) = invited(office), office.free()
    night = re.sub(r"DTSTART:\S+", "DTSTART:20300101T033000Z", ics)
    assert take(office, signed(calendar(night, "NEEDS-ACTION", method="COUNTER"))).why == "not_free"
    free = re.sub(r"DTSTART:\S+", f"DTSTART:{other[:8]}T{other[9:13]}00Z", ics)
    assert take(office, signed(calendar(free, "NEEDS-ACTION", method="COUNTER"))).values == ("counter",)
    assert office.booked("ana") == [other]
    assert take(office, signed(calendar(ics, "DECLINED"))).why == "changed_since", "it answers the old time"
    assert office.booked("ana") == [other] and times.slot_start(other)


def test_lucia_declines_in_her_own_calendar_and_ana_is_told(office: Place) -> None:
    confirmed(office, "ana", office.free()[0])
    work(office, office.world.now + 1000)
    hers = str(entry(to(office, "lucia@example.com")[-1]).to_ical().decode())
    mail = {"attendee": "lucia@example.com", "sender": "Lucía <lucia@example.com>"}
    assert take(office, signed(calendar(hers, "ACCEPTED", **mail))).result == "answered"
    assert office.bookings("ana")[0]["rsvp"] == "", "it was not Ana who accepted"
    assert take(office, calendar(hers, "DECLINED", **mail)).why == "unsigned" and office.booked("ana")
    assert take(office, signed(calendar(hers, "DECLINED", **mail))).values == ("declined",)
    assert office.booked("ana") == []
    work(office, office.world.now + 3000)
    assert entry(to(office, "ana@example.com")[-1])["status"] == "CANCELLED"
    with office.world.store.read() as tx:
        last = tx.bookings.changes(contact_id=office.world.people["ana"]["id"])[-1]
    assert (last["what"], last["by_whom"]) == ("cancelled", "lucia@example.com")


def test_nobody_else_declines_for_ana(office: Place) -> None:
    ics = invited(office)
    cases = {
        "unsigned": calendar(ics, "DECLINED"),
        "another_attendee": signed(calendar(ics, "DECLINED", attendee="eve@example.com")),
        "somebody_else": signed(calendar(ics, "DECLINED", sender="Eve <eve@example.com>")),
    }
    assert {why: take(office, raw).why for why, raw in cases.items()} == {why: why for why in cases}
    assert office.booked("ana")
