"""Stores the hits of pages after their replies: they are evidence, not answers, so nobody waits for them."""

from __future__ import annotations

import logging
import queue
import threading

from server.capture import hits
from server.capture.hits import Hit
from server.store import Session, Store, StoreUnavailable

WAITING_MAX = 10_000
BATCH = 500
_log = logging.getLogger(__name__)
Waiting = tuple[Hit, int]


class Later:
    """A thread that stores what is added, in batches.

    Bounded: past WAITING_MAX hits the newest are dropped and counted, so a flood costs no more than that.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._queue: queue.Queue[Waiting | None] = queue.Queue(WAITING_MAX)
        self._thread = threading.Thread(target=self._run, name="hits", daemon=True)
        self._thread.start()
        self.dropped = 0

    def add(self, hit: Hit, now: int) -> None:
        try:
            self._queue.put_nowait((hit, now))
        except queue.Full:
            self.dropped += 1

    def flush(self) -> None:
        """Wait until everything added so far is stored, or counted as dropped."""
        self._queue.join()

    def close(self) -> None:
        """Store what waits, then end."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        ended = False
        while not ended:
            batch = self._batch()
            ended = None in batch
            self._keep([each for each in batch if each])
            for _ in batch:
                self._queue.task_done()

    def _batch(self) -> list[Waiting | None]:
        batch = [self._queue.get()]
        while len(batch) < BATCH and not self._queue.empty():
            batch.append(self._queue.get())
        return batch

    def _keep(self, batch: list[Waiting]) -> None:
        try:
            self._store.write(lambda tx: _add(tx, batch))
        except StoreUnavailable as error:
            self.dropped += len(batch)
            _log.warning("%s page hits were not stored: %s", len(batch), error.reason)


def _add(tx: Session, batch: list[Waiting]) -> None:
    for hit, at in batch:
        hits.add(tx, hit, at)
