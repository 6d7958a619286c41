"""Keeps the html of previews of typed, unsaved text until their frames ask for it, in the memory of this process, which is bounded."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

MOST_CHARACTERS = (
    20_000_000  # of all pictures together; the oldest are dropped first, and the next preview makes them again
)


class TypedPictures:
    """Stores pictures by user and content; a user gets only their own."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._busy: set[str] = set()
        self._characters = 0
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, user_id: str) -> Iterator[bool]:
        """Yield whether this user may have a picture made now: one at a time for each user, so that threads stay free for others."""
        with self._lock:
            free = user_id not in self._busy
            self._busy.add(user_id)
        try:
            yield free
        finally:
            if free:
                with self._lock:
                    self._busy.discard(user_id)

    def keep(self, user_id: str, html: str) -> str:
        """Keep a picture; returns the key that its frame asks for."""
        key = hashlib.sha256(html.encode("utf-8", "replace")).hexdigest()[:32]
        with self._lock:
            self._characters += len(html) - len(self._kept.pop((user_id, key), ""))
            self._kept[user_id, key] = html
            while self._characters > MOST_CHARACTERS and len(self._kept) > 1:
                self._characters -= len(self._kept.popitem(last=False)[1])
        return key

    def get(self, user_id: str, key: str) -> str | None:
        """Return the picture; None if it is no longer kept."""
        with self._lock:
            return self._kept.get((user_id, key))
