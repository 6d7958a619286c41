"""Limits the pace of a stream over all of its connections in this process: under a lock, each message reserves the next even turn."""

from __future__ import annotations

import threading
import time


class RateLimit:
    """A limit of `per_second` turns, evenly spaced; 0 means no limit. It may be changed while other threads wait for turns."""

    def __init__(self, per_second: int) -> None:
        self.per_second = per_second
        self._next = 0.0
        self._lock = threading.Lock()

    def turn(self, stop: threading.Event) -> bool:
        """Wait for the next free turn; False when `stop` was set first."""
        per_second = self.per_second  # read once, because another thread may change it
        if not per_second:
            return not stop.is_set()
        with self._lock:
            mine = max(self._next, time.monotonic())
            self._next = mine + 1 / per_second
        return not stop.wait(max(0.0, mine - time.monotonic()))
