"""A worker that runs while a test looks on."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from server.sending.delivery import Worker
from server.sending.preparing import Compose
from server.settings import Settings
from server.store import Store


@contextmanager
def working(store: Store, settings: Settings, compose: Compose, **more: Any) -> Iterator[threading.Event]:
    """Gives the event that stops it; it has ended when the block has."""
    stop = threading.Event()
    thread = threading.Thread(target=Worker(store, settings, compose, **more).run, args=(stop,))
    thread.start()
    try:
        yield stop
    finally:
        stop.set()
        thread.join(10)
        assert not thread.is_alive()


def wait_for(condition: Callable[[], object], seconds: float = 8.0) -> None:
    """Fails when it does not become true in time."""
    give_up = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < give_up, "it did not happen in time"
        time.sleep(0.01)
