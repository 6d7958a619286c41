"""Counts tries per key in one process and in bounded memory, for rate limits: `Limit` for a few tries, `Pace` for many requests."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict, deque

KEYS_MAX = 10_000  # above it the least recently used key is dropped, so that a flood of keys cannot exhaust the memory


class Limit:
    """A sliding-window limit of `most` tries in `seconds` for each key. Safe to use from many threads."""

    def __init__(self, most: int, seconds: int) -> None:
        self._most, self._seconds = most, seconds
        self._tries: OrderedDict[bytes, deque[int]] = OrderedDict()
        self._lock = threading.Lock()

    def wait_seconds(self, key: str, now_ms: int) -> int:
        """Return 0 if another try is allowed, else the seconds until it is. Count nothing."""
        with self._lock:
            return self._wait(self._recent(_short(key), now_ms), now_ms)

    def take(self, key: str, now_ms: int) -> int:
        """Count a try and return 0 if one is allowed, else return the seconds until it is. Check and count under one lock."""
        with self._lock:
            wait = self._wait(self._recent(_short(key), now_ms), now_ms)
            if not wait:
                self._note(key, now_ms)
            return wait

    def note(self, key: str, now_ms: int) -> None:
        """Count a try."""
        with self._lock:
            self._note(key, now_ms)

    def forget(self, key: str) -> None:
        """Drop the tries of a key, because one of them succeeded."""
        with self._lock:
            self._tries.pop(_short(key), None)

    def give_back(self, key: str) -> None:
        """Take back the last try of a key."""
        with self._lock:
            tries = self._tries.get(_short(key))
            if tries:
                tries.pop()

    def _note(self, key: str, now_ms: int) -> None:
        tries = self._tries.setdefault(_short(key), deque(maxlen=self._most))
        tries.append(now_ms)
        self._tries.move_to_end(_short(key))
        while len(self._tries) > KEYS_MAX:
            self._tries.popitem(last=False)

    def _wait(self, tries: deque[int], now_ms: int) -> int:
        return 0 if len(tries) < self._most else max(1, self._seconds - (now_ms - tries[0]) // 1000)

    def _recent(self, key: bytes, now_ms: int) -> deque[int]:
        tries = self._tries.get(key, deque())
        while tries and tries[0] <= now_ms - self._seconds * 1000:
            tries.popleft()
        return tries


def _short(key: str) -> bytes:
    """Hash a key to sixteen bytes, so that long names from outside do not take memory."""
    return hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=16).digest()


class Pace:
    """A steady rate (GCRA): `most` requests in `seconds` for each key, in a burst or spread. Keeps one number a key."""

    def __init__(self, most: int, seconds: int) -> None:
        self._window_ms, self._step_ms = seconds * 1000, seconds * 1000 / max(1, most)
        self._due: OrderedDict[tuple[str, str], float] = OrderedDict()
        self._lock = threading.Lock()

    def wait_seconds(self, key: tuple[str, str], now_ms: int) -> int:
        """Count a request and return 0 if it may pass; else return the seconds until the next may."""
        with self._lock:
            due = max(self._due.get(key, 0.0), now_ms) + self._step_ms
            if due - now_ms > self._window_ms:
                return max(1, round((due - now_ms - self._window_ms) / 1000))
            self._due[key] = due
            self._due.move_to_end(key)
            if len(self._due) > KEYS_MAX:
                self._due.popitem(last=False)
            return 0
