"""Whether two samples of times can be told apart: the rank-sum test (Mann and Whitney 1947), by its normal approximation."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

CERTAIN = 4.0  # standard errors: by chance once in sixteen thousand comparisons


def apart(one: Sequence[float], other: Sequence[float]) -> float:
    """How many standard errors their ranks lie apart."""
    ordered = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    ranks = sum(place for place, (_, which) in enumerate(ordered, start=1) if which == 0)
    first, second = len(one), len(other)
    expected = first * (first + second + 1) / 2
    return abs(ranks - expected) / sqrt(first * second * (first + second + 1) / 12)
