"""A campaign from its draft to its last message, on both engines."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from server import email_versions
from server.campaigns import audience, expanding, plans, steps
from server.campaigns.plans import Plan
from server.contacts import contacts, suppressions
from server.errors import CannotDo
from server.sending.gate import NEVER
from server.store import Store
from tests.campaigns.town import live_in
from tests.server.world import World

MINUTE, HOUR = 60_000, 3_600_000


@pytest.fixture
def planned(world: World) -> str:
    """A campaign of the email diagnosis to Ana and Grace."""
    return world.store.write(lambda tx: plans.add(tx, PLAN, "ana@acto.example", world.now))


PLAN = Plan("diagnosis", time_zone="America/Bogota")


def start(world: World, campaign: str, **more: Any) -> Any:
    return steps.start(world.store, world.settings, campaign, "ana@acto.example", "en", world.now, **more)


def advance(world: World, at: int, **more: Any) -> None:
    expanding.advance(world.store, world.settings, at, **more)


def row(store: Store, campaign: str) -> Any:
    with store.read() as tx:
        return plans.find(tx, campaign)


def messages(store: Store, campaign: str) -> list[Any]:
    with store.read() as tx:
        return tx.campaigns.people(id=campaign, state="", reason="", answered="", after="", limit=1000)


def test_nothing_is_queued_before_the_minute_for_undoing_is_over(world: World, planned: str) -> None:
    assert start(world, planned)["state"] == "scheduled"
    advance(world, world.now + MINUTE - 1)
    assert messages(world.store, planned) == []
    world.store.write(lambda tx: steps.take_back(tx, planned, world.now))
    advance(world, world.now + MINUTE)
    assert (row(world.store, planned)["state"], messages(world.store, planned)) == ("draft", [])


def test_an_email_that_cannot_be_written_for_its_people_does_not_start_without_its_data(world: World) -> None:
    name = "lead-prequalification"
    for data, refused in (
        ({}, True),
        ({"product": {"name": "Norte", "what": {"es": "x", "en": "x"}}, "adviser": "Lucía"}, False),
    ):
        plan = replace(PLAN, email=name, data=data)
        campaign = world.store.write(lambda tx, plan=plan: plans.add(tx, plan, "ana@acto.example", world.now))  # type: ignore[misc]
        if refused:
            with pytest.raises(CannotDo, match="needs data that this campaign does not give it"):
                start(world, campaign)
        else:
            assert start(world, campaign)["state"] == "scheduled"


def test_each_person_of_the_audience_gets_one_message_however_often_the_worker_looks(
    world: World, planned: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expanding, "PAGE", 1)
    start(world, planned)
    for second in range(5):
        advance(world, world.now + MINUTE + second, pages=1)
    found = messages(world.store, planned)
    assert {each["contact_id"] for each in found} == {person["id"] for person in world.people.values()}
    assert [each["state"] for each in found] == ["queued"] * len(found)
    with pytest.raises(CannotDo, match="is being sent now"):
        world.store.write(lambda tx: steps.take_back(tx, planned, world.now))


def test_a_person_who_left_is_a_row_with_its_reason(world: World, planned: str) -> None:
    ana = world.people["ana"]
    world.store.write(lambda tx: suppressions.unsubscribe(tx, ana["id"], "", world.now))
    start(world, planned)
    advance(world, world.now + MINUTE)
    found = {each["contact_id"]: (each["state"], each["reason"]) for each in messages(world.store, planned)}
    assert found[ana["id"]] == ("stopped", "suppressed_marketing")
    assert set(found.values()) == {("stopped", "suppressed_marketing"), ("queued", "")}


def test_a_pause_keeps_the_moment_of_each_message_and_resuming_gives_it_back(world: World, planned: str) -> None:
    start(world, planned)
    advance(world, world.now + MINUTE)
    before = [each["next_attempt_at"] for each in messages(world.store, planned)]
    world.store.write(lambda tx: steps.pause(tx, planned, world.now))
    advance(world, world.now + 2 * MINUTE)
    parked = messages(world.store, planned)
    assert {(each["state"], each["reason"]) for each in parked} == {("queued", "campaign_paused")}
    assert [each["next_attempt_at"] - NEVER for each in parked] == before
    world.store.write(lambda tx: steps.resume(tx, planned, world.now))
    advance(world, world.now + 3 * MINUTE)
    assert [(each["next_attempt_at"], each["reason"]) for each in messages(world.store, planned)] == [
        (at, "") for at in before
    ]


def test_what_waits_when_a_campaign_is_stopped_never_leaves(world: World, planned: str) -> None:
    start(world, planned)
    advance(world, world.now + MINUTE)
    world.store.write(lambda tx: steps.stop(tx, planned, world.now))
    advance(world, world.now + 2 * MINUTE)
    assert {(each["state"], each["reason"]) for each in messages(world.store, planned)} == {
        ("stopped", "campaign_stopped")
    }
    with pytest.raises(CannotDo, match="stopped now"):
        world.store.write(lambda tx: steps.resume(tx, planned, world.now))


def test_above_the_limit_a_second_person_says_yes(world: World, planned: str) -> None:
    world.settings = replace(world.settings, approval_above=1)
    assert start(world, planned)["state"] == "approval"
    advance(world, world.now + HOUR)
    assert messages(world.store, planned) == []
    with pytest.raises(CannotDo, match="Somebody else"):
        world.store.write(lambda tx: steps.approve(tx, world.settings, planned, "ana@acto.example", world.now))
    approved = world.store.write(lambda tx: steps.approve(tx, world.settings, planned, "luz@acto.example", world.now))
    assert (approved["state"], approved["approved_by"]) == ("scheduled", "luz@acto.example")


def test_nobody_is_refused_and_so_is_a_deadline_before_the_start(world: World) -> None:
    def add(plan: Plan) -> str:
        return world.store.write(lambda tx: plans.add(tx, plan, "ana@acto.example", world.now))

    with pytest.raises(CannotDo, match="Nobody belongs"):
        start(world, add(replace(PLAN, audience={"unanswered": "none"})))
    with pytest.raises(CannotDo, match="The deadline has passed"):
        start(world, add(replace(PLAN, deadline_on="2020-01-01T09:00")))
    for timing in ("at", "local"):
        with pytest.raises(CannotDo, match="have passed"):
            start(world, add(replace(PLAN, timing=timing, starts_on="2020-01-01T09:00")))
    with pytest.raises(CannotDo, match="before the start"):
        add(replace(PLAN, timing="at", starts_on="2030-01-02T09:00", deadline_on="2030-01-01T09:00"))


def test_each_person_gets_it_in_their_own_hour_also_after_a_change_of_clocks(world: World) -> None:
    plan = replace(PLAN, timing="local", starts_on="2027-03-15T09:00")
    campaign = world.store.write(lambda tx: plans.add(tx, plan, "ana@acto.example", world.now))
    ana, grace = world.people["ana"], world.people["grace"]
    live_in(world.store, ana, "ES", "Europe/Madrid")
    live_in(world.store, grace, "US", "America/New_York")
    start(world, campaign)
    advance(world, plans.moment("2027-03-14T19:00", "UTC"))
    found = {each["contact_id"]: each["next_attempt_at"] for each in messages(world.store, campaign)}
    assert found[ana["id"]] == plans.moment("2027-03-15T08:00", "UTC")
    assert found[grace["id"]] == plans.moment("2027-03-15T13:00", "UTC")


def test_another_subject_is_another_version_and_the_email_keeps_its_own(world: World) -> None:
    plan = replace(PLAN, subject={"es": "¿Una pregunta más?"})
    campaign = world.store.write(lambda tx: plans.add(tx, plan, "ana@acto.example", world.now))
    started = start(world, campaign)
    with world.store.read() as tx:
        sent, own = tx.versions.by_id(id=started["version_id"]), world.sent["ana"]["version_id"]
    assert sent is not None
    assert "¿Una pregunta más?" in sent["files"]
    assert started["version_id"] != own


def test_a_person_merged_or_added_meanwhile_is_looked_at_when_their_page_comes(
    world: World, planned: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The audience is not a list that is made at the start."""
    monkeypatch.setattr(expanding, "PAGE", 1)
    start(world, planned)
    advance(world, world.now + MINUTE, pages=1)
    late = world.store.write(lambda tx: contacts.upsert(tx, "late@example.com", world.now + MINUTE))
    for second in range(5):
        advance(world, world.now + MINUTE + second)
    assert late["id"] in {each["contact_id"] for each in messages(world.store, planned)}


