"""An answer takes a seat, on both engines: it moves with the answer, is given back, and nobody else has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builder import times
from server import capture
from server.booking import availability, reservations
from server.booking.reservations import DoubleBooked, Guest
from server.contacts import erase
from server.inbound import reply_context
from server.sending import compose
from tests.server.booking.place import Place, colleague, place
from tests.server.world import PAGE, World

if TYPE_CHECKING:
    from server.store.queries.bookings import BookingsHoldValues


@pytest.fixture
def office(world: World) -> Place:
    return place(world)


def test_ana_takes_a_time_and_grace_is_shown_those_that_are_left(office: Place) -> None:
    first = office.free()[0]
    assert office.world.post("ana", "slot", first).status_code == 200
    assert office.booked("ana") == [first]
    left = office.free()[0]
    page = office.world.visitor().get(f"/a/{office.world.token('grace', 'slot')}/{first}")
    assert "Esa hora ya no está libre. Estas sí:" in page.text
    assert f'value="{first}"' not in page.text and f'value="{left}"' in page.text
    refused = office.world.post("grace", "slot", first)
    assert refused.status_code == 409 and f'value="{left}"' in refused.text
    assert office.booked("grace") == [] and office.world.answer("grace", "slot") is None


def test_a_change_of_mind_moves_the_booking_and_none_of_these_gives_it_back(office: Place) -> None:
    first, second, *_ = office.free()
    office.world.post("ana", "slot", first, nonce=office.world.nonce(PAGE))
    office.world.post("ana", "slot", second, nonce=office.world.nonce(PAGE))
    assert office.booked("ana") == [second] and office.bookings("ana")[0]["sequence"] == 1
    assert first in office.free()
    office.world.post("grace", "slot", first)
    office.world.post("grace", "slot", "none", nonce=office.world.nonce(PAGE))
    assert office.booked("grace") == [] and first in office.free()


def test_the_same_answer_twice_is_one_booking(office: Place) -> None:
    first = office.free()[0]
    nonce = office.world.nonce()
    for _ in range(2):
        assert office.world.post("ana", "slot", first, nonce=nonce).status_code == 200
    assert office.world.post("ana", "slot", first).status_code == 200
    assert [row["sequence"] for row in office.bookings("ana")] == [0]


def test_a_time_that_no_calendar_gives_is_refused(office: Place) -> None:
    for value in ("20200102t1400z", "20990102t1400z", "20270230t1400z", "whenever"):
        assert office.world.post("ana", "slot", value).status_code in (409, 422)
    assert office.bookings("ana") == [] and office.world.answer("ana", "slot") is None


def test_a_team_takes_turns_and_two_people_have_one_time(office: Place) -> None:
    pedro = colleague(office, "pedro@example.com")
    first = office.free()[0]
    assert [office.world.post(name, "slot", first).status_code for name in ("ana", "grace")] == [200, 200]
    owners = {office.bookings(name)[0]["owner_id"] for name in ("ana", "grace")}
    assert owners == {office.lucia, pedro} and first not in office.free()


def test_an_owner_is_in_one_place_at_a_time_whichever_calendar_it_is(office: Place) -> None:
    first = next(time for time in office.free() if time.endswith("00z"))  # both calendars open at it
    office.world.post("ana", "slot", first)
    office.change(name="demo", minutes=60, before_minutes=15)
    start = times.slot_start(first)
    assert start and first not in office.free()
    guest = Guest(office.world.people["grace"]["id"], "en")
    refused = office.world.store.write(
        lambda tx: reservations.book(tx, office.calendar, guest, start, "lucia", office.world.now)
    )
    assert refused == "taken" and office.bookings("grace") == []


def test_a_group_fills_up(office: Place) -> None:
    office.change(capacity=2)
    first = office.free()[0]
    office.world.post("ana", "slot", first)
    assert first in office.free()
    office.world.post("grace", "slot", first)
    assert {row["seat"] for name in ("ana", "grace") for row in office.bookings(name)} == {1, 2}
    assert first not in office.free()


def test_the_database_refuses_what_a_careless_program_books(office: Place) -> None:
    """Without the lock and without looking: straight into the tables."""
    first = office.free()[0]
    office.world.post("ana", "slot", first)
    start = times.slot_start(first)
    assert start
    row: dict[str, Any] = {
        **office.bookings("ana")[0],
        "contact_id": office.world.people["grace"]["id"],
        "id": "x",
        "now": 1,
    }
    names = "contact_id id calendar owner_id starts_at ends_at seat title place language time_zone message_id block now"
    added = office.world.store.write(lambda tx: tx.bookings.add(**{name: row[name] for name in names.split()}))
    assert added == 0
    other: BookingsHoldValues = {
        "owner_id": office.lucia,
        "calendar": "demo",
        "starts_at": start,
        "piece": start // 300_000,
    }
    assert office.world.store.write(lambda tx: tx.bookings.hold(rows=[other])) == 0
    office.change(name="demo")
    with pytest.raises(DoubleBooked):
        office.world.store.write(lambda tx: reservations._hold(tx, office.calendar, office.lucia, start))


def test_who_is_erased_gives_their_time_back(office: Place) -> None:
    first = office.free()[0]
    office.world.post("ana", "slot", first)
    office.world.store.write(lambda tx: erase.erase(tx, office.world.people["ana"]["id"]))
    assert first in office.free()


def test_what_is_offered_is_spread_over_days(office: Place) -> None:
    free = office.free()
    assert len(free) == availability.MOST and len({value[:8] for value in free}) >= 3


def test_a_refreshed_card_shows_what_is_free_now(office: Place) -> None:
    first = office.free()[0]
    office.world.post("ana", "slot", first)
    visitor, token, left = office.world.visitor(), office.world.token("grace", "slot"), office.free()
    with office.world.store.read() as tx:  # what the page and the list of an AMP mail are made of
        action = office.world.keyring.read("answer", token, office.world.now // 1000)
        asked = capture.find(tx, action, now=office.world.now)
    assert asked and [option.value for option in asked.block.options] == [*left, "none"]
    card = visitor.post(f"/o/{token}/card").get_data(as_text=True)
    assert left[0] in card and first not in card


def test_a_reply_means_the_time_that_stood_in_the_mail(office: Place) -> None:
    """Though another is first by now: the second one is the second of that mail."""
    world = office.world
    message, contact = world.sent["grace"], world.people["grace"]
    compose.composer(world.store, world.settings, world.keyring, availability.write_down)(
        message, contact, (), world.now
    )
    offered = office.free()
    world.post("ana", "slot", offered[0])
    with world.store.read() as tx:
        sent = reply_context.by_id(tx, message["id"])
    assert sent and [option.value for option in sent.spoken(sent.email.blocks["slot"]).options] == [*offered, "none"]
