"""`acto import contacts`, as a person at a terminal meets it."""

from __future__ import annotations

from pathlib import Path

from server.store import Store
from tests.server.cli.conftest import Run
from tests.server.contacts.importing import workbook


def csv(folder: Path, text: str) -> str:
    path = folder / "contacts.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_good_rows_go_in_and_bad_ones_are_named_by_line(acto: Run, tmp_path: Path, store: Store) -> None:
    done = acto(
        "import",
        "contacts",
        csv(tmp_path, "correo;nombre\nana@example.com;Ana\nnot an address;Luis\nana@example.com;Ana\n"),
    )
    assert done.returncode == 1
    assert "line 3" in done.stderr
    assert "line 4" in done.stderr
    assert "1 added" in done.stderr
    with store.read() as tx:
        assert tx.contacts.by_key(email_key="ana@example.com")["first_name"] == "Ana"


def test_columns_that_are_not_used_are_a_note_and_no_failure(acto: Run, tmp_path: Path) -> None:
    done = acto("import", "contacts", csv(tmp_path, "email,Address,Notes,status\nzoe@example.com,,,unsubscribed\n"))
    assert done.returncode == 0
    assert "line 1: These columns are not used: Address, Notes." in done.stderr
    assert "suppressed: 1" in done.stderr and "1 added, 0 updated, 0 lines left out" in done.stderr


def test_a_row_with_a_zero_byte_is_named_and_the_others_go_in(acto: Run, tmp_path: Path) -> None:
    done = acto(
        "import", "contacts", csv(tmp_path, "email,nombre\na@example.com,A\nb@example.com,B\0\nc@example.com,C\n")
    )
    assert done.returncode == 1
    assert "line 3: The row holds a zero byte" in done.stderr and "2 added, 0 updated, 1 line left out" in done.stderr


def test_of_very_many_problems_the_first_hundred_are_told(acto: Run, tmp_path: Path) -> None:
    done = acto("import", "contacts", csv(tmp_path, "email\n" + "nobody\n" * 5_000))
    assert done.returncode == 1 and done.stderr.count("is not an email address") == 100
    assert "and 4900 more like these" in done.stderr and "5000 lines left out" in done.stderr


def test_a_wrong_header_is_one_sentence_that_names_what_was_found(acto: Run, tmp_path: Path) -> None:
    done = acto("import", "contacts", csv(tmp_path, "a,b\n1,2\n"))
    assert done.returncode == 1
    assert "a, b" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_workbook_is_imported_with_telephone_and_tags_and_is_on_the_page_of_imports(
    acto: Run, tmp_path: Path, store: Store
) -> None:
    path = tmp_path / "contacts.xlsx"
    path.write_bytes(workbook([["Correo", "Celular", "Etiquetas"], ["ana@example.com", "300 123 4567", "VIP"]]))
    assert acto("import", "contacts", str(path)).returncode == 0
    with store.read() as tx:
        row = tx.contacts.by_key(email_key="ana@example.com")
        assert (row["phone"], row["tags"]) == ("+573001234567", ",vip,")
        assert [each["name"] for each in tx.imports.recent(limit=9)] == ["contacts.xlsx"]
