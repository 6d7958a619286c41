"""Holds the objects that every view uses (settings, store, keys, caches), and the clock of the web side.

Only views and workers ask the clock; the domain is passed `now`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from flask import current_app

from builder.tokens import Keyring
from server.branding.kept import KeptBrand
from server.capture.hit_buffer import HitBuffer
from server.capture.rules import Rules
from server.settings import Settings
from server.store import Store
from server.web.floods import Floods
from server.web.page_cache import PageCache
from server.web.typed_pictures import TypedPictures

STORY_MARK = "story"  # a file in the data folder that marks a demo: its people and answers are made up


@dataclass(frozen=True)
class State:
    """The objects that one application shares between its requests."""

    settings: Settings
    store: Store
    keyring: Keyring
    hit_buffer: HitBuffer
    rules: Rules
    floods: Floods
    brand: KeptBrand
    page_cache: PageCache = field(default_factory=PageCache)
    typed_pictures: TypedPictures = field(default_factory=TypedPictures)
    limits: dict[str, Any] = field(default_factory=dict)  # the counters of tries, by the name of what is tried

    @property
    def inbox_dir(self) -> Path:
        """The folder in which the local mail server of the demo keeps the mail it received."""
        return Path(self.settings.data_dir) / "inbox"

    @property
    def played(self) -> bool:
        """Return whether the store holds the made-up data of a demo."""
        return (Path(self.settings.data_dir) / STORY_MARK).exists()


def state() -> State:
    """Return the state of the current application."""
    return cast(State, current_app.extensions["acto"])


def now_ms() -> int:
    """Return the time in milliseconds since 1970, UTC."""
    return _clock()


def _real() -> int:
    return time.time_ns() // 1_000_000


_clock = _real


@contextmanager
def driven(clock: Callable[[], int]) -> Iterator[None]:
    """Replace the clock of every view in this process by `clock` while the block lasts, to play a demo at other times."""
    global _clock
    before, _clock = _clock, clock
    try:
        yield
    finally:
        _clock = before
