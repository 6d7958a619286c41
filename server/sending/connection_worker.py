"""Runs one connection of one stream: claims messages from a queue, sends them one by one, and stores the outcome of each.

One commit stores the outcome of a message and the beginning of the next attempt, so that a message costs one commit while the
state of each is exact.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Generic

from server.sending import outbox
from server.sending.gate import NEVER
from server.sending.outbox import Finish
from server.sending.queues import Queue, Row
from server.sending.rate_limit import RateLimit
from server.sending.transport import Deferred, Delivered, Rejected, SendOutcome, Transport, Wire
from server.store import Session, Store, StoreUnavailable

log = logging.getLogger("acto.sending")
CLAIM_MAX = 16  # messages a claim: few enough that a slow server cannot hold many back
IDLE_SECONDS = 0.25
TROUBLE_SECONDS = (1, 2, 5, 10, 30)  # between two tries to reach a mail server or the database


class ConnectionWorker(Generic[Row]):
    """The work of one thread. `owner` is its name in the leases; no two workers share one."""

    def __init__(
        self,
        store: Store,
        queue: Queue[Row],
        clock: Callable[[], int],
        owner: str,
        transport: Transport,
        pace: RateLimit,
    ) -> None:
        self._store, self._queue, self._clock = store, queue, clock
        self._owner, self._transport, self._pace = owner, transport, pace
        self._done: list[tuple[Row, Finish]] = []  # outcomes of the last messages, not stored yet
        self._holding: list[Row] = []  # claimed messages of this round
        self._troubles = 0

    def run(self, stop: threading.Event) -> None:
        """Send until `stop` is set; failures of a server or the database are logged and retried."""
        while not stop.is_set():
            try:
                self._round(stop)
            except StoreUnavailable as error:
                log.warning("stream %s waits: %s", self._queue.stream, error.reason)
                stop.wait(self._pause_seconds())
            except Exception:
                log.exception("stream %s goes on after an error", self._queue.stream)
                stop.wait(self._pause_seconds())
        self._leave()

    def _round(self, stop: threading.Event) -> None:
        self._settle()
        self._let_go()
        if not self._queue.is_due(self._clock()):
            stop.wait(IDLE_SECONDS)
            return
        messages = self._holding = self._claim()
        prepared = self._queue.prepare(messages, self._clock())
        for position, (message, step) in enumerate(prepared):
            if isinstance(step, Finish):
                self._done.append((message, step))
            elif trouble := self._transport.ready():
                self._postpone(messages[position:], trouble.reason, stop)
                return
            elif not self._send(message, step, stop):
                break
        else:
            self._holding = []
            self._troubles = 0
        self._settle()

    def _claim(self) -> list[Row]:
        """Claim fewer messages at a slow pace, so that they do not wait longer than their leases last."""
        limit = min(CLAIM_MAX, self._pace.per_second or CLAIM_MAX)
        return self._queue.claim(self._owner, limit, self._clock())

    def _send(self, message: Row, wire: Wire, stop: threading.Event) -> bool:
        """Make one attempt; False when it is time to stop and the message was not begun."""
        if self._pace.per_second:
            self._settle()  # else a sent message stays `attempting` while the next waits for its turn
        if not self._pace.turn(stop):
            return False
        if self._settle(message, wire.good_until_ms):
            self._done.append((message, self._finish(message, self._transport.send(wire))))
        else:
            self._done.append((message, Finish("queued", "", self._clock())))  # the next claim asks the gate again
        return True

    def _postpone(self, messages: list[Row], why: str, stop: threading.Event) -> None:
        """Queue messages again when there is no connection. No attempt is counted, because none was made."""
        log.warning("stream %s waits: %s", self._queue.stream, why)
        pause = self._pause_seconds()
        again = Finish("queued", why, self._clock() + pause * 1000)
        self._done += [(message, again) for message in messages]
        self._holding = []
        self._settle()
        stop.wait(pause)

    def _pause_seconds(self) -> int:
        """Return the seconds to wait, more after each failure in a row."""
        pause = TROUBLE_SECONDS[min(self._troubles, len(TROUBLE_SECONDS) - 1)]
        self._troubles += 1
        return pause

    def _settle(self, begin: Row | None = None, before: int = NEVER) -> bool:
        """Store the last outcomes and, in the same commit, the beginning of the next attempt unless `before` (ms) is over.

        Returns True if that attempt may go ahead.
        """
        if not self._done and begin is None:
            return True
        begun = self._store.write(lambda tx: self._write(tx, begin, before))
        self._done = []
        return begun

    def _write(self, tx: Session, begin: Row | None, before: int) -> bool:
        now = self._clock()
        for message, outcome in self._done:
            self._queue.finish(tx, message, self._owner, outcome, now)
        return begin is None or (now < before and self._queue.begin(tx, begin, self._owner, now))

    def _finish(self, message: Row, outcome: SendOutcome) -> Finish:
        if isinstance(outcome, Delivered):
            return Finish("sent")
        if isinstance(outcome, Deferred):
            return outbox.retry(message["attempts"] + 1, outcome.reason, self._clock())
        return Finish("failed" if isinstance(outcome, Rejected) else "unknown", outcome.reason)

    def _let_go(self) -> None:
        """Release the leases of messages that were claimed but not begun, so that another worker can claim them."""
        self._queue.release(self._holding, self._owner)
        self._holding = []

    def _leave(self) -> None:
        """Store the last outcomes, release the leases and close the connection."""
        try:
            self._settle()
            self._let_go()
        except StoreUnavailable as error:
            log.warning("stream %s ends with its leases held: %s", self._queue.stream, error.reason)
        self._transport.close()
