"""After a restore, a dropped message is one that may have left: it never leaves again by itself, and counts for the caps."""

from __future__ import annotations

import pytest

from server import jsontext
from server.backup import held_work
from server.campaigns import expanding, steps
from tests.server.backup.copying import on_its_way
from tests.server.backup.test_held_work import HOUR, Restore, due, restore, resume
from tests.server.world import World

__all__ = ["restore"]


def test_a_dropped_message_counts_for_the_caps_because_it_may_have_left(world: World, restore: Restore) -> None:
    other = restore(world)
    resume(other, "messages")
    ids = jsontext.dumps([contact["id"] for contact in other.people.values()])
    with other.store.read() as tx:
        recent = tx.gate.recent(ids=ids, since_at=other.now)
    assert [row["begun_at"] for row in recent] == [other.now + HOUR] * 2, "the last moment at which it may have left"


@pytest.mark.parametrize("drop", [("messages",), ("campaigns", "messages")])
def test_messages_of_a_campaign_resumed_just_before_the_backup_are_dropped(
    world: World, restore: Restore, drop: tuple[str, ...]
) -> None:
    """They were parked by the pause, and the worker had not moved them back yet."""
    campaign = on_its_way(world)
    expanding.advance(world.store, world.settings, world.now)
    world.store.write(lambda tx: steps.pause(tx, campaign, world.now))
    expanding.advance(world.store, world.settings, world.now)
    world.store.write(lambda tx: steps.resume(tx, campaign, world.now))
    other = restore(world)
    assert due(other)["messages"] == 4
    assert resume(other, *drop)["messages"] == 4
    with other.store.read() as tx:
        people = tx.campaigns.people(id=campaign, state="", reason="", answered="", after="", limit=9)
    assert [(row["state"], row["reason"]) for row in people] == [("unknown", "restored")] * 2


def test_one_decision_is_enough_when_the_backup_was_of_a_store_that_waited_itself(
    world: World, restore: Restore
) -> None:
    world.store.write(lambda tx: tx.restores.add(at=world.now - HOUR, backup_at=world.now - 2 * HOUR))
    other = restore(world)
    resume(other)
    assert not held_work.is_waiting(other.store)
