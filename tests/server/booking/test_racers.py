"""The short form of `python -m tests.racers`: two rounds of two hundred on each engine."""

from __future__ import annotations

import pytest

from tests.conftest import SQLITE_FIRST
from tests.racers import racing
from tests.server.booking.place import place
from tests.server.world import World


@pytest.mark.parametrize("engine", SQLITE_FIRST, indirect=True)
def test_of_two_hundred_who_want_one_time_one_has_it(world: World) -> None:
    made = place(world)
    racers, rules = racing.enter(made, 200), world.app.extensions["acto"].rules
    for value in made.free()[1:3]:
        assert racing.race(made, racers, rules, value) == (1, 199, [], 1, 1)
