"""Implements the Store interface on SQLite: many snapshot readers, one writer that groups commits.

WAL with synchronous=FULL, because with NORMAL a power cut can undo commits that were already acknowledged.
"""

from __future__ import annotations

import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database

from server.store import copies, migrations
from server.store.errors import StoreUnavailable
from server.store.interface import Session, Store
from server.store.sqlite_errors import REASONS, translated
from server.store.sqlite_file import DatabaseFile
from server.store.sqlite_session import bind
from server.store.writer import Writer

T = TypeVar("T")
MIGRATION_SECONDS = 60.0
READ_PRAGMAS = ("PRAGMA query_only = ON", "PRAGMA busy_timeout = 5000")
WRITE_PRAGMAS = ("PRAGMA synchronous = FULL", "PRAGMA cache_size = -65536", "PRAGMA busy_timeout = 0")


class SqliteStore(Store):
    """A database file. Several processes may share it; the writer of each waits its turn."""

    engine = "sqlite"

    def __init__(self, path: Path, group_commit_max: int) -> None:
        self._file = DatabaseFile(path)
        self._closed = False
        self._readers: deque[tuple[sqlite3.Connection, Session]] = deque()
        with translated():
            self._connection = self._file.make()
            Database(self._connection).enable_wal()
            for pragma in WRITE_PRAGMAS:
                self._connection.execute(pragma)
        self._writer = Writer(self._connection, group_commit_max, self._file.check)

    def migrate(self) -> list[str]:
        """See Store. Runs in the writer: BEGIN IMMEDIATE lets one process at a time apply the pending steps.

        Other processes wait for up to MIGRATION_SECONDS, because a large store takes longer than a write may wait.
        """
        give_up = time.monotonic() + MIGRATION_SECONDS
        while True:
            try:
                return self._writer.run(lambda _: self._migrate())
            except StoreUnavailable as error:
                if error.reason != REASONS[sqlite3.SQLITE_BUSY] or time.monotonic() > give_up:
                    raise

    def _migrate(self) -> list[str]:
        execute = self._connection.execute
        execute(migrations.TABLE)
        applied = {version for (version,) in execute("SELECT version FROM migrations")}
        return migrations.apply(applied, lambda statement: execute(migrations.for_engine(statement, self.engine)))

    @contextmanager
    def read(self) -> Iterator[Session]:
        """See Store. Connections are kept for the next reader, because opening one costs more than most queries."""
        connection, session = self._reader()
        try:
            with translated(reading=True):
                connection.execute("BEGIN")
                try:
                    yield session
                finally:
                    connection.execute("ROLLBACK")
        finally:
            self._give_back(connection, session)

    def write(self, work: Callable[[Session], T]) -> T:
        """See Store."""
        return self._writer.run(work)

    def write_soon(self, work: Callable[[Session], T], then: Callable[[Callable[[], T]], None]) -> None:
        """See Store."""
        self._writer.start(work, then)

    def damage(self) -> list[str]:
        """See Store."""
        connection, session = self._reader()
        try:
            with translated(reading=True):
                lines = [str(line) for (line,) in connection.execute("PRAGMA integrity_check")]
        finally:
            self._give_back(connection, session)
        return [] if lines == ["ok"] else lines

    def copy_to(self, path: Path) -> None:
        """See Store."""
        self._file.check()
        copies.vacuum_into(self._file.path, path)
        self._file.check()

    def close(self) -> None:
        """See Store."""
        self._closed = True
        self._writer.close()
        while self._readers:
            self._readers.pop()[0].close()

    def _reader(self) -> tuple[sqlite3.Connection, Session]:
        if self._closed:
            raise StoreUnavailable("The database is being closed.")
        self._file.check()
        try:
            return self._readers.pop()
        except IndexError:
            pass
        with translated():
            connection = self._file.connect()
            for pragma in READ_PRAGMAS:
                connection.execute(pragma)
            return connection, bind(connection)

    def _give_back(self, connection: sqlite3.Connection, session: Session) -> None:
        if self._closed:
            connection.close()
        else:
            self._readers.append((connection, session))
