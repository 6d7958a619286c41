"""Undoing what sales did with a lead, on each engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server import tasks
from server.sales import history, work
from server.sales.history import Changed
from server.store import Session
from tests.server.world import World

ACTS: dict[str, Callable[[Session, str, int], str]] = {
    "take": lambda tx, lead, now: work.take(tx, lead, "user-laura", "", "Laura", now),
    "plan": lambda tx, lead, now: work.plan(tx, lead, "Llamar", "2026-11-30", "Laura", now),
    "note": lambda tx, lead, now: work.note(tx, lead, "Decide en marzo", "Laura", now),
    "snooze": lambda tx, lead, now: work.snooze(tx, lead, "2098-12-08", "Laura", now),
    "won": lambda tx, lead, now: work.finish(tx, lead, "won", "Firmó", "Laura", now, 1_200_000, "COP", "2026-11-23"),
    "lost": lambda tx, lead, now: work.finish(tx, lead, "lost", "Sin presupuesto", "Laura", now),
}
COMPUTED = ("updated_at",)  # a change that was undone is news for open lists too


@pytest.fixture
def ana(world: World) -> str:
    """A lead with a task for today."""
    world.post("ana", "need", "crm", gesture="pointer")
    id_ = str(world.people["ana"]["id"])
    world.store.write(lambda tx: tasks.add(tx, "call", id_, "Llamar hoy", "", world.now + 1000, "flow", world.now))
    return id_


def state(world: World, lead: str) -> tuple[Any, ...]:
    with world.store.read() as tx:
        row = tx.leads.by_contact(contact_id=lead)
        kept = {name: value for name, value in row.items() if name not in COMPUTED}
        return kept, tx.tasks.of_contact(contact_id=lead), tx.activities.of_contact(contact_id=lead)


@pytest.mark.parametrize("act", ACTS)
def test_an_action_that_is_undone_leaves_lead_tasks_and_history_as_they_were(world: World, ana: str, act: str) -> None:
    before = state(world, ana)
    done = world.store.write(lambda tx: ACTS[act](tx, ana, world.now))
    assert state(world, ana) != before
    world.store.write(lambda tx: history.undo(tx, ana, done, world.now + 1))
    assert state(world, ana) == before


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.permutations([*ACTS]))
def test_actions_are_undone_in_turn_back_to_the_beginning(world: World, ana: str, acts: list[str]) -> None:
    before, states, done = state(world, ana), [], []
    for place, act in enumerate(acts):
        states.append(state(world, ana))
        now = world.now + 10 * place
        done.append(world.store.write(lambda tx, act=act, now=now: ACTS[act](tx, ana, now)))  # type: ignore[misc]
    for activity, earlier in zip(reversed(done), reversed(states), strict=True):
        world.store.write(lambda tx, activity=activity: history.undo(tx, ana, activity, world.now + 100))  # type: ignore[misc]
        assert state(world, ana) == earlier
    assert state(world, ana) == before


def test_an_action_is_not_undone_over_the_head_of_a_later_one(world: World, ana: str) -> None:
    first = world.store.write(lambda tx: work.take(tx, ana, "user-laura", "", "Laura", world.now))
    world.store.write(lambda tx: work.assign(tx, ana, "user-pedro", "Pedro", world.now + 1))
    with pytest.raises(Changed):
        world.store.write(lambda tx: history.undo(tx, ana, first, world.now + 2))
    assert world.lead("ana")["owner_id"] == "user-pedro"


def test_an_activity_that_replaced_nothing_or_is_of_yesterday_cannot_be_undone(world: World, ana: str) -> None:
    note = world.store.write(lambda tx: work.note(tx, ana, "Hola", "Laura", world.now))
    with pytest.raises(Changed):
        world.store.write(lambda tx: history.undo(tx, ana, note, world.now + 2 * history.UNDO_MS))
    with pytest.raises(LookupError):
        world.store.write(lambda tx: history.undo(tx, ana, "no-such-activity", world.now))


def test_the_task_of_a_lead_that_is_put_off_waits_until_the_end_of_that_day(world: World, ana: str) -> None:
    bogota = ZoneInfo("America/Bogota")
    world.store.write(lambda tx: work.snooze(tx, ana, "2098-12-08", "Laura", world.now, bogota))
    with world.store.read() as tx:
        (task,) = tx.tasks.of_contact(contact_id=ana)
    assert datetime.fromtimestamp(task["due_at"] / 1000, UTC) == datetime(2098, 12, 9, 5, tzinfo=UTC)


def test_who_wins_a_lead_closes_its_tasks_and_opening_it_again_opens_them(world: World, ana: str) -> None:
    world.store.write(lambda tx: ACTS["won"](tx, ana, world.now))
    with world.store.read() as tx:
        (closed,) = tx.tasks.of_contact(contact_id=ana)
    assert (closed["done_at"], closed["withdrawn"]) == (world.now, "lead_won")
    lead = world.lead("ana")
    assert lead
    assert (lead["outcome_amount"], lead["outcome_currency"], lead["outcome_on"]) == (1_200_000, "COP", "2026-11-23")
    world.store.write(lambda tx: work.reopen(tx, ana, "Laura", world.now + 1))
    with world.store.read() as tx:
        (opened,) = tx.tasks.of_contact(contact_id=ana)
    assert (opened["done_at"], world.lead("ana")["outcome_amount"]) == (None, 0)
