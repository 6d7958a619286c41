"""Fixtures for every test: a store on each engine, and a moment that stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from server import store as stores
from server.store import Store
from tests import postgres as servers

ENGINES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def now() -> int:
    """A Monday morning in Bogotá: 2027-03-01 10:00 there, in milliseconds UTC."""
    return 1_803_913_200_000


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server of this test process; gives the address of its first database."""
    with servers.running() as address:
        yield address


@pytest.fixture(scope="session")
def template(postgres: str) -> str:
    """Migrated once; each test's database is a copy of it, which takes a few hundredths of a second."""
    with stores.open(servers.create(postgres, "acto_template")) as store:
        store.migrate()
    return "acto_template"


@pytest.fixture
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """`new_database(engine)` gives the address of an empty database; it is gone after the test."""
    made: list[str] = []

    def make(engine: str) -> str:
        if engine == "sqlite":
            return str(tmp_path / f"acto-{len(list(tmp_path.glob('*.db')))}.db")
        made.append(f"acto_{len(made)}")
        return servers.create(request.getfixturevalue("postgres"), made[-1])

    yield make
    for name in made:
        servers.drop(request.getfixturevalue("postgres"), name)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine in turn."""
    return str(request.param)


@pytest.fixture
def database(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database on each engine: what the setting `database` would say."""
    if engine == "sqlite":
        path = str(tmp_path / "acto.db")
        with stores.open(path) as store:
            store.migrate()
        yield path
        return
    postgres, template = request.getfixturevalue("postgres"), request.getfixturevalue("template")
    yield servers.create(postgres, "acto_test", template)
    servers.drop(postgres, "acto_test")


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A migrated, empty store on each engine."""
    with stores.open(database) as opened:
        yield opened
