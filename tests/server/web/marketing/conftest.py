"""Mara, who does marketing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.server.world import World


@pytest.fixture
def mara(world: World) -> Any:
    return world.member("marketer")
