"""What an email brought, in people, on each engine; live and as a snapshot."""

from __future__ import annotations

import shutil
from pathlib import Path

from server.reports import campaign, snapshots, who
from server.reports.who import Wanted
from server.sales import work
from server.sending import outbox, send
from server.sending.outbox import Finish
from server.store import Session
from tests.server.world import World


def told(world: World) -> campaign.Campaign:
    with world.store.read() as tx:
        return campaign.work_out(tx, "diagnosis", world.now)


SENT = Finish("sent")


def deliver(world: World, outcome: Finish = SENT) -> None:
    """A mail server takes everything that waits, or refuses it."""

    def send_all(tx: Session) -> None:
        for message in waiting:
            outbox.begin_attempt(tx, message, "worker", world.now, 60)
            outbox.finish(tx, message, "worker", outcome, world.now)

    waiting = outbox.claim_due(world.store, "marketing", "worker", 10, world.now + 9, 60)
    world.store.write(send_all)


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


def test_the_languages_of_an_email_are_told_apart_person_by_person(world: World) -> None:
    deliver(world)
    two_answer(world)
    world.store.write(lambda tx: work.finish(tx, world.people["ana"]["id"], "won", "Firmó", "Laura", world.now))
    told_apart = {variant.name: variant for variant in told(world).variants if variant.by == "language"}
    spanish, english = told_apart["es"], told_apart["en"]
    assert (spanish.delivered, spanish.answered, spanish.qualified, spanish.won) == (1, 1, 1, 1)
    assert (english.delivered, english.answered, english.qualified, english.won) == (1, 1, 0, 0)
    desk = world.admin()
    assert "a=diagnosis/language/en&amp;b=diagnosis/language/es" in desk.get("/reports/diagnosis").text
    page = desk.get("/reports/compare?a=diagnosis/language/es&b=diagnosis/language/en").text
    assert "Diagnóstico comercial, en inglés" in page and "no se repartieron al azar" in page


def test_an_email_that_was_changed_has_two_versions_and_one_that_was_not_has_none(world: World, tmp_path: Path) -> None:
    assert [variant for variant in told(world).variants if variant.by == "version"] == []
    changed = tmp_path / "diagnosis"
    shutil.copytree(Path(world.settings.templates_dir) / "diagnosis", changed)
    shutil.copytree(Path(world.settings.templates_dir) / "_shared", tmp_path / "_shared")
    toml = changed / "email.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("slows you down", "holds you back"), encoding="utf-8")
    send.queue(world.store, send.check(world.settings, changed), [world.people["grace"]], world.now + 1)
    deliver(world)
    world.post("ana", "need", "crm", gesture="pointer")
    versions = [variant for variant in told(world).variants if variant.by == "version"]
    assert [(each.delivered, each.answered) for each in versions] == [(2, 1), (1, 0)]


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
        assert snapshots._read(row) == snapshots.work_out(tx, "diagnosis", world.now)
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
    assert world.lead("ana")["tags"] == ",wants-crm,"
