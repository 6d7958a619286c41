"""The one thread that writes to SQLite. Whatever waits is done in one transaction: one fsync for all of it.

While the disk syncs one group, the next one gathers; so the busier it is, the larger the groups and the
cheaper each write. Callers wait for the commit of their group, never for a timer.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from server.store.errors import StoreUnavailable
from server.store.interface import Session
from server.store.sqlite_errors import unavailable
from server.store.sqlite_session import bind

T = TypeVar("T")
QUEUE_MAX = 4096  # more waiting than this and a caller would give up before its turn
LOCK_WAIT_SECONDS = 5.0
LOCK_POLL_SECONDS = 0.001


class _Job:
    """A work, its outcome, and the lock that its caller sleeps on (cheaper than an Event or a Future)."""

    __slots__ = ("done", "error", "result", "work")

    def __init__(self, work: Callable[[Session], Any]) -> None:
        self.work = work
        self.result: Any = None
        self.error: BaseException | None = None
        self.done = threading.Lock()
        self.done.acquire()


class Writer:
    """Runs works one after another on `connection`, which belongs to it from now on."""

    def __init__(self, connection: sqlite3.Connection, group_max: int, queue_max: int = QUEUE_MAX) -> None:
        self._connection = connection
        self._execute = connection.execute
        self._session = bind(connection)
        self._group_max = group_max
        self._queue_max = queue_max
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
        self._closed = False
        self._door = threading.Lock()  # nothing enters the queue behind the sentinel that closes it
        self._thread = threading.Thread(target=self._loop, name="store-writer", daemon=True)
        self._thread.start()

    def run(self, work: Callable[[Session], T]) -> T:
        """Do `work` in a group; return its result after the commit, raise its exception after the undo."""
        if threading.current_thread() is self._thread:
            raise RuntimeError("store.write inside store.write would wait for itself; use the tx you were given")
        job = _Job(work)
        with self._door:
            self._refuse_or_accept(job)
        job.done.acquire()
        if job.error is not None:
            raise job.error
        return job.result  # type: ignore[no-any-return]

    def close(self) -> None:
        """Finish what was accepted, then close the connection. Harmless to repeat."""
        with self._door:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _refuse_or_accept(self, job: _Job) -> None:
        if self._closed:
            raise StoreUnavailable("The database is being closed.")
        if self._queue.qsize() >= self._queue_max:
            raise StoreUnavailable(f"The database is busy: {self._queue_max} writes are waiting already.")
        self._queue.put(job)

    def _loop(self) -> None:
        open_to_more = True
        while open_to_more:
            first = self._queue.get()
            if first is None:
                break
            group = [first]
            open_to_more = self._gather(group)
            self._commit(group)
            for job in group:
                job.done.release()
        self._connection.close()

    def _gather(self, group: list[_Job]) -> bool:
        """Add what waits to `group`; False when the writer is to close after it."""
        try:
            while len(group) < self._group_max:
                job = self._queue.get_nowait()
                if job is None:
                    return False
                group.append(job)
        except Empty:
            pass
        return True

    def _commit(self, group: list[_Job]) -> None:
        """One transaction; afterwards each job has its result or its error.

        First without savepoints, which cost a seventh of the throughput; when a job fails,
        all over again with them.
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
        except BaseException as error:
            if self._connection.in_transaction:
                self._execute("ROLLBACK")
            for job in group:
                job.error = unavailable(error) or error

    def _all(self, group: list[_Job]) -> bool:
        """Run the jobs one after another; False when one failed, and then nothing of any remains."""
        try:
            for job in group:
                job.result = job.work(self._session)
        except BaseException as error:
            job.error = unavailable(error) or error
            if self._connection.in_transaction:
                self._execute("ROLLBACK")
            return False
        return True

    def _alone(self, job: _Job) -> None:
        """Run one job so that its failure undoes it alone."""
        self._execute("SAVEPOINT job")
        job.error = None
        try:
            job.result = job.work(self._session)
        except BaseException as error:
            job.error = unavailable(error) or error
            if not self._connection.in_transaction:
                raise  # SQLite undid the whole transaction by itself (a full disk): the group shares the fate
            self._execute("ROLLBACK TO job")
        self._execute("RELEASE job")

    def _begin(self) -> None:
        """BEGIN IMMEDIATE, asking again each millisecond while another process writes.

        SQLite's own waiting sleeps up to 100 ms between two looks, and would starve beside a busy process
        whose pauses are shorter than one.
        """
        give_up = time.monotonic() + LOCK_WAIT_SECONDS
        while True:
            try:
                self._execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                    raise
            time.sleep(LOCK_POLL_SECONDS)
