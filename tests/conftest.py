"""Fixtures for every test: a store on each engine, and a moment that stands still."""

from __future__ import annotations

import shutil
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
def migrated(postgres: str) -> servers.Migrated:
    """A database that is emptied for each test: that takes a fifteenth of the time of making one."""
    with stores.open(servers.create(postgres, "acto_template")) as store:
        store.migrate()
    return servers.Migrated(postgres, "acto_test", "acto_template")


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file migrated once; each test has a copy of it."""
    path = tmp_path_factory.mktemp("template") / "acto.db"
    with stores.open(str(path)) as store:
        store.migrate()
    return path


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
        yield str(shutil.copyfile(request.getfixturevalue("file"), tmp_path / "acto.db"))
    else:
        yield request.getfixturevalue("migrated").empty()


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A migrated, empty store on each engine."""
    with stores.open(database) as opened:
        yield opened
