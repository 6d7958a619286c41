"""Runs a group of write jobs in one SQLite transaction, so that each can fail without undoing the others."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from server.store.interface import Session
from server.store.sqlite_errors import unavailable
from server.store.sqlite_session import bind

LOCK_WAIT_SECONDS = 5.0
LOCK_POLL_SECONDS = 0.001


class Job:
    """One write with its outcome and the function to call with it (cheaper than an Event or a Future)."""

    __slots__ = ("error", "result", "then", "work")

    def __init__(self, work: Callable[[Session], Any], then: Callable[[Callable[[], Any]], None]) -> None:
        self.work = work
        self.then = then
        self.result: Any = None
        self.error: BaseException | None = None

    def outcome(self) -> Any:
        """Return the result of the work, or raise its exception."""
        if self.error is not None:
            raise self.error
        return self.result

    def failed(self, error: BaseException) -> None:
        """Store the error that the caller will get."""
        self.error = unavailable(error) or error


class GroupCommit:
    """Commits groups on one connection. `check` raises when its file was removed or exchanged."""

    def __init__(self, connection: sqlite3.Connection, check: Callable[[], None]) -> None:
        self._check = check
        self._connection = connection
        self._execute = connection.execute
        self._session = bind(connection)

    def commit(self, group: Sequence[Job]) -> None:
        """Run a group in one transaction; afterwards each job has its result or its error. Never raises.

        It tries without savepoints first, because they cost throughput; if a job fails, it repeats the group with them.
        """
        try:
            self._begin()
            if not self._all(group):
                if len(group) == 1:
                    return
                self._begin()
                for job in group:
                    self._alone(job)
            self._execute("COMMIT")
            self._check()  # so that no answer in an exchanged file is acknowledged
        except BaseException as error:
            for job in group:
                job.failed(error)
            with suppress(sqlite3.Error):
                self._undo()

    def _all(self, group: Sequence[Job]) -> bool:
        """Run the jobs one after another; if one fails, undo all of them and return False."""
        for job in group:
            try:
                job.result = job.work(self._session)
            except BaseException as error:
                job.failed(error)
                self._undo()
                return False
        return True

    def _alone(self, job: Job) -> None:
        """Run one job in a savepoint, so that its failure undoes it alone."""
        self._execute("SAVEPOINT job")
        job.error = None
        try:
            job.result = job.work(self._session)
        except BaseException as error:
            job.failed(error)
            if not self._connection.in_transaction:
                raise  # SQLite undid the whole transaction by itself (a full disk), so the group fails
            self._execute("ROLLBACK TO job")
        self._execute("RELEASE job")

    def _undo(self) -> None:
        if self._connection.in_transaction:
            self._execute("ROLLBACK")

    def _begin(self) -> None:
        """Run BEGIN IMMEDIATE, and retry each millisecond while another process writes.

        SQLite's own busy handler sleeps up to 100 ms between two tries, and would starve beside a busy process with shorter
        pauses.
        """
        self._undo()  # in case undoing the last group failed
        self._check()  # before any write, because the journal may belong to a new file
        give_up = time.monotonic() + LOCK_WAIT_SECONDS
        while True:
            try:
                self._execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                    raise
            time.sleep(LOCK_POLL_SECONDS)
