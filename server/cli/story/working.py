"""Runs a worker on the story's clock: mail is sent, answers are confirmed, flows and notices run."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from builder.tokens import Keyring
from server import signing
from server.booking import availability
from server.booking.notifications import Appointments
from server.capture import confirmation, left_open, rules
from server.flows.effect_worker import Effects
from server.notices.notice_queue import Notices
from server.qualify import rescoring
from server.sending import delivery, outbox
from server.sending.compose import composer
from server.settings import Settings
from server.store import Store

LOOK_SECONDS = 0.02


@contextmanager
def working(store: Store, settings: Settings, clock: Callable[[], int]) -> Iterator[Callable[[], None]]:
    """Yield `catch_up()`, which returns when nothing is due on the clock any more."""
    keyring, by = Keyring(signing.remember(store, settings, clock())), rules.of(settings)
    notices, effects = Notices(store, settings, keyring), Effects(store, settings, clock)
    appointments, stop = Appointments(store, settings, keyring), threading.Event()

    def catch_up() -> None:
        now = clock()
        left_open.settle_due(store, now, by)
        confirmation.confirm_due(store, now, by)
        rescoring.due(store, now)
        appointments(now)
        while effects.round():
            pass
        while _mail_waits(store, now):
            stop.wait(LOOK_SECONDS)

    worker = delivery.Worker(
        store, settings, composer(store, settings, keyring, availability.write_down), clock=clock, beside=[notices]
    )
    thread = threading.Thread(target=worker.run, args=(stop,))
    thread.start()
    try:
        yield catch_up
    finally:
        stop.set()
        thread.join()


def _mail_waits(store: Store, now: int) -> bool:
    with store.read() as tx:
        return tx.notices.is_on_its_way(now=now) is not None or any(
            stream["queued"] + stream["attempting"] for stream in outbox.counts(tx).values()
        )
