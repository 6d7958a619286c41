"""The place with every format, on each engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from server.web import state as web
from tests.clients import bearer
from tests.clients.bearer import Provider
from tests.server import clocks
from tests.server.channels import place as places
from tests.server.channels.place import Place


@pytest.fixture
def open_place(database: str, tmp_path: Path, now: int) -> Iterator[Callable[..., Place]]:
    made: list[Place] = []

    def make(data: dict[str, Any] | None = None, answers: str = "latest", **changes: str) -> Place:
        made.append(places.make(database, tmp_path, now, data, answers, **changes))
        return made[-1]

    with web.driven(clocks.from_(now)):
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
