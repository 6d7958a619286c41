"""PostgreSQL under trouble: connections cut, rows wanted by two, a server that is away."""

import threading
from typing import Any

import psycopg
import pytest

from server import store as stores
from server.store import Session, Store, StoreUnavailable
from server.store.postgresql import CONNECTIONS_MAX, PostgresStore
from server.store.sql import nouns
from tests.server.store.contacts import add, person


@pytest.fixture
def engine() -> str:
    return "postgresql"


def test_two_works_that_lock_each_other_out_both_succeed(store: Store, now: int) -> None:
    people: Any = {name: person(name, now) for name in ("ana", "beto")}
    store.write(lambda tx: tx.contacts.upsert_many(rows=list(people.values())))
    both_hold_one = threading.Barrier(2, timeout=5)

    def change(first: str, second: str) -> None:
        tries = 0

        def work(tx: Session) -> None:
            nonlocal tries
            tries += 1
            tx.contacts.upsert(**{**people[first], "company": f"{first} {second}"})
            if tries == 1:
                both_hold_one.wait()
            tx.contacts.upsert(**{**people[second], "company": f"{first} {second}"})

        store.write(work)

    threads = [threading.Thread(target=change, args=pair) for pair in (("ana", "beto"), ("beto", "ana"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    with store.read() as tx:
        companies = {row["company"] for row in tx.contacts.page(after="", limit=10)}
    assert len(companies) == 1
    assert companies <= {"ana beto", "beto ana"}


def test_a_cut_connection_is_unavailable_once_and_then_works_again(store: Store, now: int) -> None:
    assert isinstance(store, PostgresStore)

    def cut(tx: Session) -> None:
        add(tx, "ana", now)
        with store._pool.connection() as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        add(tx, "beto", now)

    with pytest.raises(StoreUnavailable, match="connection to the database server was lost"):
        store.write(cut)
    store.write(lambda tx: add(tx, "carla", now))
    with store.read() as tx:
        assert [row["first_name"] for row in tx.contacts.page(after="", limit=9)] == ["carla"]


def test_a_server_that_is_away_is_unavailable_and_its_password_stays_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("server.store.postgresql.WAIT_SECONDS", 0.3)
    with pytest.raises(StoreUnavailable, match="cannot be reached") as caught:
        stores.open("postgresql://ana:s3cret@127.0.0.1:9/none")
    assert "s3cret" not in str(caught.value)


def test_a_sum_is_the_same_kind_of_number_as_on_sqlite(store: Store) -> None:
    assert isinstance(store, PostgresStore)
    with store._pool.connection() as connection:
        row = connection.execute("SELECT SUM(x) AS total, AVG(x) AS mean FROM (VALUES (1::bigint), (2)) v (x)")
        assert row.fetchone() == {"total": 3, "mean": 1.5}


def test_a_table_that_someone_else_locks_is_unavailable_and_then_works_again(
    database: str, now: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.store.postgresql.LOCK_WAIT_SECONDS", 0.1)
    with stores.open(database) as store:
        with psycopg.connect(database) as other, other.transaction():
            other.execute("LOCK TABLE contacts IN EXCLUSIVE MODE")
            with pytest.raises(StoreUnavailable, match="Another process has locked the database"):
                store.write(lambda tx: add(tx, "ana", now))
        store.write(lambda tx: add(tx, "ana", now))


def test_the_queries_are_read_once_however_many_connections_begin_together(database: str) -> None:
    """Each used to read all of them for itself: a web server took seconds to its first answers."""
    all_begin = threading.Barrier(CONNECTIONS_MAX, timeout=5)

    def look() -> None:
        all_begin.wait()
        with store.read() as tx:
            tx.contacts.by_id(id="nobody")

    nouns.cache_clear()
    with stores.open(database) as store:
        threads = [threading.Thread(target=look) for _ in range(CONNECTIONS_MAX)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert nouns.cache_info().misses == 1
