"""A receiver that was told of an answer is told when it no longer counts, once, and never of what it had not heard of."""

from __future__ import annotations

import json
from typing import Any

import pytest

from server.web.api import webhook_calls
from tests.server.flows.acting import corrections, effects, endpoint, keep, receiving, states, work
from tests.server.flows.changing import CALL, MINUTE, TAG, TASK, WEBHOOK, decide, say, tags, tasks, types
from tests.server.world import World

ONE_ENGINE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # no query that others do not run on both


def test_a_webhook_that_was_told_of_a_yes_is_told_that_it_is_none(world: World) -> None:
    with receiving() as receiver:
        endpoint(world, receiver.url)
        keep(world, CALL + WEBHOOK)
        say(world, "yes")
        work(world, world.now + MINUTE)
        say(world, "no")
        work(world, world.now + 2 * MINUTE)
        work(world, world.now + 3 * MINUTE)
        assert types(receiver) == ["answer.confirmed", "answer.corrected"]
        told, corrected = (json.loads(each.body)["data"] for each in receiver.heard)
    assert corrected["was"]["webhook_id"] == receiver.heard[0].headers["webhook-id"]
    assert (corrected["was"]["values"], corrected["was"]["text"], corrected["was"]["why"]) == (
        ["yes"],
        told["answer"]["text"],
        "changed",
    )
    assert (corrected["answer"]["values"], corrected["answer"]["block"]) == (["no"], "call")
    assert corrected["answer"]["message_id"] == told["answer"]["message_id"]


def test_the_log_of_calls_shows_corrections_on_its_pages_and_in_the_api(world: World) -> None:
    with receiving() as receiver:
        endpoint(world, receiver.url)
        keep(world, CALL + TAG + TASK + WEBHOOK)
        say(world, "yes")
        work(world, world.now + MINUTE)
        say(world, "no")
        work(world, world.now + 2 * MINUTE)
    admin = world.admin()
    for address in ("/flows/-/runs", "/flows/-/runs?state=done", "/webhooks/crm"):
        page = admin.get(address)
        assert page.status_code == 200 and "cambió de idea sobre" in page.text, address
    with world.store.read() as tx:
        rows = tx.effects.recent(flow="", state="", endpoint="crm", before_at=2**60, before_id="", limit=9)
    assert sorted(webhook_calls.as_json(row)["type"] for row in rows) == ["answer.confirmed", "answer.corrected"]


def test_a_webhook_that_may_have_heard_is_told_and_one_that_was_never_called_is_not(world: World) -> None:
    """The first call of Ana's yes was answered 503: it may have been read. Grace's yes was withdrawn before any call."""
    with receiving() as receiver:
        receiver.replies = [(503, {}, b"")]
        endpoint(world, receiver.url)
        keep(world, CALL + WEBHOOK)
        say(world, "yes")
        work(world, world.now + MINUTE)
        say(world, "yes", "grace")
        for name in ("ana", "grace"):
            say(world, "no", name)
        work(world, world.now + 2 * MINUTE)
        assert types(receiver) == ["answer.confirmed", "answer.corrected"]
    assert states(world, "grace") == [("webhook", "gone", "answer_gone")]
    assert states(world) == [("webhook", "gone", "answer_gone")]
    assert [row["state"] for row in corrections(world)] == ["done"]
    assert corrections(world, "grace") == []


@ONE_ENGINE
def test_a_correction_waits_while_the_call_that_it_corrects_is_under_way(world: World) -> None:
    with receiving() as receiver:
        endpoint(world, receiver.url)
        keep(world, CALL + WEBHOOK)
        say(world, "yes")
        lease: dict[str, Any] = {"endpoint": "crm", "owner": "slow", "limit": 9}
        world.store.write(
            lambda tx: tx.effects.claim(**lease, now=world.now + MINUTE // 2, lease_until=world.now + 2 * MINUTE)
        )
        say(world, "no")
        work(world, world.now + MINUTE)
        assert types(receiver) == []
        work(world, world.now + 3 * MINUTE)  # the worker that had the call died before it began: nothing is told
        assert types(receiver) == []
    assert [row["state"] for row in (*effects(world), *corrections(world))] == ["gone", "gone"]


@ONE_ENGINE
def test_yes_no_yes_has_everything_of_a_yes_once_more(world: World) -> None:
    with receiving() as receiver:
        endpoint(world, receiver.url)
        keep(world, CALL + TAG + TASK + WEBHOOK)
        for minute, value in enumerate(("yes", "no", "yes")):
            say(world, value)
            work(world, world.now + (minute + 1) * MINUTE)
        assert types(receiver) == ["answer.confirmed", "answer.corrected", "answer.confirmed"]
        ids = [each.headers["webhook-id"] for each in receiver.heard]
    assert len(set(ids)) == 3
    assert tags(world) == ",wants-to-talk,"
    assert (len(tasks(world)), len(tasks(world, done=True))) == (1, 1)


def test_an_answer_taken_for_a_machines_and_given_back_happens_again_once(world: World) -> None:
    with receiving() as receiver:
        endpoint(world, receiver.url)
        keep(world, CALL + TAG + TASK + WEBHOOK)
        world.post("ana", "call", "yes", gesture="pointer", nonce="nonce-of-a-page-of-ana")
        work(world, world.now + MINUTE)
        for turn in range(2):
            decide(world, "machine", world.now + turn * 10 + 1)
            work(world, world.now + (2 + 2 * turn) * MINUTE)
            assert (tags(world), tasks(world)) == (",", [])
            decide(world, "person", world.now + turn * 10 + 2)
            work(world, world.now + (3 + 2 * turn) * MINUTE)
            assert (tags(world), len(tasks(world))) == (",wants-to-talk,", 1)
        assert types(receiver) == ["answer.confirmed", *["answer.corrected", "answer.confirmed"] * 2]
        assert len({each.headers["webhook-id"] for each in receiver.heard}) == 5
    assert [task["withdrawn"] for task in tasks(world, done=True)] == ["back_machine"] * 2


def test_a_verdict_that_falls_and_rises_before_the_worker_comes_changes_nothing(world: World) -> None:
    with receiving() as receiver:
        endpoint(world, receiver.url)
        keep(world, CALL + TAG + TASK + WEBHOOK)
        world.post("ana", "call", "yes", gesture="pointer", nonce="nonce-of-a-page-of-ana")
        work(world, world.now + MINUTE)
        decide(world, "machine", world.now + 1)
        decide(world, "person", world.now + 2)
        work(world, world.now + 2 * MINUTE)
        assert types(receiver) == ["answer.confirmed"]
    (task,) = tasks(world)
    assert (tags(world), task["stale"]) == (",wants-to-talk,", 0)
