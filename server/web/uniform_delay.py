"""A link that leads nowhere is answered after the same time whether it never was, has expired or was erased.

Erased ones are looked for in the database and the others are not, which anybody could measure. So the answer waits for a moment
that has nothing to do with how long it took. The loop's own timer counts in milliseconds, from when it is asked, and would let through
what it is there to hide; a thread that sleeps to a given moment does not.
"""

from __future__ import annotations

import asyncio
import threading
import time
from queue import SimpleQueue

LEADS_NOWHERE = "acto.leads_nowhere"  # set in the environ of a request whose link does
SECONDS = 0.025  # longer than any of them takes on a server that is not overloaded; else the next multiple


class Nowhere:
    """One thread for all that wait; they wait for the same time, so they leave in the order they came."""

    def __init__(self) -> None:
        self._waiting: SimpleQueue[tuple[float, asyncio.AbstractEventLoop, asyncio.Future[None]]] = SimpleQueue()
        threading.Thread(target=self._run, name="nowhere", daemon=True).start()

    async def wait(self, began: float) -> None:
        """Until SECONDS, or a multiple, after `began` (time.perf_counter)."""
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
    if not done.done():  # else who waited has gone
        done.set_result(None)
