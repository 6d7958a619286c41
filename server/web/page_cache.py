"""Caches recipients' pages as templates: renders each page once and fills in each recipient's own token, page nonce and masked address.

A campaign opens the same few pages ten thousand times: one for each link of the mail, and one for each answer. A page whose texts name
the person is not cached.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Hashable, Mapping
from threading import Lock

from markupsafe import escape

MOST = 4_000  # pages of some kilobytes
Key = tuple[Hashable, ...]
Holes = Mapping[str, str]  # the values that differ between recipients, by name; an empty one may change the page
Pieces = list[str]  # text and names of holes, alternating


class PageCache:
    """The cached pages of one application, since its settings are part of every page. Safe to use from many threads.

    `stamp` returns the id of the brand, which is part of every page as well.
    """

    def __init__(self, stamp: Callable[[], str] = str) -> None:
        self._stamp = stamp
        self._kept: dict[Key, Pieces] = {}
        self._lock = Lock()

    def of(self, key: Key | None, holes: Holes) -> str | None:
        """Return the page with the holes filled in, or None if it is not cached."""
        pieces = self._kept.get(self._whole(key, holes)) if key else None
        return _filled(pieces, holes) if pieces else None

    def page(self, key: Key | None, holes: Holes, render: Callable[[Holes], str]) -> str:
        """Return the page, from the cache or else from `render`, which is called with placeholders. Without a
        key the page is not cached.
        """
        if key is None:
            return render(holes)
        whole = self._whole(key, holes)
        pieces = self._kept.get(whole)
        if pieces is None:
            marks = {name: f"hole{secrets.token_hex(12)}{name}" if value else "" for name, value in holes.items()}
            pieces = _pieces(render(marks), marks)
            with self._lock:
                if len(self._kept) >= MOST:
                    self._kept.clear()
                self._kept[whole] = pieces
        return _filled(pieces, holes)

    def _whole(self, key: Key, holes: Holes) -> Key:
        return (*key, self._stamp(), *(bool(value) for value in holes.values()))


def _pieces(page: str, marks: Mapping[str, str]) -> Pieces:
    names = {mark: name for name, mark in marks.items() if mark}
    parts = re.split("(" + "|".join(map(re.escape, names)) + ")", page)
    return [names.get(part, part) for part in parts]


def _filled(pieces: Pieces, holes: Holes) -> str:
    texts = {name: str(escape(value)) for name, value in holes.items()}
    return "".join(texts[piece] if place % 2 else piece for place, piece in enumerate(pieces))
