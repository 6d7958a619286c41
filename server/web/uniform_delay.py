"""Delays the reply to a link that leads nowhere until a multiple of SECONDS, so that its time does not tell why (constant time).

Only erased links are looked up in the database; without the delay a stranger could measure the difference to unknown and expired ones. A
thread sleeps until the exact moment, because the timer of the event loop counts in whole milliseconds from when it is set, which would
let the difference through.
"""

from __future__ import annotations

import asyncio
import threading
import time
from queue import SimpleQueue

LEADS_NOWHERE = "acto.leads_nowhere"  # set in the environ of a request whose link leads nowhere
SECONDS = 0.025  # longer than any of these requests takes on a server that is not overloaded


class Nowhere:
    """Wakes the waiting requests from one thread. All wait equally long, so a queue holds them in the order of their deadlines."""

    def __init__(self) -> None:
        self._waiting: SimpleQueue[tuple[float, asyncio.AbstractEventLoop, asyncio.Future[None]]] = SimpleQueue()
        threading.Thread(target=self._run, name="nowhere", daemon=True).start()

    async def wait(self, began: float) -> None:
        """Wait until a multiple of SECONDS after `began` (a value of time.perf_counter)."""
        if not SECONDS:
            return
        now = time.perf_counter()
        loop = asyncio.get_running_loop()
        done = loop.create_future()
        self._waiting.put((now + SECONDS - (now - began) % SECONDS, loop, done))
        await done

    def _run(self) -> None:
        while True:
            moment, loop, done = self._waiting.get()
            time.sleep(max(0.0, moment - time.perf_counter()))
            loop.call_soon_threadsafe(_release, done)


def _release(done: asyncio.Future[None]) -> None:
    if not done.done():  # else the request was cancelled
        done.set_result(None)
