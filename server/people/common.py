"""The 30,000 passwords that leaked most often. The one door to zxcvbn, whose list it is; what it estimates is not asked."""

from __future__ import annotations

from functools import lru_cache

LEAST_CHARACTERS = 6  # a shorter one says nothing of what it stands in


@lru_cache
def passwords() -> frozenset[str]:
    """In lower case. Read when somebody first sets a password: nothing else waits for a megabyte of words."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(word for word in FREQUENCY_LISTS["passwords"] if len(word) >= LEAST_CHARACTERS)
