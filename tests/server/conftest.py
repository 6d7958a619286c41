"""The small world, on each engine."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server import world as worlds
from tests.server.world import World


@pytest.fixture
def world(database: str, tmp_path: Path) -> Iterator[World]:
    """Ana and Grace have the email `diagnosis`; views ask the clock, so it is sent now."""
    made = worlds.make(database, tmp_path, time.time_ns() // 1_000_000)
    yield made
    made.close()
