"""The short form; `python -m tests.states --sequences 10000` is the long one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.states import run


def test_no_sequence_of_what_may_happen_to_a_mail_makes_the_application_differ_from_its_model(tmp_path: Path) -> None:
    run.play(str(tmp_path / "acto.db"), sequences=30, number=7)


@pytest.mark.parametrize("fault", run.PLANTS)
def test_a_fault_that_is_planted_is_found(fault: str, tmp_path: Path) -> None:
    with run.planted(fault), pytest.raises((AssertionError, ExceptionGroup)):
        run.play(str(tmp_path / "acto.db"), sequences=60, number=7, shrink=False)
