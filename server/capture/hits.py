"""Hits: raw requests as they arrived. Evidence is drawn from them, so they are kept whether they answer or not."""

from __future__ import annotations

import json
import logging
import queue
import threading
from collections.abc import Mapping
from typing import NamedTuple

from server.store import Session, Store, StoreUnavailable, new_id

GESTURES = ("pointer", "touch", "wheel", "key")  # trusted input our page may have seen; a scroll proves nothing
WAITING_MAX = 10_000
_log = logging.getLogger(__name__)


class Hit(NamedTuple):
    """One request. `network` is the address cut to /24 or /48; `facts` are fetch metadata headers and the like."""

    contact_id: str
    message_id: str
    block: str
    purpose: str
    method: str
    choice: str = ""
    agent: str = ""
    network: str = ""
    nonce: str = ""
    gesture: str = ""
    facts: Mapping[str, str] | None = None


def add(tx: Session, hit: Hit, now: int) -> None:
    tx.hits.add(
        contact_id=hit.contact_id,
        id=new_id(now),
        message_id=hit.message_id,
        block=hit.block,
        purpose=hit.purpose,
        at=now,
        method=hit.method,
        choice=hit.choice,
        agent=hit.agent,
        network=hit.network,
        facts=json.dumps(hit.facts) if hit.facts else "{}",
        nonce=hit.nonce,
        gesture=hit.gesture,
    )


class Later:
    """Stores the hits of pages after their replies: they are evidence, not answers, so nobody waits for them.

    Bounded: past WAITING_MAX hits the newest are dropped and counted, so a flood costs no more than that.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: queue.Queue[tuple[Hit, int] | None] = queue.Queue(WAITING_MAX)
        self._thread = threading.Thread(target=self._run, name="hits", daemon=True)
        self._thread.start()
        self.dropped = 0

    def add(self, hit: Hit, now: int) -> None:
        try:
            self._waiting.put_nowait((hit, now))
        except queue.Full:
            self.dropped += 1

    def close(self) -> None:
        """Store what waits, then end."""
        self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (first := self._waiting.get()) is not None:
            batch, ended = [first], False
            while len(batch) < 500 and not ended:
                try:
                    each = self._waiting.get_nowait()
                except queue.Empty:
                    break
                if each is None:
                    ended = True
                else:
                    batch.append(each)
            self._store_all(batch)
            if ended:
                return

    def _store_all(self, batch: list[tuple[Hit, int]]) -> None:
        try:
            self._store.write(lambda tx: _add_all(tx, batch))
        except StoreUnavailable as error:
            self.dropped += len(batch)
            _log.warning("%s page hits were not stored: %s", len(batch), error.reason)


def _add_all(tx: Session, batch: list[tuple[Hit, int]]) -> None:
    for hit, at in batch:
        add(tx, hit, at)
