"""Implements the Store interface on PostgreSQL: a pool of connections, READ COMMITTED, retries after a conflict.

Domain code takes row locks by an UPDATE of the row it owns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, TypeVar

import psycopg
from psycopg import errors
from psycopg.adapt import Loader
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool

from server.store import migrations, postgresql_copies
from server.store.errors import StoreUnavailable
from server.store.interface import Session, Store
from server.store.postgresql_errors import CONFLICTS, translated
from server.store.postgresql_session import DRIVER, bind
from server.store.sql import nouns
from server.store.sqlite import SqliteStore

T = TypeVar("T")
Connection = psycopg.Connection[dict[str, Any]]
CONNECTIONS_MAX = 16  # more would only wait for each other, because the server's cores are the limit
WAITING_MAX = 4096
WAIT_SECONDS = 5.0
LOCK_WAIT_SECONDS = 5.0  # for locked rows or tables; a person would give up by then
TRIES = 8  # conflicts come in bursts and clear within a few turns
SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


class PostgresStore(Store):
    """A database behind a postgresql:// address."""

    engine = "postgresql"

    def __init__(self, address: str) -> None:
        nouns(DRIVER)  # read once, and not by every connection that starts at the same moment
        self._pool = ConnectionPool(
            address,
            connection_class=Connection,
            # In autocommit our BEGIN and COMMIT are the only ones, and each is one round trip.
            kwargs={"row_factory": dict_row, "autocommit": True, "connect_timeout": 5},
            min_size=1,
            max_size=CONNECTIONS_MAX,
            max_waiting=WAITING_MAX,
            timeout=WAIT_SECONDS,
            configure=_configure,
            open=False,
        )
        self._threads = ThreadPoolExecutor(CONNECTIONS_MAX, "store-writer")
        self._room = BoundedSemaphore(WAITING_MAX)
        with translated():
            self._pool.open(wait=True, timeout=WAIT_SECONDS)

    def migrate(self) -> list[str]:
        """See Store. A table lock lets one process at a time apply the pending steps."""
        return self._try(self._create) or self._try(self._migrate) or []

    def _create(self, connection: Connection) -> None:
        connection.execute("SET LOCAL lock_timeout = 0")  # wait as long as other processes need
        try:
            connection.execute(migrations.TABLE)
        except (errors.UniqueViolation, errors.DuplicateTable, errors.DuplicateObject):  # by the other's progress
            connection.execute("ROLLBACK")  # another process made it in this very moment
            connection.execute("BEGIN")

    def _migrate(self, connection: Connection) -> list[str]:
        connection.execute("SET LOCAL lock_timeout = 0")
        connection.execute("LOCK TABLE migrations IN ACCESS EXCLUSIVE MODE")
        applied = {row["version"] for row in connection.execute("SELECT version FROM migrations")}
        return migrations.apply(
            applied, lambda statement: connection.execute(migrations.for_engine(statement, self.engine).encode())
        )

    @contextmanager
    def read(self) -> Iterator[Session]:
        """See Store."""
        with translated(self._pool), self._pool.connection() as connection:
            connection.execute(SNAPSHOT)
            try:
                yield _session(connection)
            finally:
                _end(connection, "ROLLBACK")

    def write(self, work: Callable[[Session], T]) -> T:
        """See Store."""
        return self._try(lambda connection: work(_session(connection)))

    def write_soon(self, work: Callable[[Session], T], then: Callable[[Callable[[], T]], None]) -> None:
        """See Store. There are as many threads as connections, because more would only wait for a connection."""
        if not self._room.acquire(blocking=False):
            raise StoreUnavailable(f"The database is busy: {WAITING_MAX} writes are waiting already.")
        try:
            self._threads.submit(self._write_for, work, then)
        except RuntimeError as error:
            self._room.release()
            raise StoreUnavailable("The database is being closed.") from error

    def _write_for(self, work: Callable[[Session], T], then: Callable[[Callable[[], T]], None]) -> None:
        outcome: Future[T] = Future()
        try:
            outcome.set_result(self.write(work))
        except BaseException as error:
            outcome.set_exception(error)
        self._room.release()
        then(outcome.result)

    def _try(self, work: Callable[[Connection], T]) -> T:
        for _ in range(TRIES - 1):
            try:
                return self._once(work)
            except CONFLICTS:
                continue
        try:
            return self._once(work)
        except CONFLICTS as error:
            raise StoreUnavailable("Too many writes need the same rows at once.") from error

    def _once(self, work: Callable[[Connection], T]) -> T:
        with translated(self._pool), self._pool.connection() as connection:
            connection.execute("BEGIN")
            try:
                result = work(connection)
            except BaseException:
                _end(connection, "ROLLBACK")
                raise
            connection.execute("COMMIT")
            return result

    def damage(self) -> list[str]:
        """See Store. PostgreSQL has no such check; it verifies page checksums whenever it reads a page."""
        return []

    def copy_to(self, path: Path) -> None:
        """See Store."""
        with SqliteStore(path, group_commit_max=1) as copy:
            copy.migrate()
        with translated(self._pool), self._pool.connection() as connection:
            connection.execute(SNAPSHOT)
            try:
                postgresql_copies.export(connection, path)
            finally:
                _end(connection, "ROLLBACK")

    def close(self) -> None:
        """See Store."""
        self._threads.shutdown()
        self._pool.close()


def _configure(connection: Connection) -> None:
    connection.execute(f"SET lock_timeout = {LOCK_WAIT_SECONDS * 1000:.0f}".encode())
    connection.adapters.register_loader("numeric", _Number)


class _Number(Loader):
    """Loads NUMERIC as int or float, because SUM of a BIGINT is NUMERIC here and an integer on SQLite."""

    def load(self, data: Any) -> int | float:
        text = bytes(data)
        return float(text) if b"." in text else int(text)


def _session(connection: Connection) -> Session:
    """Return the queries bound to this connection, bound on its first use and kept on it."""
    session: Session | None = getattr(connection, "acto_session", None)
    if session is None:
        session = bind(connection)
        connection.acto_session = session  # type: ignore[attr-defined]
    return session


def _end(connection: Connection, statement: str) -> None:
    """End the transaction; a lost connection has ended it already, and the first error counts."""
    if not connection.closed:
        connection.execute(statement.encode())
