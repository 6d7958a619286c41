"""What an answer sets off, written down with it: once, for confirmed answers, and withdrawn when they stop counting."""

from __future__ import annotations

from functools import partial

import pytest

from builder import times
from server.booking import reservations
from server.booking.notifications import Appointments
from server.booking.reservations import Guest
from server.capture import confirmation, overrides
from server.capture.overrides import Decision
from server.flows import flow_store
from tests.server.booking.place import place
from tests.server.flows.acting import TASK, URGENT, effects, keep, states, work
from tests.server.world import HOLD_MS, PAGE, World

ONE_ENGINE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # no query that others do not run on both
ALERT = '\n[[then]]\ndo = "alert"\nto = ["sales@example.com"]\n'
LATER = '\n[[then]]\ndo = "tag"\ntag = "urgent"\nafter = "2 hours"\n'


def test_a_confirmed_answer_plans_the_effects_of_its_flow_once(world: World) -> None:
    keep(world, URGENT + TASK + ALERT)
    world.post("ana", "when", "this_month", gesture="pointer", nonce="nonce-of-a-page-of-ana")
    world.post("ana", "when", "this_month", gesture="pointer", nonce="nonce-of-a-page-of-ana")
    world.post("ana", "when", "this_month", gesture="pointer")  # the same once more from another page
    assert states(world) == [("task", "planned", ""), ("alert", "planned", "")]
    assert states(world, "grace") == []


@ONE_ENGINE
def test_an_answer_that_waits_plans_nothing_until_it_is_confirmed(world: World) -> None:
    keep(world, URGENT + TASK)
    world.post("ana", "when", "this_month")
    assert states(world) == []
    confirmation.confirm_due(world.store, world.now + HOLD_MS + 60_000)
    assert states(world) == [("task", "planned", "")]
    confirmation.confirm_due(world.store, world.now + HOLD_MS + 120_000)
    assert len(effects(world)) == 1


def test_who_changes_her_mind_withdraws_what_is_planned_and_marks_what_was_done(world: World) -> None:
    keep(world, URGENT + TASK + LATER)
    world.post("ana", "when", "this_month", gesture="pointer")
    work(world, world.now + 60_000)
    assert states(world) == [("task", "done", ""), ("tag", "planned", "")]
    world.post("ana", "when", "someday", gesture="pointer")
    assert [(row["state"], row["counts"]) for row in effects(world)] == [("done", 0), ("gone", 0)]
    with world.store.read() as tx:
        (task,) = tx.tasks.open(owner="", limit=9)
    assert task["stale"] == 1


def test_an_answer_taken_for_a_machines_is_withdrawn_and_planned_again_when_a_person_says_otherwise(
    world: World,
) -> None:
    keep(world, URGENT + LATER)
    world.post("ana", "when", "this_month", gesture="pointer", nonce="nonce-of-a-page-of-ana")
    message = world.sent["ana"]
    decision = Decision(
        message["contact_id"], message["id"], "when", "nonce-of-a-page-of-ana", "machine", "a scan", "mara"
    )
    rules = world.app.extensions["acto"].rules
    overrides.overrule(world.store, decision, rules, world.now)
    assert states(world) == [("tag", "gone", "answer_gone")]
    overrides.overrule(world.store, decision._replace(verdict="person"), rules, world.now + 1)
    assert states(world) == [("tag", "planned", "")]


@ONE_ENGINE
def test_who_unsubscribes_sets_off_what_waits_for_that_once(world: World) -> None:
    keep(world, '[when]\nhappens = "unsubscribed"\n' + TASK)
    token = world.token("ana", "", "unsubscribe")
    for _ in range(2):
        assert world.visitor().post(f"/u/{token}", data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert states(world) == [("task", "planned", "")]


@ONE_ENGINE
def test_a_change_of_mind_can_be_waited_for(world: World) -> None:
    keep(world, URGENT.replace('"answered"', '"changed"') + TASK)
    world.post("ana", "when", "this_month", gesture="pointer")
    assert states(world) == []
    world.post("ana", "when", "someday", gesture="pointer", nonce=world.nonce(PAGE))
    world.post("ana", "when", "this_month", gesture="pointer", nonce=world.nonce(PAGE))
    assert states(world) == [("task", "planned", "")]


@ONE_ENGINE
def test_a_flow_that_is_off_plans_nothing_and_stops_what_it_planned(world: World) -> None:
    keep(world, URGENT + LATER)
    world.post("ana", "when", "this_month", gesture="pointer")
    world.store.write(lambda tx: flow_store.switch(tx, "urgent", False, "mara@example.com", world.now))
    world.post("grace", "when", "this_month", gesture="pointer")
    work(world, world.now + 3 * 3_600_000)
    assert states(world) == [("tag", "stopped", "flow_off")]
    assert states(world, "grace") == []


def test_the_same_rule_again_is_no_new_version(world: World) -> None:
    assert keep(world, URGENT + TASK).version == 1
    assert keep(world, URGENT + TASK).version == 1
    assert keep(world, URGENT + ALERT).version == 2


def test_an_appointment_by_hand_follows_no_mail_that_has_not_been_sent_yet(world: World) -> None:
    """Neither has a message: the mail of the first appointment waits when the second is made."""
    office = place(world)
    keep(world, '[when]\nhappens = "booked"\n[[then]]\ndo = "email"\nemail = "diagnosis"\nafter = "2d"\n')
    guest = Guest(world.people["ana"]["id"], "es")
    for now, time in enumerate(office.free()[:2], world.now):
        book = partial(reservations.book, calendar=office.calendar, guest=guest, by_whom="Laura", now=now)
        world.store.write(partial(book, starts_at=times.slot_start(time)))
        Appointments(world.store, world.settings, world.keyring)(now)
    assert states(world) == [("email", "planned", ""), ("email", "planned", "")]
