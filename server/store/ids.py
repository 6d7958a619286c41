"""Makes ids: short and ordered by time, so that an index grows at its end on both engines."""

import os
from functools import lru_cache

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford base32: no i, l, o, u to misread
_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]  # ten bits for each look-up
_HALF_BITS = 50
_DRAW_BYTES = 4096  # for 512 ids

# Random bits are drawn for many ids at once, because each system call releases the interpreter's lock and a busy thread waits to get it
# back.
_drawn: list[int] = []
os.register_at_fork(after_in_child=_drawn.clear)  # so that two processes do not make the same ids


def new_id(now_ms: int) -> str:
    """Make an id of 20 characters: 10 of time (ms since 1970, good until the year 37648), 10 random.

    Ids of the same millisecond are in no order.
    """
    return _half(now_ms) + _letters(_random())


def first_id(at_ms: int) -> str:
    """Return the lower bound of the ids made at a moment or later, to search for newer rows."""
    return _half(at_ms) + _FIRST


def _random() -> int:
    while True:  # another thread may take the bits that this one has drawn
        try:
            return _drawn.pop()
        except IndexError:
            _drawn.extend(bits >> 64 - _HALF_BITS for bits in memoryview(os.urandom(_DRAW_BYTES)).cast("Q"))


def _letters(bits: int) -> str:
    pairs = _PAIRS
    return f"{pairs[bits >> 40]}{pairs[bits >> 30 & 1023]}{pairs[bits >> 20 & 1023]}{pairs[bits >> 10 & 1023]}{pairs[bits & 1023]}"


_half = lru_cache(maxsize=64)(_letters)  # of time: many ids of a busy millisecond
_FIRST = _letters(0)
