"""Delivers finished store writes to the event loop, one wake-up per commit group.

A wake-up is a system call. One for each answer would delay the store's writer, which would make them all before it began the next group.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

StoreOutcome = Callable[[], Any]


class Landing:
    """Delivers outcomes from other threads to the coroutines of one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop, self._woken = loop, False
        self._landed: deque[tuple[asyncio.Future[StoreOutcome], StoreOutcome]] = deque()

    async def of(self, start: Callable[[Callable[[StoreOutcome], None]], None]) -> StoreOutcome:
        """Call `start(then)` and wait until a thread calls `then(outcome)`; return the outcome. `start` must return at once."""
        arrives: asyncio.Future[StoreOutcome] = self._loop.create_future()
        start(partial(self._land, arrives))
        return await arrives

    def _land(self, arrives: asyncio.Future[StoreOutcome], outcome: StoreOutcome) -> None:
        self._landed.append((arrives, outcome))
        # No outcome is missed, because it is appended before this test and `_hand_out` clears the mark before it reads.
        if not self._woken:
            self._woken = True
            with suppress(RuntimeError):  # the loop is closed, so nothing waits for the outcome
                self._loop.call_soon_threadsafe(self._hand_out)

    def _hand_out(self) -> None:
        self._woken = False
        while self._landed:
            arrives, outcome = self._landed.popleft()
            if not arrives.done():  # else the request was cancelled
                arrives.set_result(outcome)
