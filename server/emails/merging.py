"""Merges the files of two people who saved from the same revision, line by line. No line that either of them wrote is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

Files = Mapping[str, str]
Choice = Literal["theirs", "mine", "merged"]
THEIRS, BETWEEN, MINE = "<<<<<<<", "=======", ">>>>>>>"  # around a place that both changed
MOST_LINES, MOST_PAIRS = 5_000, 2_000_000  # more takes difflib too long; then the whole file is one place
CONTEXT = 2  # unchanged lines around a difference


class FileMerge(NamedTuple):
    """A file that differs between the two. `choice` is what to propose; `clashes` counts the places that both changed.

    `difference` has lines with a sign: "-" for theirs, "+" for mine, " " for both, "…" for unchanged lines that are left out.
    """

    path: str
    theirs: str
    mine: str
    merged: str
    clashes: int
    choice: Choice
    difference: list[tuple[str, str]]


def merge(base: Files, theirs: Files, mine: Files) -> list[FileMerge]:
    """Return each file that differs between the two, by path."""
    return [_file(path, *(files.get(path, "") for files in (base, theirs, mine))) for path in differing(theirs, mine)]


def differing(theirs: Files, mine: Files) -> list[str]:
    """Return the paths of the files that differ between the two."""
    return sorted(path for path in theirs.keys() | mine.keys() if theirs.get(path) != mine.get(path))


def texts(base: str, theirs: str, mine: str) -> tuple[str, int]:
    """Return both changes in one text, and the number of places that both changed; those have both versions between marks."""
    lines, clashes = list[str](), 0
    old, one, two = (text.split("\n") for text in (base, theirs, mine))
    for was, left, right in _chunks(old, one, two):
        if left == right or was == right:
            lines += left
        elif was == left:
            lines += right
        else:
            clashes += 1
            lines += [THEIRS, *left, BETWEEN, *right, MINE]
    return "\n".join(lines), clashes


def difference(theirs: str, mine: str) -> list[tuple[str, str]]:
    """Return the lines that differ from theirs to mine, with the lines around them."""
    one, two = theirs.split("\n"), mine.split("\n")
    rows, at, across = list[tuple[str, str]](), 0, 0
    for start, there, size in [*_blocks(one, two), (len(one), len(two), 0)]:
        changed = [*(("-", line) for line in one[at:start]), *(("+", line) for line in two[across:there])]
        same = [(" ", line) for line in one[start : start + size]]
        rows += changed + _shortened(same, first=not rows and not changed, last=start + size == len(one))
        at, across = start + size, there + size
    return rows


def _file(path: str, base: str, theirs: str, mine: str) -> FileMerge:
    merged, clashes = texts(base, theirs, mine)
    choice: Choice = "theirs" if mine == base else "mine" if theirs == base else "merged"
    return FileMerge(path, theirs, mine, merged, clashes, choice, difference(theirs, mine))


def _shortened(same: list[tuple[str, str]], first: bool, last: bool) -> list[tuple[str, str]]:
    """Return the unchanged lines beside a difference, without those in the middle."""
    before, after = 0 if first else CONTEXT, 0 if last else CONTEXT
    if len(same) <= before + after + 1:
        return same
    return [*same[:before], ("…", ""), *same[len(same) - after :]]


def _chunks(base: list[str], one: list[str], two: list[str]) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """Yield (base, one, two) for each stretch of lines, in order: those that all three have, and those between them."""
    at = at_one = at_two = 0
    for start, end, in_one, in_two in [*_common(base, one, two), (len(base), len(base), len(one), len(two))]:
        if (at, at_one, at_two) != (start, in_one, in_two):
            yield base[at:start], one[at_one:in_one], two[at_two:in_two]
        if end > start:
            yield base[start:end], base[start:end], base[start:end]
        at, at_one, at_two = end, in_one + end - start, in_two + end - start


def _common(base: list[str], one: list[str], two: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield (start, end, in one, in two) of the lines of base that both still have."""
    left, right = _blocks(base, one), _blocks(base, two)
    i = j = 0
    while i < len(left) and j < len(right):
        (a, in_one, a_size), (b, in_two, b_size) = left[i], right[j]
        start, end = max(a, b), min(a + a_size, b + b_size)
        if start < end:
            yield start, end, in_one + start - a, in_two + start - b
        if a + a_size < b + b_size:
            i += 1
        else:
            j += 1


def _blocks(one: Sequence[str], two: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return (in one, in two, size) of the stretches that both have, in order. An equal beginning and end are compared once."""
    shorter = min(len(one), len(two))
    head = next((n for n in range(shorter) if one[n] != two[n]), shorter)
    tail = next((n for n in range(shorter - head) if one[-1 - n] != two[-1 - n]), shorter - head)
    left, right = one[head : len(one) - tail], two[head : len(two) - tail]
    found = [(head + a, head + b, size) for a, b, size in _matched(left, right)]
    return [each for each in [(0, 0, head), *found, (len(one) - tail, len(two) - tail, tail)] if each[2]]


def _matched(one: Sequence[str], two: Sequence[str]) -> Sequence[tuple[int, int, int]]:
    times, others = Counter(one), Counter(two)
    pairs = sum(number * others[line] for line, number in times.items())
    if max(len(one), len(two)) > MOST_LINES or pairs > MOST_PAIRS:
        return []
    return SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
