"""What a spreadsheet would run stays text; numbers stay numbers."""

from __future__ import annotations

import pytest

from server.web.export import safe


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1+1", "--1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠A1"]
)
def test_a_formula_stays_text(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-5", "-5.25", "-5,25", "12", "Ana = Grace", "", "ana@example.com", "'=1"])
def test_what_is_none_stays_as_it_is(cell: str) -> None:
    assert safe(cell) == cell
