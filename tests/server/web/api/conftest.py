"""A program with every scope, on each engine."""

from __future__ import annotations

import pytest

from tests.server.web.api import program
from tests.server.web.api.program import Program
from tests.server.world import World


@pytest.fixture
def crm(world: World) -> Program:
    return program.made(world)
