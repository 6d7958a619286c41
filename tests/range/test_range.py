"""The short form of the scanner range; `python -m tests.range` runs a thousand of each, on both engines."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.range import report
from tests.range.machines import MACHINES
from tests.range.people import PEOPLE
from tests.range.running import run
from tests.range.town import town

MACHINES_EACH, PEOPLE_EACH = 24, 24


def test_no_machine_is_confirmed_and_every_person_is(database: str, tmp_path: Path, now: int) -> None:
    with town(database, tmp_path, MACHINES_EACH + PEOPLE_EACH, now) as place:
        kinds = run(place, MACHINES, PEOPLE, (MACHINES_EACH, PEOPLE_EACH))
    assert report.failures(kinds, MACHINES) == []


@pytest.mark.parametrize("engine", ["sqlite"])
def test_without_patience_a_browser_that_clicks_is_confirmed_for_a_moment(
    database: str, tmp_path: Path, now: int
) -> None:
    """The control: the range sees what it is there to see."""
    name = "headless, hidden, clicks"
    with town(database, tmp_path, MACHINES_EACH, now, ACTO_PATIENCE_SECONDS="0") as place:
        kinds = run(place, {name: MACHINES[name]}, PEOPLE, (MACHINES_EACH, 0))
    assert kinds[name].confirmed
