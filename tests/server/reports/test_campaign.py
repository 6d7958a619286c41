"""What an email brought, in people, on each engine; live and as a snapshot."""

from __future__ import annotations

from server.reports import answers, campaign, snapshots, who
from server.reports.who import Wanted
from server.sales import work
from tests.server.world import World


def told(world: World) -> campaign.Campaign:
    with world.store.read() as tx:
        return campaign.work_out(tx, "diagnosis", world.now)


def two_answer(world: World) -> None:
    for block, choice in (("need", "crm"), ("when", "this_month"), ("call", "yes")):
        world.post("ana", block, choice, gesture="pointer")
    world.post("grace", "need", "nothing", gesture="pointer")


def test_people_are_counted_at_each_step_and_never_their_clicks(world: World) -> None:
    two_answer(world)
    world.store.write(lambda tx: work.finish(tx, world.people["ana"]["id"], "won", "Firmó", "Laura", world.now))
    found = told(world)
    assert (found.answered, found.qualified, found.won, found.waiting, found.machines) == (2, 1, 1, 0, 0)
    assert found.channels == {"page": 2}
    assert sum(found.hours.values()) == 2
    (cohort,) = found.cohorts
    assert (cohort.won, cohort.cold, cohort.people) == (1, 1, 2)


def test_who_waits_and_what_machines_answered_stand_apart(world: World) -> None:
    world.post("ana", "need", "crm")
    found = told(world)
    assert (found.answered, found.waiting) == (0, 1)


def test_a_snapshot_is_the_same_report_later_and_is_renewed_only_when_something_happened(world: World) -> None:
    two_answer(world)
    keeper = snapshots.Snapshots(world.store)
    keeper(world.now)
    with world.store.read() as tx:
        row = tx.reports.snapshot(email="diagnosis")
        assert snapshots._read(row) == snapshots.Snapshot(told(world), answers.totals(tx, "diagnosis"))
    later = world.now + 60_000
    keeper(later)  # what happened while it looked for the first time
    keeper(later + 60_000)
    with world.store.read() as tx:
        assert tx.reports.snapshot(email="diagnosis")["as_of"] <= later, "nothing changed since"


def test_people_are_found_by_what_they_answered_and_tagged(world: World) -> None:
    two_answer(world)
    crm = Wanted("diagnosis", "need", "crm")
    with world.store.read() as tx:
        assert [row["name"] for row in who.answered(tx, crm)] == ["Ana Díaz"]
        assert (who.count(tx, crm), who.count(tx, crm._replace(value="")), who.count(tx, crm._replace(value="c%"))) == (
            1,
            2,
            0,
        )
    assert who.tag(world.store, crm, "wants-crm", "Laura", world.now) == 1
    assert (world.lead("ana") or {})["tags"] == ",wants-crm,"
