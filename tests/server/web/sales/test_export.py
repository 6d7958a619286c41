"""What a spreadsheet would run stays text; numbers stay numbers."""

from __future__ import annotations

import csv
import io

import pytest

from server.contacts import contacts
from server.web.sales.export import safe, safe_within
from tests.server.world import World, csrf


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1+1", "--1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠A1"]
)
def test_a_formula_stays_text(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-5", "-5.25", "-5,25", "12", "Ana = Grace", "", "ana@example.com", "'=1"])
def test_what_is_none_stays_as_it_is(cell: str) -> None:
    assert safe(cell) == cell


@pytest.mark.parametrize(
    "cell",
    [
        ";=1+1",
        "Z;@SUM(1)",
        "a\n=1",
        'a;"=1"',
        "a\t＝1",
        "a; +1",
        "a,=1",
        "a\r\n-1+1",
        "a;\t@x",
        ";;=1",
        "a;－1;-2",
        "=1;=2",
    ],
)
def test_no_separator_within_a_cell_begins_a_formula(cell: str) -> None:
    """However the file is cut: by commas, as it is written, or by semicolons and tabs, which take the quotes for text."""
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL).writerow(["Ana", safe_within(safe(cell)), "x"])
    for separator in ",;\t":
        cells = [each for row in csv.reader(io.StringIO(line.getvalue()), delimiter=separator) for each in row]
        assert not [each for each in cells if each.lstrip(' "').startswith(tuple("=+@＝＋－＠"))]
    assert next(csv.reader([line.getvalue()]))[1].replace("'", "") == cell.replace("'", "")


@pytest.mark.parametrize("cell", ["a;-5;b", "Ana; Beto", "1,5", "a\n-5", "2026-12-09", "a = b; c", "uno, dos"])
def test_separators_before_anything_else_stay_as_they_are(cell: str) -> None:
    assert safe_within(cell) == cell


def test_leads_leave_with_every_cell_quoted_and_the_page_says_how_to_open_them(world: World) -> None:
    named = {"last_name": ";=1+1", "company": "Z;@SUM(1)"}
    world.store.write(lambda tx: contacts.upsert(tx, "ana@example.com", world.now, **named))
    world.post("ana", "need", "crm", gesture="pointer")
    admin = world.admin()
    page = admin.get("/leads?view=all")
    assert "Excel" in page.text
    text = admin.post("/leads/export?view=all", data={"csrf_token": csrf(page)}).text
    assert text.startswith('\ufeff"name","email"') and ";'=1+1" in text and "Z;'@SUM(1)" in text
