"""The short form of the range; `python -m tests.range` draws 200,000 mails, and drives browsers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from server.capture.rules import Rules
from tests.conftest import SQLITE_FIRST
from tests.range import over_http, person, straight, tally
from tests.range.person import Seen
from tests.range.town import town

TRACES, OVER_HTTP = 3_000, 40


def test_no_machine_that_can_be_told_counts_and_no_person_is_lost() -> None:
    found = tally.run(TRACES // 2, TRACES // 2, seed=7, processes=1)
    assert found.failures() == []


def test_without_the_budget_machines_stand_that_can_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the range sees what it is there to see."""
    blind = Rules(https=True, corrections_a_question=99, corrections_a_mail=99)
    traces = straight.drawn(300, 0, seed=7)
    assert tally.tally(straight.play(trace, blind) for trace in traces).standing.total() > 10


@pytest.mark.parametrize("engine", SQLITE_FIRST, indirect=True)
def test_the_same_verdicts_over_http(database: str, tmp_path: Path, now: int) -> None:
    traces = straight.drawn(OVER_HTTP // 2, OVER_HTTP // 2, seed=7)
    with town(database, tmp_path, OVER_HTTP, now) as place:
        verdicts = over_http.play(place, traces)
    assert (
        list(
            over_http.differences(
                traces, verdicts, [straight.play(replace(trace, crowds={})).verdicts for trace in traces]
            )
        )
        == []
    )


def test_what_a_person_does_breaks_no_bound_and_each_bound_can_be_broken() -> None:
    def answers(*options: str, gap: float = 30, **more: Any) -> list[Seen]:
        return [
            Seen(at * gap, "answer", "v", question="q", option=o, page=f"p{at}", **more) for at, o in enumerate(options)
        ]

    assert person.broken_at(answers("a", "b", touched=True), "q") is None
    assert person.broken_at(answers("a", "b", "a", touched=True), "q") == 60
    assert person.broken_at(answers("a", "b", "a"), "q") == 60
    assert person.broken_at(answers("a", program=True), "q") == 0
    quick = [
        Seen(0, "open", "v", question="q", option="a", page="q"),
        Seen(0.5, "answer", "v", question="q", option="a", page="q"),
        Seen(9, "open", "v", question="r", option="a", page="r"),
        Seen(9.5, "answer", "v", question="r", option="a", page="r"),
    ]
    assert person.broken_at(quick, "qr") == 9.5
