"""Ids: short, made by us, and ordered by time, so that an index grows at its end on both engines."""

import os

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford base32: no i, l, o, u to misread
_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]  # ten bits a look-up: half the work
_RANDOM_BITS = 50
_PAIRS_IN_ID = 10


def new_id(now_ms: int) -> str:
    """20 characters: 10 of time (ms since 1970, good until the year 37648), 10 random.

    Ids of one millisecond are in no order among themselves.
    """
    bits = (now_ms << _RANDOM_BITS) | (int.from_bytes(os.urandom(7), "big") >> 56 - _RANDOM_BITS)
    return "".join([_PAIRS[bits >> shift & 1023] for shift in range(10 * _PAIRS_IN_ID - 10, -1, -10)])


def first_id(at_ms: int) -> str:
    """What no id of that moment or later comes before: where a search through what is newer begins."""
    bits = at_ms << _RANDOM_BITS
    return "".join([_PAIRS[bits >> shift & 1023] for shift in range(10 * _PAIRS_IN_ID - 10, -1, -10)])
