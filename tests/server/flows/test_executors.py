"""Effects carried out: each once, each visible, none undone in silence; on a clock that the test moves."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from server.accounts import users
from server.contacts import erase
from server.flows import outcomes
from server.flows.outcomes import Retry
from server.flows.table import RETRY_AFTER_MS
from tests.server.flows.acting import TASK, URGENT, Clock, effects, endpoint, keep, receiving, states, tries, work
from tests.server.world import World

ONE_ENGINE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # no query that others do not run on both
MINUTE, HOUR = 60_000, 3_600_000


def answer(world: World, value: str = "this_month") -> None:
    assert world.post("ana", "when", value, gesture="pointer").status_code == 200


@ONE_ENGINE
def test_a_task_says_who_is_to_be_called_and_why_and_until_when(world: World) -> None:
    keep(world, URGENT + TASK.replace("Call {person}", "Call {person} of {company} {unknown}") + 'due = "4 hours"\n')
    answer(world)
    work(world, world.now + MINUTE)
    with world.store.read() as tx:
        (task,) = tx.tasks.open(owner="", limit=9)
    assert task["title"] == "Call Ana Díaz of Ferretería Díaz {unknown}"
    assert "Este mes" in task["note"]
    assert task["due_at"] == world.now + MINUTE + 4 * HOUR


@pytest.mark.parametrize(("spoken", "words"), [("en", "answered"), ("es", "contestó"), ("", "contestó")])
def test_a_task_that_nobody_owns_is_in_the_language_of_the_team(world: World, spoken: str, words: str) -> None:
    world.add_member("sales", "maria@example.com")
    with world.store.read() as tx:
        maria = tx.users.by_email(email="maria@example.com")
    profile = {name: maria[name] for name in ("id", "name", "time_zone")}
    world.store.write(lambda tx: tx.users.set_profile(**{**profile, "language": spoken}))
    keep(world, URGENT + TASK)
    answer(world)
    work(world, world.now + MINUTE)
    with world.store.read() as tx:
        (task,) = tx.tasks.open(owner="", limit=9)
    assert f"Ana Díaz {words}" in task["note"]


def test_an_alert_is_a_notice_to_each_address_once(world: World) -> None:
    keep(world, URGENT + '[[then]]\ndo = "alert"\nto = ["sales@example.com", "boss@example.com", "owner"]\n')
    answer(world)
    work(world, world.now + MINUTE)
    with world.store.read() as tx:
        notices = tx.notices.newest(limit=9, offset=0)
    assert sorted(row["to_address"] for row in notices) == ["boss@example.com", "sales@example.com"]
    assert all("Ana Díaz" in row["subject"] for row in notices)
    world.store.write(lambda tx: erase.erase(tx, world.people["ana"]["id"]))
    with world.store.read() as tx:
        assert tx.notices.newest(limit=9, offset=0) == [], "they name her"


@ONE_ENGINE
def test_a_follow_up_waits_its_time_and_is_not_sent_to_who_has_done_it_already(world: World) -> None:
    later = '[[then]]\ndo = "email"\nemail = "diagnosis"\nafter = "10 minutes"\nunless = "answered call yes"\n'
    keep(world, URGENT + later)
    answer(world)
    assert world.post("grace", "when", "this_month", gesture="pointer").status_code == 200
    work(world, world.now + 5 * MINUTE)
    assert states(world) == [("email", "planned", "")]
    assert world.post("grace", "call", "yes", gesture="pointer").status_code == 200
    work(world, world.now + 12 * MINUTE)
    assert states(world) == [("email", "done", "")]
    assert states(world, "grace") == [("email", "stopped", "unless")]
    with world.store.read() as tx:
        messages = tx.messages.of_contact(contact_id=world.people["ana"]["id"])
    assert [row["state"] for row in messages] == ["queued", "queued"]  # the gate says when it leaves, as for any mail


@ONE_ENGINE
def test_an_email_that_is_gone_waits_for_whoever_mends_it_and_harms_no_other_effect(world: World) -> None:
    keep(world, URGENT + '[[then]]\ndo = "email"\nemail = "nothing-like-it"\n' + TASK)
    answer(world)
    work(world, world.now + MINUTE)
    assert states(world) == [("email", "planned", "cannot"), ("task", "done", "")]
    assert "There is no email" in effects(world)[0]["reason"]


@ONE_ENGINE
def test_a_flow_that_sets_off_itself_is_stopped_with_a_sentence(world: World) -> None:
    """Ana's answer sends her the same questions; her answer to those would send them for ever."""
    keep(world, URGENT + '[[then]]\ndo = "email"\nemail = "diagnosis"\n')
    answer(world)
    work(world, world.now + MINUTE)
    (sent,) = effects(world)
    first = world.sent["ana"]
    world.sent["ana"] = {**first, "id": sent["result"]}
    answer(world)
    second = next(row for row in effects(world) if row["message_id"] != first["id"])
    assert (second["state"], second["reason"]) == ("stopped", "loop: urgent → urgent")


