"""Times as people read them: each by itself, and by the day, which is then said once."""

from __future__ import annotations

from datetime import datetime

import pytest

from builder import times
from builder.source import LANGUAGES

FIRST, SECOND, THIRD = "2026-12-03T10:00-05:00", "2026-12-03T15:30-05:00", "2026-12-04T09:00-05:00"


@pytest.mark.parametrize("language", LANGUAGES)
def test_times_are_told_by_the_day_and_nothing_of_them_is_lost(language: str) -> None:
    said = [(each, times.written(datetime.fromisoformat(each), language)) for each in (FIRST, SECOND, THIRD)]
    found = times.by_day([*said, ("none", "None of these")])
    assert [[hour.short for hour in day] for day in found.days.values()] == [["10:00", "15:30"], ["09:00"]]
    assert found.values == {FIRST, SECOND, THIRD} and found.zone == "UTC−5"
    assert [hour.whole for day in found.days.values() for hour in day] == [whole for _, whole in said]


def test_where_the_clocks_change_between_two_times_each_says_its_zone() -> None:
    two = ("2026-10-24T10:00+02:00", "2026-10-26T10:00+01:00")
    found = times.by_day((each, times.written(datetime.fromisoformat(each), "es")) for each in two)
    assert [day[0].short for day in found.days.values()] == ["10:00 (UTC+2)", "10:00 (UTC+1)"] and not found.zone
