"""`acto import contacts`: what went in, what was left out and why, and what is only a note."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from server.store import Store
from tests import terminal
from tests.terminal import Done

Run = Callable[[str], Done]


@pytest.fixture
def acto(database: str, tmp_path: Path) -> Run:
    """Imports a file, on each engine."""
    return lambda file: terminal.acto(tmp_path, {"ACTO_DATABASE": database}, "import", "contacts", file)


def csv(folder: Path, text: str) -> str:
    path = folder / "contacts.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_good_rows_go_in_and_bad_ones_are_named_by_line(acto: Run, tmp_path: Path, store: Store) -> None:
    done = acto(
        csv(tmp_path, "correo;nombre\nana@example.com;Ana\nnot an address;Luis\nana@example.com;Ana\n"),
    )
    assert done.returncode == 1
    assert "line 3" in done.stderr
    assert "line 4" in done.stderr
    assert "1 added, 0 updated, 2 lines left out" in done.stderr
    with store.read() as tx:
        assert tx.contacts.by_key(email_key="ana@example.com")["first_name"] == "Ana"


def test_a_column_that_is_not_used_is_a_note_and_nothing_is_left_out(acto: Run, tmp_path: Path) -> None:
    done = acto(csv(tmp_path, "correo;nombre;color;idioma\nana@example.com;Ana;azul;klingon\n"))
    assert done.returncode == 0
    assert "The column “color” is not used." in done.stderr
    assert "The language “klingon” is not known" in done.stderr
    assert "1 added, 0 updated, 0 lines left out" in done.stderr


def test_a_wrong_header_is_one_sentence_that_names_what_was_found(acto: Run, tmp_path: Path) -> None:
    done = acto(csv(tmp_path, "a,b\n1,2\n"))
    assert done.returncode == 1
    assert "a, b" in done.stderr
    assert "Traceback" not in done.stderr
