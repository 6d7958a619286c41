"""A clock that stands where it is put, in place of the one the views ask."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from server.web import state


@dataclass
class Clock:
    """`now` in milliseconds UTC."""

    now: int


@contextmanager
def driven(now: int) -> Iterator[Clock]:
    """While the block lasts every view asks this clock."""
    clock = Clock(now)
    with state.driven(lambda: clock.now):
        yield clock
