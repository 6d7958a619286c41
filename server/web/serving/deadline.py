"""Cancels requests that wait too long, with one timer for all of them.

All may wait equally long, so the first to begin is the first to expire. asyncio's own timeouts set a timer for each request, which costs
a fortieth of an answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

T = TypeVar("T")


class Deadline:
    """A time limit of `seconds` for each task that waits on one event loop."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._ends: dict[asyncio.Task[Any], float] = {}  # in the order in which they expire
        self._timer: asyncio.TimerHandle | None = None

    async def of(self, awaitable: Awaitable[T]) -> T:
        """Await `awaitable` and return its result. Raises TimeoutError after `seconds`."""
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task, "a coroutine is awaited in a task"  # noqa: S101
        self._ends[task] = end = loop.time() + self._seconds
        if self._timer is None:
            self._timer = loop.call_at(end, self._look)
        try:
            return await awaitable
        except asyncio.CancelledError:
            if task in self._ends:
                raise  # cancelled by another caller, not by the deadline
            task.uncancel()
            raise TimeoutError from None
        finally:
            self._ends.pop(task, None)

    def end(self) -> None:
        """Expire the time of all waiting tasks now."""
        waiting, self._ends = list(self._ends), {}
        for task in waiting:
            task.cancel()

    def _look(self) -> None:
        loop, self._timer = asyncio.get_running_loop(), None
        for task, end in list(self._ends.items()):
            if end > loop.time():
                self._timer = loop.call_at(end, self._look)
                return
            del self._ends[task]
            task.cancel()
