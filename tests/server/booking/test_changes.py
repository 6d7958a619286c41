"""One function changes a booking, whoever asks: what the person, the team and programs may is decided in it alone."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from builder import times
from server.booking import changes, reservations
from server.booking.reservations import Guest
from tests.server.booking.place import Place, place
from tests.server.world import World

ROOT = Path(__file__).parents[3]
MAY = {
    "changes.py",
    "answer_booking.py",
    "notifications.py",
}  # an answer's own booking goes where its answer goes; a machine's is cleared


@pytest.fixture
def office(world: World) -> Place:
    made = place(world)
    ana, first = world.people["ana"], times.slot_start(made.free()[0])
    assert first
    world.store.write(
        lambda tx: reservations.book(tx, made.calendar, Guest(ana["id"], "es"), first, reservations.PERSON, world.now)
    )
    return made


def change(office: Place, start: int | None, by: str, later_ms: int = 0) -> str:
    (booking,) = office.bookings("ana")
    return office.world.store.write(
        lambda tx: changes.change(
            tx, str(booking["contact_id"]), str(booking["id"]), start, by, office.world.now + later_ms
        )
    )


@pytest.mark.parametrize("by", [reservations.PERSON, "Lucía"])
def test_everybody_may_move_and_cancel_what_has_not_begun(office: Place, by: str) -> None:
    second = office.free()[1]
    assert change(office, times.slot_start(second), by) == changes.MOVED
    assert office.booked("ana") == [second]
    assert change(office, None, by) == changes.CANCELLED
    assert office.booked("ana") == []


def test_the_team_moves_one_that_nobody_came_to_and_the_person_cannot(office: Place) -> None:
    (booking,) = office.bookings("ana")
    begun = int(str(booking["starts_at"])) - office.world.now + 60_000
    next_day = int(str(booking["starts_at"])) + 86_400_000
    assert change(office, next_day, reservations.PERSON, begun) == changes.OVER
    assert change(office, None, reservations.PERSON, begun) == changes.OVER
    assert change(office, next_day, "Lucía", begun) == changes.MOVED


def test_a_calendar_that_gives_no_more_times_is_closed_to_the_person(office: Place) -> None:
    second = times.slot_start(office.free()[1])
    office.change(active=False)
    assert change(office, second, reservations.PERSON) == changes.NO_CALENDAR
    assert change(office, second, "Lucía") == changes.MOVED


def test_a_taken_time_and_a_booking_that_is_not_there_say_so(office: Place) -> None:
    world, second = office.world, times.slot_start(office.free()[1])
    assert second
    grace = Guest(world.people["grace"]["id"], "en")
    world.store.write(lambda tx: reservations.book(tx, office.calendar, grace, second, reservations.PERSON, world.now))
    assert change(office, second, reservations.PERSON) == "taken"
    nobody = world.store.write(lambda tx: changes.change(tx, grace.contact_id, "0" * 20, None, "Lucía", world.now))
    assert nobody == changes.UNKNOWN


def test_nothing_else_moves_or_cancels() -> None:
    users = {
        path.name
        for path in (ROOT / "server").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("reservations.move", "reservations.cancel")
    }
    assert users == MAY
