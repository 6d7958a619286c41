"""One deadline for many: all may wait equally long, so who began first is over first, and one timer is enough for all of them.

A timeout of asyncio's makes a timer for each, which is what a fortieth of an answer costs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

T = TypeVar("T")


class Deadline:
    """Of one event loop; `seconds` for each."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._ends: dict[asyncio.Task[Any], float] = {}  # in the order in which they are over
        self._timer: asyncio.TimerHandle | None = None

    async def of(self, awaitable: Awaitable[T]) -> T:
        """What is awaited. Raises TimeoutError when it has not come by then."""
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task, "a coroutine is awaited in a task"  # noqa: S101
        self._ends[task] = end = loop.time() + self._seconds
        if self._timer is None:
            self._timer = loop.call_at(end, self._look)
        try:
            return await awaitable
        except asyncio.CancelledError:
            if task in self._ends:
                raise  # somebody else does not want it any more
            task.uncancel()
            raise TimeoutError from None
        finally:
            self._ends.pop(task, None)

    def end(self) -> None:
        """The time of all who wait is over now."""
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
