"""Runs the one thread that writes to SQLite, with all waiting writes in one transaction: one fsync for a group.

While the disk syncs one group, the next one gathers, so a higher load makes larger groups and cheaper writes. Callers wait for
the commit of their group, never for a timer.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import TypeVar

from server.store.errors import StoreUnavailable
from server.store.group import GroupCommit, Job
from server.store.interface import Session

T = TypeVar("T")
QUEUE_MAX = 4096  # beyond this a caller would give up before its turn


class Writer:
    """The writing thread and its queue. It owns `connection`; `check` raises when the file was removed or exchanged."""

    def __init__(
        self, connection: sqlite3.Connection, group_max: int, check: Callable[[], None], queue_max: int = QUEUE_MAX
    ) -> None:
        self._connection = connection
        self._commits = GroupCommit(connection, check)
        self._group_max = group_max
        self._queue_max = queue_max
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._closed = False
        self._door = threading.Lock()  # keeps jobs from entering the queue behind the sentinel that closes it
        self._thread = threading.Thread(target=self._loop, name="store-writer", daemon=True)
        self._thread.start()

    def run(self, work: Callable[[Session], T]) -> T:
        """Run `work` in a group; return its result after the commit, raise its exception after the undo."""
        if threading.current_thread() is self._thread:
            raise RuntimeError("store.write inside store.write would wait for itself; use the tx you were given")
        done = threading.Lock()
        done.acquire()
        job = Job(work, lambda _: done.release())
        self._accept(job)
        done.acquire()
        return job.outcome()  # type: ignore[no-any-return]

    def start(self, work: Callable[[Session], T], then: Callable[[Callable[[], T]], None]) -> None:
        """Queue `work` without waiting: the writer's thread calls `then(outcome)` after the commit or the undo."""
        self._accept(Job(work, then))

    def close(self) -> None:
        """Finish the accepted jobs, then close the connection. Harmless to repeat."""
        with self._door:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _accept(self, job: Job) -> None:
        with self._door:
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
            self._commits.commit(group)
            for job in group:
                job.then(job.outcome)
        self._connection.close()

    def _gather(self, group: list[Job]) -> bool:
        """Add the waiting jobs to `group`; return False when the writer is to close after it."""
        try:
            while len(group) < self._group_max:
                job = self._queue.get_nowait()
                if job is None:
                    return False
                group.append(job)
        except Empty:
            pass
        return True
