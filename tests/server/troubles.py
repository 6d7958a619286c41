"""What can befall a database while the web server runs: each a block in which nothing can be written."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager

import psycopg

from server.store import Store
from server.store.sqlite import SqliteStore

Trouble = Callable[[Store, str], AbstractContextManager[None]]
DISK_FULL = """
CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER disk_full BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION disk_full();
"""


@contextmanager
def locked(store: Store, database: str) -> Iterator[None]:
    """Another connection holds what an answer needs, longer than anybody waits."""
    if store.engine == "sqlite":
        with closing(sqlite3.connect(database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
    else:
        with psycopg.connect(database) as holding, holding.transaction():
            holding.execute("LOCK TABLE events IN EXCLUSIVE MODE")
            yield


@contextmanager
def full(store: Store, database: str) -> Iterator[None]:
    """SQLite may not grow any more; PostgreSQL raises the error of a full disk, which only a real one could give else."""
    if isinstance(store, SqliteStore):
        (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
        store._connection.execute(f"PRAGMA max_page_count = {pages}")
        yield
        store._connection.execute("PRAGMA max_page_count = 1000000")
    else:
        with psycopg.connect(database, autocommit=True) as admin:
            admin.execute(DISK_FULL.encode())
            yield
            admin.execute("DROP TRIGGER disk_full ON events")


def execute(store: Store, database: str, statement: str) -> None:
    """A statement by a hand that is not ours."""
    if store.engine == "sqlite":
        with closing(sqlite3.connect(database, isolation_level=None)) as other:
            other.execute(statement)
    else:
        with psycopg.connect(database, autocommit=True) as hand:
            hand.execute(statement.encode())
