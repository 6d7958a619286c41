"""The small world, on each engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from server.web import state as web
from tests.server import clocks
from tests.server import world as worlds
from tests.server.world import World


@pytest.fixture
def sent_at(now: int) -> int:
    """When the world begins. Not on the hour itself: the first time that calendars offer then is too soon a moment later."""
    return now + 7 * 60_000


@pytest.fixture
def world(database: str, tmp_path: Path, sent_at: int) -> Iterator[World]:
    """Ana and Grace have the email `diagnosis`, sent now; the clock that views ask goes on from there, whatever day it is outside."""
    with web.driven(clocks.from_(sent_at)):
        made = worlds.make(database, tmp_path, sent_at)
        yield made
        made.close()
