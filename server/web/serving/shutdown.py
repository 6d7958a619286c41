"""Ends a web process within a second of SIGTERM: complete requests get their replies, incomplete ones are cut off.

Granian alone would wait for every open request, up to ten seconds for one that arrives line by line.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable

BUSY_SECONDS = 0.6  # for requests that are being served
WRITE_SECONDS = 0.1  # for their replies to be written
ROUND_SECONDS = 0.02


class Shutdown:
    """The end of one process. `busy` counts the requests being served, `hurry` cuts off incomplete ones, `close` releases the process's
    resources.
    """

    def __init__(self, busy: Callable[[], int], hurry: Callable[[], None], close: Callable[[], None]) -> None:
        self._busy, self._hurry, self._close = busy, hurry, close
        self._leaving: asyncio.Task[None] | None = None

    def listen(self, loop: asyncio.AbstractEventLoop) -> None:
        """Handle SIGTERM in place of Granian; Granian's handler for SIGINT stays."""
        loop.add_signal_handler(signal.SIGTERM, self._begin, loop)

    def _begin(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._leaving is None:
            os.kill(
                os.getpid(), signal.SIGINT
            )  # Granian takes no new connection, and ends by itself where all are complete
            self._hurry()
            self._leaving = loop.create_task(self._leave(loop.time() + BUSY_SECONDS))

    async def _leave(self, over: float) -> None:
        while self._busy() and asyncio.get_running_loop().time() < over:
            await asyncio.sleep(ROUND_SECONDS)
        await asyncio.sleep(WRITE_SECONDS)
        self._close()
        os._exit(0)
