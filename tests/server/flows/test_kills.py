"""The kills, in short; `python -m tests.effects --kills 200` is the long form. And that they would notice."""

from __future__ import annotations

import pytest

from server.store import Store
from tests.effects import kills, stored
from tests.effects.kills import EVERY
from tests.server.flows.acting import Receiver, endpoint, keep, receiving, work
from tests.server.world import World


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_effects_survive_a_kill_of_server_and_worker(database: str) -> None:
    count = kills.run(database, 1)
    assert count.broken == []
    assert count.effects and count.calls


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_an_effect_lost_or_done_without_a_trace_would_be_noticed(world: World) -> None:
    with receiving() as receiver:
        endpoint(world, receiver.url)
        keep(world, EVERY)
        assert world.post("ana", "when", "this_month", gesture="pointer").status_code == 200
        work(world, world.now + 60_000)
        assert breaches(world.store, receiver) == []
        assert any("nobody heard" in each for each in breaches(world.store, Receiver()))
        effects, answers, tasks = stored.everything(world.store)
        assert any("not there" in each for each in stored.breaches(effects, answers, [], receiver))
        assert any("has no" in each for each in stored.breaches(effects[1:], answers, tasks, receiver))


def breaches(store: Store, receiver: Receiver) -> list[str]:
    effects, answers, tasks = stored.everything(store)
    return stored.breaches(effects, answers, tasks, receiver)