def test_what_a_dead_worker_had_is_done_by_the_next_one_when_the_lease_is_over(world: World) -> None:
    keep(world, URGENT + TASK)
    answer(world)
    lease: dict[str, Any] = {"endpoint": "", "owner": "dead", "limit": 9}
    world.store.write(lambda tx: tx.effects.claim(**lease, now=world.now + MINUTE, lease_until=world.now + 2 * MINUTE))
    work(world, world.now + MINUTE + 1000)
    assert states(world) == [("task", "doing", "")]
    work(world, world.now + 3 * MINUTE)
    assert states(world) == [("task", "done", "")]


@ONE_ENGINE
def test_the_retry_schedule_goes_to_its_end_and_then_it_has_failed(world: World) -> None:
    with receiving() as receiver:
        receiver.replies = [(500, {}, b"down")] * 10
        endpoint(world, receiver.url)
        keep(world, URGENT + '[[then]]\ndo = "webhook"\nendpoint = "crm"\n')
        answer(world)
        at = world.now + MINUTE
        for wait in (*RETRY_AFTER_MS, 0):
            work(world, at - 1)
            work(world, at)
            at += wait
        (effect,) = effects(world)
        assert (effect["state"], effect["reason"], effect["attempts"]) == ("failed", "gave_up: 500", 10)
        assert len(receiver.heard) == 10
        assert len({heard.headers["webhook-id"] for heard in receiver.heard}) == 1
        waits = [each["at"] for each in tries(effect)]
        assert [b - a for a, b in pairwise(waits)] == list(RETRY_AFTER_MS)
        assert (
            world.store.write(lambda tx: tx.effects.again(contact_id=effect["contact_id"], id=effect["id"], now=at))
            == 1
        )
        work(world, at)
        assert states(world) == [("webhook", "done", "")]


def test_the_schedule_is_that_of_the_standard() -> None:
    seconds = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
    assert [wait // 1000 for wait in RETRY_AFTER_MS] == seconds
    assert outcomes.again(1, Retry("x", wait_ms=90_000), 0) == (
        "planned",
        "x",
        90_000,
    )  # Retry-After, when it is longer


@ONE_ENGINE
def test_what_was_withdrawn_while_it_was_tried_is_not_tried_again(world: World) -> None:
    with receiving() as receiver:
        receiver.replies = [(503, {}, b"")]
        endpoint(world, receiver.url)
        keep(world, URGENT + '[[then]]\ndo = "webhook"\nendpoint = "crm"\n')
        answer(world)
        clock = Clock(world.now + MINUTE)
        lease: dict[str, Any] = {
            "endpoint": "crm",
            "owner": "slow",
            "limit": 9,
            "now": clock(),
            "lease_until": clock() + MINUTE,
        }
        (claimed,) = world.store.write(lambda tx: tx.effects.claim(**lease))
        answer(world, "someday")
        later = Retry("refused_status: 503")
        world.store.write(lambda tx: outcomes.finish(tx, claimed, "slow", later, clock()))
        assert [(row["state"], row["counts"]) for row in effects(world)] == [("gone", 0)]


SCORED = '[when]\nhappens = "stage"\nstage = "warm"\n'


def test_a_stage_sets_off_flows_and_a_flow_may_set_another_but_not_in_a_circle(world: World) -> None:
    """Warm makes hot, and hot makes warm: they would go on for ever."""
    keep(world, SCORED + '[[then]]\ndo = "stage"\nstage = "hot"\n[[then]]\ndo = "tag"\ntag = "rising"\n', "rising")
    keep(world, SCORED.replace("warm", "hot") + '[[then]]\ndo = "stage"\nstage = "warm"\n', "falling")
    answer(world)
    work(world, world.now + MINUTE)
    lead = world.lead("ana")
    assert lead and (lead["pinned"], lead["tags"]) == ("warm", ",rising,")
    reasons = [row["reason"] for row in effects(world) if row["state"] == "stopped"]
    assert reasons == ["loop: rising → falling → rising"] * 2


@ONE_ENGINE
def test_leads_get_an_owner_in_turn_and_keep_the_one_they_have(world: World) -> None:
    for name in ("mara", "nora"):
        users.add_or_reset(world.store, f"{name}@example.com", "a password of many words", world.now)
    among = '[[then]]\ndo = "owner"\namong = ["mara@example.com", "nora@example.com", "gone@example.com"]\n'
    keep(world, URGENT + among + '[[then]]\ndo = "alert"\nto = ["owner"]\n')
    answer(world)
    work(world, world.now + MINUTE)
    assert world.post("grace", "when", "this_month", gesture="pointer").status_code == 200
    work(world, world.now + 2 * MINUTE)
    assert [effects(world, name)[0]["result"] for name in ("ana", "grace")] == ["mara@example.com", "nora@example.com"]
    assert [effects(world, name)[1]["result"] for name in ("ana", "grace")] == ["mara@example.com", "nora@example.com"]
