"""A clock that stands where it is put, in place of the one the views ask."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from server.web import state


class Clock:
    """`now` in milliseconds UTC."""

    def __init__(self, now: int) -> None:
        self.now = now

    def time_ns(self) -> int:
        return self.now * 1_000_000


@contextmanager
def driven(now: int) -> Iterator[Clock]:
    """While the block lasts every view asks this clock."""
    clock, real = Clock(now), state.time
    state.time = clock  # type: ignore[assignment]
    try:
        yield clock
    finally:
        state.time = real
