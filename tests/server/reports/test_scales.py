"""The one number of a scale: the Net Promoter Score of Reichheld, and a mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.reports import scales
from server.reports.scales import Nps, Week

MARKS = st.dictionaries(st.integers(0, 10), st.integers(1, 1000))


@pytest.mark.parametrize(
    ("marks", "found"),
    [
        ({10: 1}, Nps(100, 1, 0, 0)),
        ({0: 3, 6: 2}, Nps(-100, 0, 0, 5)),
        ({7: 4, 8: 4}, Nps(0, 0, 8, 0)),
        ({9: 7, 8: 2, 3: 1}, Nps(60, 7, 2, 1)),
        ({10: 1, 8: 1, 6: 1}, Nps(0, 1, 1, 1)),
    ],
)
def test_the_score_is_promoters_less_detractors(marks: dict[int, int], found: Nps) -> None:
    assert scales.nps(marks) == found


@given(MARKS)
def test_everybody_is_one_of_three_and_the_score_stays_on_its_scale(marks: dict[int, int]) -> None:
    found = scales.nps(marks)
    if not marks:
        assert found is None
        return
    assert found and found.people == sum(marks.values())
    assert -100 <= found.score <= 100
    mirrored = scales.nps(
        {mark + 1 if mark in (6, 8) else mark: people for mark, people in marks.items() if mark != 10}
    )
    assert mirrored is None or mirrored.people <= found.people


def test_nobody_has_no_score_and_no_mean() -> None:
    assert scales.nps({}) is None and scales.nps({5: 0}) is None
    assert scales.mean({}) is None


def test_a_mean_counts_people() -> None:
    assert scales.mean({5: 3, 1: 1}) == 4.0


def test_a_trend_has_the_score_of_each_week_in_order() -> None:
    rows = [(700, 10, 3), (0, 9, 1), (0, 0, 1), (700, 6, 1)]
    assert scales.trend(rows) == [Week(0, 0, 2), Week(700, 50, 4)]
