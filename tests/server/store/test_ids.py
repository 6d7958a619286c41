"""Ids are short, ordered by time, and never meet."""

import re

from hypothesis import given
from hypothesis import strategies as st

from server.store import new_id

MOMENTS = st.integers(min_value=0, max_value=(1 << 50) - 1)


@given(MOMENTS)
def test_an_id_is_twenty_characters_none_of_them_easy_to_misread(moment: int) -> None:
    assert re.fullmatch(r"[0-9a-hjkmnp-tv-z]{20}", new_id(moment))


@given(MOMENTS, MOMENTS)
def test_ids_sort_as_their_moments_do(one: int, other: int) -> None:
    if one != other:
        assert (new_id(one) < new_id(other)) == (one < other)


def test_ids_of_the_same_millisecond_differ(now: int) -> None:
    assert len({new_id(now) for _ in range(10_000)}) == 10_000
