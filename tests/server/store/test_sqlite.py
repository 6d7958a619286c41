"""SQLite under trouble: locked, full, crowded, killed."""

import gc
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from server import store as stores
from server.store import Store, StoreUnavailable, group, sql, sqlite, sqlite_session
from server.store.sqlite import SqliteStore
from server.store.writer import Writer
from tests.server.store.contacts import add


@pytest.fixture
def engine() -> str:
    return "sqlite"


def test_a_locked_database_is_unavailable_and_then_works_again(
    store: Store, database: str, now: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group, "LOCK_WAIT_SECONDS", 0.05)
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="Another process has locked the database"):
        store.write(lambda tx: add(tx, "ana", now))
    other.execute("ROLLBACK")
    other.close()
    store.write(lambda tx: add(tx, "ana", now))


def test_a_short_lock_of_another_process_is_waited_out(store: Store, database: str, now: int) -> None:
    other = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.2, lambda: other.execute("COMMIT")).start()
    assert store.write(lambda tx: add(tx, "ana", now))["first_name"] == "ana"
    other.close()


def test_who_starts_while_another_process_migrates_waits_longer_than_for_a_write(
    store: Store, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group, "LOCK_WAIT_SECONDS", 0.05)
    other = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.2, lambda: other.execute("COMMIT")).start()
    assert store.migrate() == []
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(sqlite, "MIGRATION_SECONDS", 0.1)
    with pytest.raises(StoreUnavailable, match="Another process has locked the database"):
        store.migrate()
    other.close()


def test_a_full_disk_is_unavailable_and_nobody_was_told_it_was_stored(store: Store, now: int) -> None:
    assert isinstance(store, SqliteStore)
    limit = store._connection
    pages = limit.execute("PRAGMA page_count").fetchone()[0]
    limit.execute(f"PRAGMA max_page_count = {pages + 2}")
    stored: list[str] = []

    def fill() -> None:
        while len(stored) < 10_000:
            stored.append(store.write(lambda tx: add(tx, f"p{len(stored)}", now))["id"])

    with pytest.raises(StoreUnavailable, match="disk of the database is full"):
        fill()
    limit.execute("PRAGMA max_page_count = 1000000")
    with store.read() as tx:
        assert tx.contacts.count() == len(stored)
    store.write(lambda tx: add(tx, "after", now))


def test_a_full_queue_refuses_before_it_accepts(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "a.db", isolation_level=None, check_same_thread=False)
    small = Writer(connection, group_max=1, check=lambda: None, queue_max=1)
    started, go_on = threading.Event(), threading.Event()

    def block(_: object) -> None:
        started.set()
        go_on.wait(5)

    first = threading.Thread(target=small.run, args=(block,))
    first.start()
    assert started.wait(5)
    second = threading.Thread(target=small.run, args=(lambda tx: None,))
    second.start()
    while small._queue.qsize() < 1:
        pass
    with pytest.raises(StoreUnavailable, match="1 writes are waiting"):
        small.run(lambda tx: None)
    go_on.set()
    first.join(5)
    second.join(5)
    small.close()


def test_a_write_inside_a_write_is_refused_instead_of_waiting_for_itself(store: Store) -> None:
    with pytest.raises(RuntimeError, match="use the tx you were given"):
        store.write(lambda tx: store.write(lambda inner: None))


def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("hello " * 1000)
    with pytest.raises(StoreUnavailable, match="is not a SQLite database"):
        stores.open(str(tmp_path / "x.db"))


def test_every_write_is_synced_to_the_disk(store: Store) -> None:
    assert isinstance(store, SqliteStore)
    assert store._connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert store._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_what_was_acknowledged_survives_kill_9(database: str) -> None:
    """A process writes from eight threads and says each id only after `write` returned; then it is killed."""
    for _ in range(3):
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.server.store.scribe", database], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        said = [process.stdout.readline().strip() for _ in range(200)]
        os.kill(process.pid, signal.SIGKILL)
        said += [line.strip() for line in process.stdout.readlines() if line.endswith("\n")]
        process.stdout.close()
        process.wait()
        with stores.open(database) as store, store.read() as tx:
            lost = [contact for contact in said if tx.contacts.by_id(id=contact) is None]
        assert len(said) >= 200
        assert lost == []


