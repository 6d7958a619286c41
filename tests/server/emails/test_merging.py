"""Merging: nothing that somebody wrote is lost, whatever both have done."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.emails import merging

TEXTS = st.lists(st.sampled_from(["<mj-text>", "</mj-text>", "", "uno", "dos", "tres"]), max_size=12).map("\n".join)


def lines(text: str) -> Counter[str]:
    return Counter(text.split("\n"))


@given(TEXTS, TEXTS, TEXTS)
def test_every_line_that_somebody_added_is_in_the_merge(base: str, theirs: str, mine: str) -> None:
    merged, _ = merging.texts(base, theirs, mine)
    for written in (theirs, mine):
        added = set(lines(written)) - set(lines(base))
        assert added <= set(lines(merged))


@given(TEXTS, TEXTS)
def test_the_change_of_one_alone_is_the_merge(base: str, changed: str) -> None:
    assert merging.texts(base, changed, base) == (changed, 0)
    assert merging.texts(base, base, changed) == (changed, 0)
    assert merging.texts(base, changed, changed) == (changed, 0)


@given(TEXTS, TEXTS, TEXTS)
def test_a_clash_shows_both_versions(base: str, theirs: str, mine: str) -> None:
    merged, clashes = merging.texts(base, theirs, mine)
    signs = (merging.THEIRS, merging.BETWEEN, merging.MINE)
    assert [lines(merged)[sign] for sign in signs] == [clashes] * 3


@given(TEXTS, TEXTS)
def test_the_difference_has_each_line_that_differs(theirs: str, mine: str) -> None:
    rows = merging.difference(theirs, mine)
    gone, new = (Counter(line for sign, line in rows if sign == each) for each in "-+")
    assert lines(theirs) - gone + new == lines(mine)
    assert (gone, new) == (Counter(), Counter()) or theirs != mine


def test_two_people_who_changed_different_lines_get_both_changes() -> None:
    base = "a\nb\nc\nd\ne"
    assert merging.texts(base, "A\nb\nc\nd\ne", "a\nb\nc\nd\nE") == ("A\nb\nc\nd\nE", 0)


@pytest.mark.parametrize("line", ["</td>\n", "{}\n"])
def test_the_largest_files_are_merged_within_a_second(line: str) -> None:
    base = "".join(line.format(n) for n in range(200_000 // len(line) - 1))
    began = time.process_time()
    merging.merge({"a/b": base}, {"a/b": f"x\n{base}y"}, {"a/b": f"z\n{base[::-1]}w"})
    assert time.process_time() - began < 1


def test_a_file_that_one_of_them_removed_is_a_choice() -> None:
    [found] = merging.merge({"a/b": "x"}, {}, {"a/b": "x"})
    assert (found.theirs, found.mine, found.choice) == ("", "x", "theirs")
