"""A damaged file is refused with a sentence, and no row of a list that could not be read to its end stays in the store."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from server.contacts import xlsx_read
from server.contacts.csv_header import Header, Record
from server.contacts.imports import staging
from server.contacts.imports.source import Source
from server.errors import CannotDo
from server.store import Store
from tests.server.contacts.importing import workbook

WORKBOOK = workbook([["email", "nombre", "edad"], *([f"p{at}@example.com", f"P{at}", at * 1.5] for at in range(40))])
PARTS = zipfile.ZipFile(io.BytesIO(WORKBOOK)).namelist()
SHEET = PARTS.index("xl/worksheets/sheet1.xml")
TABLES = ("imports", "import_rows")
PLACES = st.floats(0, 1, exclude_max=True)
PIECES = st.sampled_from([b"", b"9" * 400, b"1e999", b"&#0;", b"<", b'"', b' t="d"', b' t="s"', b' r="XFE9"'])


def flipped(data: bytes, flips: list[tuple[float, int]]) -> bytes:
    """The bytes with some bits flipped, behind the signature of a ZIP archive."""
    changed = bytearray(data)
    for place, bit in flips:
        changed[4 + int(place * (len(data) - 4))] ^= 1 << bit
    return bytes(changed)


def rewritten(part: int, place: float, cut: int, piece: bytes) -> bytes:
    """A sound ZIP archive in which a stretch of one part is replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as old, zipfile.ZipFile(file, "w") as new:
        for at, name in enumerate(PARTS):
            data = old.read(name)
            begins = int(place * len(data))
            new.writestr(name, data[:begins] + piece + data[begins + cut :] if at == part else data)
    return file.getvalue()


def encrypted() -> bytes:
    """The workbook with every part marked as encrypted."""
    changed = bytearray(WORKBOOK)
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := WORKBOOK.find(signature, at + 1)) >= 0:
            changed[at + flags] |= 1
    return bytes(changed)


def damaged_sheet() -> bytes:
    """The workbook with zeros in the packed bytes of its sheet."""
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as archive:
        part = archive.getinfo(PARTS[SHEET])
    begins = part.header_offset + 30 + len(part.filename) + 20
    return WORKBOOK[:begins] + bytes(60) + WORKBOOK[begins + 60 :]


@pytest.mark.filterwarnings("ignore::UserWarning")  # of openpyxl, about parts that it leaves out
@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.builds(flipped, st.just(WORKBOOK), st.lists(st.tuples(PLACES, st.integers(0, 7)), min_size=1, max_size=8)),
        st.builds(lambda end: WORKBOOK[: 4 + int(end * (len(WORKBOOK) - 4))], PLACES),
        st.builds(rewritten, st.integers(0, len(PARTS) - 1), PLACES, st.integers(0, 30), PIECES),
    )
)
@example(encrypted())
@example(damaged_sheet())
@example(rewritten(SHEET, 0.5, 9, b"<"))
def test_a_damaged_workbook_is_read_or_refused(data: bytes) -> None:
    try:
        refused = "" if list(xlsx_read.records(data)) else "no row"
    except CannotDo as error:
        refused = error.english
    assert refused in ("", "no row", xlsx_read.NOT_A_WORKBOOK, xlsx_read.BOMB)


@pytest.mark.parametrize("make", [encrypted, damaged_sheet])
def test_an_encrypted_and_a_broken_workbook_are_refused(make: Callable[[], bytes]) -> None:
    with pytest.raises(CannotDo, match="not an XLSX workbook"):
        list(xlsx_read.records(make()))


@pytest.mark.parametrize("error", [CannotDo("Too long."), OSError("disk"), KeyboardInterrupt()])
def test_a_list_that_breaks_off_leaves_no_row(
    store: Store, now: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    monkeypatch.setattr(staging, "TOGETHER", 2)

    def records() -> Iterator[Record]:
        for at in range(100):
            yield at + 2, [f"p{at}@example.com"]
        raise error

    with pytest.raises(type(error)):
        staging.stage(store, "list.csv", Source(Header(["email"], ["email"]), "", "", "", records()), "lucia", now)
    store.copy_to(tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert [copy.execute(f"SELECT COUNT(*) FROM {table}").fetchone() for table in TABLES] == [(0,), (0,)]
