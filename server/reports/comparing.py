"""Compares two shares: each with its interval, and whether the difference may be chance. Pure.

Wilson's score interval for one share, Newcombe's for the difference of two (Newcombe 1998, methods 3 and 10), at 95 %.
"""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

Z = 1.959964  # 95 %


class Share(NamedTuple):
    """`part` of `whole`, and the 95 % interval of the true share; all shares from 0 to 1."""

    part: int
    whole: int
    share: float
    low: float
    high: float


class Difference(NamedTuple):
    """The second share less the first; `sure` if its interval excludes zero."""

    difference: float
    low: float
    high: float
    sure: bool


def share(part: int, whole: int) -> Share:
    """Compute a share; its interval is 0 to 1 if `whole` is 0."""
    if whole <= 0:
        return Share(part, whole, 0.0, 0.0, 1.0)
    p, n, z2 = part / whole, whole, Z * Z
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z * sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return Share(part, whole, p, max(0.0, middle - half), min(1.0, middle + half))


def difference(first: Share, second: Share) -> Difference:
    """Compute the difference of two shares; its interval is -1 to 1 if one of them is of nobody."""
    d = second.share - first.share
    if not (first.whole and second.whole):
        return Difference(d, -1.0, 1.0, sure=False)
    low = d - sqrt((second.share - second.low) ** 2 + (first.high - first.share) ** 2)
    high = d + sqrt((second.high - second.share) ** 2 + (first.share - first.low) ** 2)
    return Difference(d, low, high, sure=low > 0 or high < 0)
