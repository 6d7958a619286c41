"""`acto check` on what answers set off: each kind of damage to effects, tasks and bookings is seen, and says what to do."""

from __future__ import annotations

import pytest

from builder import times
from server import integrity
from server.booking import reservations
from server.booking.reservations import Guest
from tests.server import troubles
from tests.server.booking.place import Place, place
from tests.server.flows.acting import effects, keep, work
from tests.server.world import World

FLOW = """[when]
happens = "answered"
block = "slot"
[[then]]
do = "task"
title = "Prepare the call with {person}"
"""
HARM = {  # what is found -> what a hand that is not ours did, in an order in which none hides another
    "task_of_no_effect": "DELETE FROM tasks WHERE contact_id = '{ana}'",
    "task_of_nobody": "UPDATE tasks SET contact_id = 'nobody' WHERE contact_id = '{grace}'",
    "effect_in_no_state": "UPDATE effects SET state = 'lost' WHERE contact_id = '{ana}'",
    "effect_of_nobody": "UPDATE effects SET contact_id = 'nobody' WHERE contact_id = '{ana}'",
    "booking_without_hold": "DELETE FROM holds",
    "booked_twice": "UPDATE bookings SET starts_at = starts_at - 300000, ends_at = ends_at - 300000, calendar = 'other'"
    " WHERE contact_id = '{grace}' AND state = 'booked'",
    "booking_in_no_state": "UPDATE bookings SET told = sequence + 1 WHERE contact_id = '{ana}'",
    "booking_of_nobody": "UPDATE bookings SET contact_id = 'nobody' WHERE contact_id = '{ana}'",
}


@pytest.fixture
def office(world: World) -> Place:
    """Ana and Grace have taken times one after the other, and each became a task; Ana's had been another time first."""
    made = place(world)
    keep(world, FLOW, "prepare")
    first, second, *_ = made.free()
    for name, value in (("ana", second), ("ana", first)):
        assert world.post(name, "slot", value, gesture="pointer").status_code == 200
    start = times.slot_start(first)
    assert start
    guest, after = Guest(world.people["grace"]["id"], "en"), start + made.calendar.minutes * 60_000
    assert not world.store.write(lambda tx: reservations.book(tx, made.calendar, guest, after, "lucia", world.now))
    world.post("grace", "slot", "none", gesture="pointer")
    work(world, world.now + 60_000)
    assert {row["state"] for row in effects(world)} == {"done", "gone"}
    return made


def test_what_answers_set_off_is_as_it_should_be_and_each_kind_of_damage_is_seen(office: Place) -> None:
    world = office.world
    ids = {name: row["id"] for name, row in world.people.items()}
    assert not list(integrity.check(world.store, world.now))
    for kind, harm in HARM.items():
        assert kind not in {each.kind for each in integrity.check(world.store, world.now)}, kind
        troubles.execute(world.store, world.settings.database, harm.format(**ids))
        found = [each for each in integrity.check(world.store, world.now) if each.kind == kind]
        assert found and "{" not in found[0].sentence and found[0].remedy, f"{kind} was not seen"
