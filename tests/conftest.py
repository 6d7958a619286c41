"""Defines fixtures for every test: a store on each engine, and a fixed time."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from server import store as stores
from server.accounts import passwords
from server.store import Store
from tests import any_hour
from tests import postgres as servers

any_hour.set_in_environment()
ENGINES = ("sqlite", "postgresql")
SQLITE_FIRST = (
    "sqlite",
    pytest.param("postgresql", marks=pytest.mark.long),
)  # for a test that hardly depends on the engine
CHAINS = (  # long tests by the words in their names; at most two chains use a browser, because more would wait for each other
    (("journeys/", "postgresql"), ("journeys/", "accessibility")),
    (("journeys/",),),
    (("test_architecture", "[mypy]"), ("backup/test_kills",)),
)
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start each process with one of the long chains, and fill up with short tests.

    pytest-xdist gives each process one stretch of the list; a process that is done takes tests from the ends of the others.
    """
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    chains: list[list[pytest.Item]] = [[] for _ in range(processes)]
    rest: list[pytest.Item] = []
    for item in items:
        found = next((at for at, links in enumerate(CHAINS) if _is_of(item, links)), None)
        (rest if found is None else chains[found % processes]).append(item)
    stretch = -(-len(items) // processes)
    for chain in chains:
        room = max(0, stretch - len(chain))
        chain += rest[:room]
        rest = rest[room:]
    items[:] = [item for chain in chains for item in chain] + rest


def _is_of(item: pytest.Item, links: Sequence[tuple[str, ...]]) -> bool:
    return any(all(name in item.nodeid for name in names) for names in links)


def pytest_collection_finish() -> None:
    """Exclude the objects loaded so far from garbage collection, because they stay until the end."""
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Make password hashes cheap, because the real cost is slow on purpose; one test checks the real cost."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", QUICK)
        yield


@pytest.fixture(scope="session")
def now() -> int:
    """Return a Monday morning in Bogotá: 2027-03-01 10:00 there, in milliseconds UTC."""
    return 1_803_913_200_000


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Run a PostgreSQL server for this test process; yield the address of its first database."""
    with servers.running() as address:
        yield address


@pytest.fixture(scope="session")
def migrated(postgres: str) -> Iterator[servers.Migrated]:
    """Yield a database that is emptied for each test, which is faster than creating one."""
    with stores.open(servers.create(postgres, "acto_template")) as store:
        store.migrate()
    with closing(servers.Migrated(postgres, "acto_test", "acto_template")) as made:
        yield made


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one SQLite file; each test gets a copy of it."""
    path = tmp_path_factory.mktemp("template") / "acto.db"
    with stores.open(str(path)) as store:
        store.migrate()
    return path


@pytest.fixture
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Yield `new_database(engine)`, which returns the address of an empty database and removes it after the test."""
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
    """Return each engine in turn."""
    return str(request.param)


@pytest.fixture
def database(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Yield the address of a migrated, empty database on each engine, as in the setting `database`."""
    if engine == "sqlite":
        yield str(shutil.copyfile(request.getfixturevalue("file"), tmp_path / "acto.db"))
    else:
        yield request.getfixturevalue("migrated").empty()


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """Yield a migrated, empty store on each engine."""
    with stores.open(database) as opened:
        yield opened