def test_a_campaign_that_cannot_be_expanded_is_paused_and_holds_up_no_other(
    world: World, planned: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = world.store.write(lambda tx: plans.add(tx, PLAN, "ana@acto.example", world.now - 1))
    for campaign in (broken, planned):
        start(world, campaign)
    read = audience.page

    def page(tx: Any, wanted: Any, after: str, limit: int, now: int) -> Any:
        monkeypatch.setattr(audience, "page", read)
        return read(tx, {"sql": "1"}, after, limit, now)

    monkeypatch.setattr(audience, "page", page)
    advance(world, world.now + MINUTE)
    stands = row(world.store, broken)
    assert stands["state"] == "paused"
    assert "not clear who" in stands["reason"]
    assert len(messages(world.store, planned)) == 2


def test_answers_are_counted_also_after_the_campaign_has_ended(world: World, planned: str) -> None:
    start(world, planned)
    advance(world, world.now + MINUTE)
    world.store.write(lambda tx: steps.stop(tx, planned, world.now + MINUTE))
    advance(world, world.now + 2 * MINUTE)
    counted = row(world.store, planned)["counted_at"]
    advance(world, world.now + 13 * MINUTE)
    assert row(world.store, planned)["counted_at"] > counted


def test_a_page_of_an_earlier_start_is_not_written_after_a_new_one(world: World, planned: str) -> None:
    """A worker read the campaign; meanwhile it was taken back, and started with another subject."""
    stale = start(world, planned)
    world.store.write(lambda tx: steps.take_back(tx, planned, world.now))
    changed = replace(PLAN, subject={"es": "Otro asunto"})
    world.store.write(lambda tx: plans.change(tx, planned, changed, "ana@acto.example", world.now))
    start(world, planned)
    with world.store.read() as tx:
        source = email_versions.source(tx, stale["version_id"])
    assert expanding._page(world.store, world.settings, stale, source, world.now + MINUTE) is None
    assert messages(world.store, planned) == []


def test_two_workers_that_resume_at_once_move_each_message_once(world: World, planned: str) -> None:
    start(world, planned)
    advance(world, world.now + MINUTE)
    before = [each["next_attempt_at"] for each in messages(world.store, planned)]
    with ThreadPoolExecutor(4) as pool:
        for _ in range(12):
            world.store.write(lambda tx: steps.pause(tx, planned, world.now))
            list(pool.map(lambda _: advance(world, world.now + 2 * MINUTE), range(4)))
            assert {each["next_attempt_at"] - NEVER for each in messages(world.store, planned)} == set(before)
            world.store.write(lambda tx: steps.resume(tx, planned, world.now))
            list(pool.map(lambda _: advance(world, world.now + 3 * MINUTE), range(4)))
            assert [each["next_attempt_at"] for each in messages(world.store, planned)] == before