def test_a_busy_process_does_not_starve_another(store: Store, database: str, now: int) -> None:
    """SQLite's own waiting would look in every 100 ms, and miss the short pauses of a process under load."""
    busy = subprocess.Popen(
        [sys.executable, "-m", "tests.server.store.scribe", database], stdout=subprocess.PIPE, text=True
    )
    assert busy.stdout is not None
    busy.stdout.readline()
    reading = threading.Thread(target=busy.stdout.read)
    reading.start()
    started = time.monotonic()
    for number in range(20):
        store.write(lambda tx, number=number: add(tx, f"p{number}", now))  # type: ignore[misc]
    took = time.monotonic() - started
    busy.kill()
    reading.join()
    busy.stdout.close()
    busy.wait()
    assert took < 4


def test_a_query_about_one_person_looks_at_one_person(store: Store, database: str) -> None:
    """Without statistics SQLite may prefer an index on the state, and read all that is queued instead."""
    connection = sqlite3.connect(database)
    asked = [query for query in sql.load("sqlite3") if query.noun == "messages" and "contact_id" in query.parameters]
    for query in asked:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {query.sql}", dict.fromkeys(query.parameters, 1))
        for *_, step in plan:
            assert "messages" not in step or "(contact_id=?" in step, f"{query.name}: {step}"
    connection.close()


def test_nobody_else_on_the_machine_reads_the_database(tmp_path: Path) -> None:
    path = tmp_path / "new" / "acto.db"
    with stores.open(str(path)) as made:
        made.migrate()
        modes = {each.name: each.stat().st_mode & 0o077 for each in path.parent.iterdir()}
    assert modes == dict.fromkeys(("acto.db", "acto.db-wal", "acto.db-shm"), 0)


def test_a_connection_keeps_what_it_is_asked_and_not_every_query_there_is(store: Store) -> None:
    """Thirty connections kept 90,000 objects that the collector went through, 100 ms at a time, while people waited."""
    with ExitStack() as open_, store.read() as first:
        first.contacts.by_id(id="nobody")
        gc.collect()
        before = len(gc.get_objects())
        for _ in range(10):
            open_.enter_context(store.read()).contacts.by_id(id="nobody")
        assert (len(gc.get_objects()) - before) / 10 < 100


@pytest.mark.parametrize(
    ("query", "given", "expected"),
    [
        ("SELECT :b - :a + :b AS x", {"a": 1, "b": 5, "unused": 9}, 9),
        ("SELECT 'a :b at 12:30' || :a AS x", {"a": "!"}, "a :b at 12:30!"),
        ("SELECT 7 AS x", {}, 7),
    ],
)
def test_values_go_by_place_as_they_would_by_name(query: str, given: dict[str, object], expected: object) -> None:
    sql_, values = sqlite_session._by_place(query)
    assert sqlite3.connect(":memory:").execute(sql_, values(given)).fetchone() == (expected,)


def test_every_query_takes_by_place_what_it_names() -> None:
    for query in sql.load("sqlite3"):
        text, values = sqlite_session._by_place(query.sql)
        drawn = values({name: name for name in query.parameters})
        places = {int(place) for place in re.findall(r"\?(\d+)", text)}
        assert frozenset(drawn) == query.parameters, query
        assert places == set(range(1, len(drawn) + 1)), query
        assert not re.search(r":[a-z]", re.sub(r"'[^']*'", "", text)), query


def test_a_value_that_is_missing_is_named(store: Store) -> None:
    with store.read() as tx, pytest.raises(KeyError, match="contact_id"):
        tx.leads.standing()  # type: ignore[call-arg]
