"""Runs the worker: threads with SMTP connections of their own for each stream, and periodic hooks about once a second.

Streams share no connection, so that trouble on one never delays another. A hook that fails is called again and stops no other.
"""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from server.sending import endpoint, outbox, pace
from server.sending.connection_worker import ConnectionWorker
from server.sending.preparing import Compose
from server.sending.queues import Messages, Queue
from server.sending.rate_limit import RateLimit
from server.sending.transport import Transport
from server.settings import Settings
from server.store import Store, StoreUnavailable, new_id

log = logging.getLogger("acto.sending")
Hook = Callable[[int], object]
PACE_EVERY_MS = 60_000


def clock() -> int:
    """Return the time in milliseconds UTC."""
    return time.time_ns() // 1_000_000


def stop_on_signals(stop: threading.Event) -> None:
    """Set `stop` on SIGTERM and SIGINT: the current messages are finished, the others stay queued. Main thread only."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())


class Worker:
    """Sends due messages until it is stopped. Any number of workers may share a database, because they claim rows through
    leases.

    `compose(message, contact, now)` writes one message; the text of its exception becomes the reason of that message.
    `every_second` are called one after another with now (ms), about once a second. `beside` are queues that use a stream's mail
    server and pace on a connection of their own, so that a long campaign does not delay them.
    """

    def __init__(
        self,
        store: Store,
        settings: Settings,
        compose: Compose,
        every_second: Sequence[Hook] = (),
        clock: Callable[[], int] = clock,
        beside: Sequence[Queue[Any]] = (),
    ) -> None:
        self._store, self._settings, self._compose, self._clock = store, settings, compose, clock
        self._hooks: tuple[Hook, ...] = (lambda now: outbox.sweep(store, now), self._follow_paces, *every_second)
        self._limits = {name: RateLimit(0) for name in settings.streams}
        self._paces_read_at: int | None = None
        self._name, self._beside = new_id(clock()), beside

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set; return when every connection has finished its current message."""
        threads = [
            threading.Thread(target=worker.run, args=(stop,), name=f"send-{number}")
            for number, worker in enumerate(self._connection_workers())
        ]
        for thread in threads:
            thread.start()
        while not stop.wait(1.0):
            self._tick()
        for thread in threads:
            thread.join()

    def _connection_workers(self) -> list[ConnectionWorker[Any]]:
        settings, workers = self._settings, []
        self._follow_paces(self._clock())
        for name, stream in settings.streams.items():
            target, limit = endpoint.parse(stream.smtp_url), self._limits[name]
            messages = Messages(self._store, settings, self._compose, name)
            queues = [messages] * settings.connections + [each for each in self._beside if each.stream == name]
            for number, queue in enumerate(queues):
                transport = Transport(target, settings.message_id_domain, timeout_seconds=settings.lease_seconds / 2)
                workers.append(
                    ConnectionWorker(self._store, queue, self._clock, f"{self._name}/{name}/{number}", transport, limit)
                )
        return workers

    def _follow_paces(self, now: int) -> None:
        """Set the pace of each stream at the start and once a minute, because a sender is young for some weeks only."""
        if self._paces_read_at is not None and 0 <= now - self._paces_read_at < PACE_EVERY_MS:
            return
        with self._store.read() as tx:
            for name, limit in self._limits.items():
                limit.per_second = pace.of(tx, self._settings, name, now)
        self._paces_read_at = now

    def _tick(self) -> None:
        """Call the hooks. A hook that fails is called again in a second and does not prevent the others."""
        for hook in self._hooks:
            try:
                hook(self._clock())
            except StoreUnavailable as error:
                log.warning("a periodic job waits: %s", error.reason)
            except Exception:
                log.exception("a periodic job failed")
