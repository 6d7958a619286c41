"""Carries out imports beside the other work of a worker, until it is told to stop."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from server.contacts.imports import steps
from server.store import Store, StoreUnavailable

LOOK_SECONDS = 1.0
AT_ONCE_MS = 5_000  # of one import, so that another one that waits goes on too
_log = logging.getLogger(__name__)


def run(store: Store, country: str, clock: Callable[[], int], stop: threading.Event) -> None:
    """Work until `stop` is set. `country` completes telephone numbers without a prefix."""
    while not stop.is_set():
        try:
            waiting = steps.work(store, country, clock, clock() + AT_ONCE_MS)
        except StoreUnavailable as error:
            _log.warning("imports wait: %s", error.reason)
            waiting = 0
        if not waiting:
            stop.wait(LOOK_SECONDS)
