"""Writes a log line for each request with its route in place of the path, so that no token, id, address or query is logged.

A thread of its own writes the lines, because a terminal or a pipe that nobody reads would block the event loop.
"""

from __future__ import annotations

import queue
import threading
from datetime import UTC, datetime
from typing import TextIO

from server.web.state import now_ms

WAITING_MAX = 10_000  # lines in the queue; further ones are dropped and counted until there is room
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
UNKNOWN = "-"  # the route of an unknown path, or of a request refused before its path was read


class RequestLog:
    """Writes lines to `stream` until the process ends."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._lost = stream, 0
        self._lines: queue.Queue[str] = queue.Queue(WAITING_MAX)
        threading.Thread(target=self._write, name="request-log", daemon=True).start()

    def add(self, method: str, route: str, status: int, seconds: float) -> None:
        """Queue the line of a request that took `seconds`. Never blocks."""
        at = datetime.fromtimestamp(now_ms() / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        said = method if method in METHODS else UNKNOWN
        try:
            self._lines.put_nowait(f"{at} {said} {route or UNKNOWN} {status} {seconds * 1000:.1f} ms\n")
        except queue.Full:
            self._lost += 1

    def _write(self) -> None:
        while True:
            line = self._lines.get()
            if self._lost:
                line, self._lost = f"{line}{self._lost} requests are missing here: nobody read the lines.\n", 0
            try:
                self._stream.write(line)
                self._stream.flush()
            except (OSError, ValueError):  # the stream is closed
                return
