"""Ids are short, ordered by time, and never meet."""

import os
import re
from concurrent.futures import ThreadPoolExecutor

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


def test_threads_and_forked_processes_make_no_id_twice() -> None:
    """Of one moment: nothing but chance keeps them apart."""

    def some(_: int) -> list[str]:
        return [new_id(1_700_000_000_000) for _ in range(2_000)]

    new_id(1_700_000_000_000)  # something is drawn already
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        os.write(writes, " ".join(some(0)[:500]).encode())
        os._exit(0)
    os.close(writes)
    with ThreadPoolExecutor(8) as pool, os.fdopen(reads) as theirs:
        made = [each for made in pool.map(some, range(8)) for each in made] + theirs.read().split()
    os.waitpid(child, 0)
    assert len(made) == len(set(made)) == 16_500
