"""The short form of `python -m tests.fuzz_api`: the same few hundred calls each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz_api.run import fuzz
from tests.server import world as worlds


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_made_up_calls_get_documented_replies(database: str, tmp_path: Path, now: int) -> None:
    world = worlds.make(database, tmp_path, now)
    world.post("ana", "need", "crm", gesture="pointer")
    found = fuzz(world, examples=2, repeatable=True)
    world.app.extensions["acto"].hit_buffer.close()
    world.store.close()
    assert {"200", "201", "400", "404", "422"} <= set(found), "the calls reach behind the checks"
