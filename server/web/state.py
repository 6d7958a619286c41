"""What every view may need, and the clock: views and workers alone ask what time it is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from flask import current_app

from builder.tokens import Keyring
from server.capture.hit_buffer import HitBuffer
from server.capture.rules import Rules
from server.settings import Settings
from server.store import Store
from server.web.floods import Floods
from server.web.page_cache import PageCache

STORY_MARK = "story"  # a file in the data folder: what stands here was played, and nobody is real


@dataclass(frozen=True)
class State:
    settings: Settings
    store: Store
    keyring: Keyring
    hit_buffer: HitBuffer
    rules: Rules
    floods: Floods
    page_cache: PageCache = field(default_factory=PageCache)
    limits: dict[str, Any] = field(default_factory=dict)  # what counts tries, by what is tried

    @property
    def inbox_dir(self) -> Path:
        """Where the local mail server of the demo keeps what it received."""
        return Path(self.settings.data_dir) / "inbox"

    @property
    def played(self) -> bool:
        return (Path(self.settings.data_dir) / STORY_MARK).exists()


def state() -> State:
    return cast(State, current_app.extensions["acto"])


def now_ms() -> int:
    """Milliseconds UTC."""
    return _clock()


def _real() -> int:
    return time.time_ns() // 1_000_000


_clock = _real


@contextmanager
def driven(clock: Callable[[], int]) -> Iterator[None]:
    """While the block lasts every view of this process asks `clock`: for what is played."""
    global _clock
    before, _clock = _clock, clock
    try:
        yield
    finally:
        _clock = before
