"""The place with every format, on each engine."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.clients import bearer
from tests.clients.bearer import Provider
from tests.server.channels import place as places
from tests.server.channels.place import Place


@pytest.fixture
def open_place(database: str, tmp_path: Path) -> Iterator[Callable[..., Place]]:
    made = []

    def make(data: dict[str, Any] | None = None, answers: str = "latest", **changes: str) -> Place:
        made.append(places.make(database, tmp_path, time.time_ns() // 1_000_000, data, answers, **changes))
        return made[-1]

    yield make
    for each in made:
        each.world.close()


@pytest.fixture
def place(open_place: Callable[..., Place]) -> Place:
    return open_place()


@pytest.fixture(scope="session")
def provider() -> Iterator[Provider]:
    with bearer.provider() as serving:
        yield serving
