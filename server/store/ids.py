"""Ids: short, made by us, and ordered by time, so that an index grows at its end on both engines.

They are no secrets: what a stranger may name is signed.
"""

from functools import lru_cache
from random import getrandbits

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford base32: no i, l, o, u to misread
_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]  # ten bits a look-up: half the work
_HALF_BITS = 50


def new_id(now_ms: int) -> str:
    """20 characters: 10 of time (ms since 1970, good until the year 37648), 10 random.

    Ids of one millisecond are in no order among themselves. The randomness is this process's own generator, which the system has
    seeded: to ask the system each time gives the interpreter's lock away, and the busiest thread waits to have it back.
    """
    return _half(now_ms) + _letters(getrandbits(_HALF_BITS))


def first_id(at_ms: int) -> str:
    """What no id of that moment or later comes before: where a search through what is newer begins."""
    return _half(at_ms) + _FIRST


def _letters(bits: int) -> str:
    pairs = _PAIRS
    return f"{pairs[bits >> 40]}{pairs[bits >> 30 & 1023]}{pairs[bits >> 20 & 1023]}{pairs[bits >> 10 & 1023]}{pairs[bits & 1023]}"


_half = lru_cache(maxsize=64)(_letters)  # of time: many ids of a busy millisecond
_FIRST = _letters(0)
