"""An answer that no longer counts takes back what it caused, each by name; what a person did since stays."""

from __future__ import annotations

from typing import Any

import pytest

from server.flows import flow_store, planning
from server.qualify import leads
from server.sales import decisive
from server.sales import work as sales
from server.store import Session
from tests.server.flows.acting import keep, work
from tests.server.flows.changing import ALERT, CALL, EMAIL, MINUTE, STAGE, TAG, TASK, notices, say, sent, tags, tasks
from tests.server.world import World

ONE_ENGINE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # no query that others do not run on both


def test_a_yes_that_becomes_a_no_takes_back_its_tag_task_and_follow_up_and_tells_who_was_alerted(world: World) -> None:
    keep(world, CALL + TAG + TASK + ALERT + EMAIL)
    say(world, "yes")
    work(world, world.now + MINUTE)
    assert tags(world) == ",wants-to-talk,"
    assert len(tasks(world)) == 1
    sent(world)
    say(world, "no")
    work(world, world.now + 2 * MINUTE)
    assert tags(world) == ","
    assert tasks(world) == []
    (closed,) = tasks(world, done=True)
    assert (closed["withdrawn"], closed["done_by"]) == ("back_changed: Ahora no", "")
    first, second = notices(world)
    assert second["to_address"] == first["to_address"] == "sales@example.com"
    assert "antes «Sí, hablemos», ahora «Ahora no»" in second["subject"]
    with world.store.read() as tx:
        messages = tx.messages.of_contact(contact_id=world.people["ana"]["id"])
    assert sorted((row["state"], row["reason"]) for row in messages) == [("queued", ""), ("stopped", "answer_gone")]
    work(world, world.now + 3 * MINUTE)
    assert len(notices(world)) == 2


def test_an_alert_that_has_not_left_is_not_sent_and_needs_no_second_one(world: World) -> None:
    keep(world, CALL + ALERT)
    say(world, "yes")
    work(world, world.now + MINUTE)
    say(world, "no")
    work(world, world.now + 2 * MINUTE)
    assert notices(world) == []


@ONE_ENGINE
def test_a_tag_that_somebody_gave_or_another_answer_gives_stays(world: World) -> None:
    keep(world, CALL + TAG)
    keep(world, CALL.replace('"call"', '"when"').replace('"yes"', '"this_month"') + TAG, "month")
    say(world, "yes")
    say(world, "this_month", block="when")
    work(world, world.now + MINUTE)
    say(world, "no")
    work(world, world.now + 2 * MINUTE)
    assert tags(world) == ",wants-to-talk,", "another answer gives it"
    contact_id = world.people["ana"]["id"]
    for name, remove in (("mara", True), ("mara", False)):
        world.store.write(
            lambda tx, name=name, remove=remove: sales.tag(  # type: ignore[misc]
                tx, contact_id, "wants-to-talk", name, world.now + 3 * MINUTE, remove=remove
            )
        )
    say(world, "someday", block="when")
    work(world, world.now + 4 * MINUTE)
    assert tags(world) == ",wants-to-talk,", "Mara gave it"


@ONE_ENGINE
def test_a_task_that_somebody_did_stays_done(world: World) -> None:
    keep(world, CALL + TASK)
    say(world, "yes")
    work(world, world.now + MINUTE)
    (task,) = tasks(world)
    world.store.write(
        lambda tx: tx.tasks.finish(contact_id=task["contact_id"], id=task["id"], by_whom="mara", now=world.now)
    )
    say(world, "no")
    work(world, world.now + 2 * MINUTE)
    (done,) = tasks(world, done=True)
    assert (done["done_by"], done["withdrawn"]) == ("mara", "")


def test_a_stage_that_an_answer_set_goes_by_the_points_again_and_takes_back_what_it_caused(world: World) -> None:
    keep(world, CALL + STAGE)
    keep(world, '[when]\nhappens = "stage"\nstage = "hot"\n' + TASK, "hot")
    say(world, "yes")
    work(world, world.now + MINUTE)
    lead = world.lead("ana")
    assert lead and lead["stage"] == "hot" and len(tasks(world)) == 1
    say(world, "no")
    work(world, world.now + 2 * MINUTE)
    lead = world.lead("ana")
    assert lead and (lead["pinned"], lead["stage"]) == ("", "cold")
    assert tasks(world) == []


@pytest.mark.parametrize(("state", "why"), [("withdrawn", "back_withdrawn"), ("undecided", "back_undecided")])
def test_an_answer_that_was_taken_back_or_is_undecided_counts_no_more(world: World, state: str, why: str) -> None:
    keep(world, CALL + TAG + TASK)
    say(world, "yes")
    work(world, world.now + MINUTE)
    contact_id = world.people["ana"]["id"]

    def stand(tx: Session) -> None:
        before = tx.answers.of_contact(contact_id=contact_id)
        kept: Any = {name: value for name, value in before[0].items() if name != "superseded"}
        tx.answers.put(**{**kept, "state": state})
        rows = tx.answers.of_contact(contact_id=contact_id)
        planning.settled(tx, before, rows, leads.qualify(tx, contact_id, rows, world.now), world.now)

    world.store.write(stand)
    work(world, world.now + 2 * MINUTE)
    assert (tags(world), tasks(world)) == (",", [])
    assert [task["withdrawn"] for task in tasks(world, done=True)] == [why]
    lead = world.lead("ana")
    assert lead and (lead["worth"], lead["stage"], lead["reasons"]) == (0, "cold", "[]")
    with world.store.read() as tx:
        assert decisive.of_contact(tx, world.people["ana"]["id"], world.now) == []


def test_a_lead_that_is_won_has_no_open_tasks_of_flows(world: World) -> None:
    keep(world, CALL + TASK)
    say(world, "yes")
    work(world, world.now + MINUTE)
    contact_id = world.people["ana"]["id"]
    world.store.write(lambda tx: sales.finish(tx, contact_id, "won", "signed", "mara", world.now))
    assert tasks(world) == []
    assert [(task["done_by"], task["withdrawn"]) for task in tasks(world, done=True)] == [("mara", "lead_won")]


def test_a_flow_that_was_switched_off_since_still_takes_back_what_it_did(world: World) -> None:
    keep(world, CALL + TAG)
    say(world, "yes")
    work(world, world.now + MINUTE)
    world.store.write(lambda tx: flow_store.switch(tx, "urgent", False, "mara@example.com", world.now))
    say(world, "no")
    work(world, world.now + 2 * MINUTE)
    assert tags(world) == ","
