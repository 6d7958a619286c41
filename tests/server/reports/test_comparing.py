"""Two shares compared: intervals as the textbooks have them, and no verdict that chance could have given."""

from __future__ import annotations

import pytest

from server.reports import comparing


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_a_share_has_wilsons_interval(part: int, whole: int, low: float, high: float) -> None:
    """The examples of Newcombe 1998, table I, method 3."""
    share = comparing.share(part, whole)
    assert [share.low, share.high] == pytest.approx([low, high], abs=1e-4)


def test_the_difference_of_two_has_newcombes_interval() -> None:
    """His example (a) of the second paper: 56/70 against 48/80, method 10."""
    found = comparing.difference(comparing.share(48, 80), comparing.share(56, 70))
    assert [found.low, found.high] == pytest.approx([0.0524, 0.3339], abs=1e-4)
    assert found.sure


def test_few_people_decide_nothing() -> None:
    assert not comparing.difference(comparing.share(1, 5), comparing.share(3, 5)).sure
    assert not comparing.difference(comparing.share(0, 0), comparing.share(3, 5)).sure
