"""Stores page hits and page reports in batches on a thread, so that no reply waits for the database.

Messages that have answers already are judged again, each in its own transaction, because a hit may change their verdicts.
"""

from __future__ import annotations

import logging
import queue
import threading
from functools import partial

from server.capture import hits, judging, left_open
from server.capture.hits import Hit
from server.capture.left_open import Report
from server.capture.rules import Rules
from server.contacts import aliases, testers
from server.store import Session, Store, StoreUnavailable

WAITING_MAX = 10_000
BATCH = 500
_log = logging.getLogger(__name__)
Waiting = tuple[Hit | Report, int]
Message = tuple[str, str]  # contact and message


class HitBuffer:
    """A thread with a bounded queue. Beyond WAITING_MAX it drops and counts the newest hits, so that a flood cannot fill the memory."""

    def __init__(self, store: Store, rules: Rules | None = None) -> None:
        self._store, self._rules = store, rules or Rules()
        self._queue: queue.Queue[Waiting | None] = queue.Queue(WAITING_MAX)
        self._thread = threading.Thread(target=self._run, name="hits", daemon=True)
        self._thread.start()
        self.dropped = 0

    def add(self, hit: Hit | Report, now: int) -> None:
        """Queue a hit or a report with its time (ms UTC), or drop and count it when the queue is full."""
        try:
            self._queue.put_nowait((hit, now))
        except queue.Full:
            self.dropped += 1

    def flush(self) -> None:
        """Wait until every queued hit is stored, or counted as dropped."""
        self._queue.join()

    def close(self) -> None:
        """Store the queued hits, then end the thread."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        ended = False
        while not ended:
            batch = self._batch()
            ended = None in batch
            if hits := [each for each in batch if each]:
                self._keep(hits)
            for _ in batch:
                self._queue.task_done()

    def _batch(self) -> list[Waiting | None]:
        batch = [self._queue.get()]
        while len(batch) < BATCH and not self._queue.empty():
            batch.append(self._queue.get())
        return batch

    def _keep(self, batch: list[Waiting]) -> None:
        try:
            answered = self._store.write(lambda tx: _add(tx, batch, self._rules))
            for message, at in answered.items():
                self._store.write(partial(_judge, message=message, rules=self._rules, now=at))
        except StoreUnavailable as error:
            self.dropped += len(batch)
            _log.warning("%s page hits were not stored: %s", len(batch), error.reason)


def _add(tx: Session, batch: list[Waiting], rules: Rules) -> dict[Message, int]:
    """Store the batch and return the messages among it that have answers, with the time of their last hit."""
    seen: dict[Message, int] = {}
    people = {_hit(each).contact_id for each, _ in batch}
    current = {contact_id: _current(tx, contact_id) for contact_id in people}
    for each, at in batch:
        hit = _hit(each)._replace(contact_id=current[_hit(each).contact_id])
        if hit.contact_id:  # else the contact was erased since: nothing about them is stored
            hits.add(tx, hit, at)
            if isinstance(each, Report):
                left_open.store(tx, each._replace(hit=hit), rules, at)
            seen[hit.contact_id, hit.message_id] = at
    return {
        (contact_id, message_id): at
        for (contact_id, message_id), at in seen.items()
        if tx.events.any_answer(contact_id=contact_id, message_id=message_id)
    }


def _current(tx: Session, contact_id: str) -> str:
    """Return the id under which the contact or the recipient of a test is stored now; '' for an erased one."""
    if tx.contacts.by_id(id=contact_id):
        return contact_id
    now_id = aliases.current(tx, contact_id)
    return now_id if now_id != contact_id or testers.is_one(tx, contact_id) else ""


def _hit(each: Hit | Report) -> Hit:
    return each.hit if isinstance(each, Report) else each


def _judge(tx: Session, message: Message, rules: Rules, now: int) -> None:
    contact_id, message_id = message
    tx.contacts.lock(id=contact_id)
    judging.again(tx, contact_id, message_id, rules, now)
