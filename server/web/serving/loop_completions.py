"""Where what the store's threads have done comes back to the event loop.

A group of answers is on the disk in one moment. The loop is woken once for all of them, and not once for each: that costs a
system call, and the writer would make them all before it began with the next group.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

Outcome = Callable[[], Any]


class Landing:
    """Of one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop, self._woken = loop, False
        self._landed: deque[tuple[asyncio.Future[Outcome], Outcome]] = deque()

    async def of(self, start: Callable[[Callable[[Outcome], None]], None]) -> Outcome:
        """`start(then)` begins something and returns; the outcome is what is given to `then`, by whatever thread."""
        arrives: asyncio.Future[Outcome] = self._loop.create_future()
        start(partial(self._land, arrives))
        return await arrives

    def _land(self, arrives: asyncio.Future[Outcome], outcome: Outcome) -> None:
        self._landed.append((arrives, outcome))
        if not self._woken:  # put down first, looked at second: whoever is woken clears the mark before it looks
            self._woken = True
            with suppress(RuntimeError):  # the loop is closed: nobody is left to be told
                self._loop.call_soon_threadsafe(self._hand_out)

    def _hand_out(self) -> None:
        self._woken = False
        while self._landed:
            arrives, outcome = self._landed.popleft()
            if not arrives.done():  # else who asked has gone
                arrives.set_result(outcome)
