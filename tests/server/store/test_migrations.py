"""One history of the schema for both engines."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from server import store as stores
from server.store import Store, StoreTooNew, migrations, sql


def test_migrating_again_does_nothing(store: Store) -> None:
    assert store.migrate() == []


def test_an_empty_database_gets_the_whole_history(engine: str, new_database: Callable[[str], str]) -> None:
    with stores.open(new_database(engine)) as store:
        assert store.migrate() == [step.name for step in migrations.steps()]


def test_processes_that_start_together_migrate_once(engine: str, new_database: Callable[[str], str]) -> None:
    address = new_database(engine)

    def start(_: int) -> list[str]:
        with stores.open(address) as store:
            return store.migrate()

    with ThreadPoolExecutor(4) as pool:
        taken = sorted(pool.map(start, range(4)))
    assert taken == [[], [], [], [step.name for step in migrations.steps()]]


def test_a_step_that_fails_leaves_nothing_behind(
    engine: str, new_database: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    good = migrations.steps()
    bad = migrations.Step(9999, "9999_bad", "CREATE TABLE half (id TEXT);\nSELECT nonsense FROM nowhere;\n")
    with stores.open(new_database(engine)) as store:
        with monkeypatch.context() as patch:
            patch.setattr(migrations, "steps", lambda: [*good, bad])
            with pytest.raises(Exception, match="nowhere"):
                store.migrate()
        assert store.migrate() == [step.name for step in good]


def test_a_database_of_a_newer_version_is_left_alone(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    newer = migrations.Step(9999, "9999_newer", "CREATE TABLE newer (id TEXT);\n")
    known = migrations.steps()
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "steps", lambda: [*known, newer])
        assert store.migrate() == ["9999_newer"]
    with pytest.raises(StoreTooNew, match="at migration 9999 and this version of Acto knows"):
        store.migrate()


def test_a_script_is_cut_into_its_statements() -> None:
    script = "-- a; b\nCREATE TABLE x (y TEXT DEFAULT ';'); -- c\nSELECT 1;\n"
    assert len(migrations.statements(script)) == 2


@pytest.mark.parametrize("query", sql.load("sqlite3"), ids=lambda query: f"{query.noun}.{query.name}")
def test_every_query_runs_on_both_engines(store: Store, query: sql.Query) -> None:
    """Integer columns get numbers: text would pass on SQLite and fail on PostgreSQL."""
    whole = {"now", "limit", "offset", *_integer_columns()}
    params = {name: 1 if name in whole or name.endswith("_at") else "x" for name in query.parameters}
    given = {"rows": [params]} if query.kind is sql.Kind.INSERT_UPDATE_DELETE_MANY else params

    class Undo(Exception):
        pass

    def run(tx: stores.Session) -> None:
        getattr(getattr(tx, query.noun), query.name)(**given)
        raise Undo

    with pytest.raises(Undo):
        store.write(run)


def _integer_columns() -> set[str]:
    return {name for step in migrations.steps() for name in re.findall(r"(\w+)\s+BIGINT", step.sql)}
