"""Opens a list that somebody uploads: a CSV file in any encoding and with any separator, or an XLSX workbook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from server.contacts import addresses, csv_header, csv_lines, xlsx_read
from server.contacts.addresses import BadAddress
from server.contacts.csv_header import Header, Record, WrongHeader
from server.contacts.csv_read import RowProblem, header_notes
from server.errors import CannotDo

FILE_MOST = 32 * 1024 * 1024  # bytes
ROWS_MOST = 200_000
EMPTY = "The file is empty."
TOO_MANY_ROWS = "The list has more than {most} rows. Split it into several files."
WRONG = "No column of the list holds email addresses. Found: {found}. The first line must name the columns."
NO_ADDRESSES = "There is no email address in it."
ADDRESS = re.compile(r"[^\s,;<>\"'|()\[\]]+@[^\s,;<>\"'|()\[\]]+")
XLSX = "XLSX"


@dataclass(frozen=True)
class Source:
    """An opened list: its header with the guessed uses, its records after the header, and the form that was recognised.

    `notes` are about the columns, and about lines in another encoding than the others.
    """

    header: Header
    program: str
    encoding: str
    separator: str
    records: Iterator[Record]
    notes: tuple[RowProblem, ...] = ()


def open_list(data: bytes) -> Source:
    """Open a list. Raises CannotDo for an empty file, one without addresses, and a workbook that cannot be opened."""
    if not data.strip():
        raise CannotDo(EMPTY)
    if xlsx_read.is_workbook(data):
        return _of(xlsx_read.records(data), XLSX, "")
    text = csv_lines.decode(data)
    form = csv_lines.form(text.lines, csv_header.is_header)
    odd = (RowProblem(line, "odd_bytes", " ".join(text.lines[line - 1].split())) for line in text.odd)
    return _of(csv_lines.records(text.lines, form), text.encoding, form.separator, odd)


def find_addresses(data: bytes) -> list[str]:
    """Return the comparison form of every email address in a text, a CSV file or a workbook, each once. Raises CannotDo."""
    found: dict[str, None] = {}
    for piece in _texts(data):
        for typed in ADDRESS.findall(piece):
            try:
                found[addresses.key(typed.strip(".:"))] = None
            except BadAddress:
                continue
    if not found:
        raise CannotDo(NO_ADDRESSES)
    return list(found)


def _texts(data: bytes) -> Iterator[str]:
    if xlsx_read.is_workbook(data):
        for _, cells in xlsx_read.records(data):
            yield from cells
    else:
        yield from csv_lines.decode(data).lines


def _of(records: Iterator[Record], encoding: str, separator: str, odd: Iterable[RowProblem] = ()) -> Source:
    first = list(islice(records, csv_header.LOOKED_AT + 1))
    begins = _header_place(first)
    try:
        header = csv_header.guess(first[begins:])
    except WrongHeader as error:
        raise CannotDo(WRONG, found=", ".join(cell[:40] for cell in error.found[:10]) or "—") from error
    rest = chain(first[begins + 1 :], records)
    notes = (*header_notes(first[begins][0], header), *odd)
    return Source(header, csv_header.program(header.names), encoding, separator, _limited(rest), notes)


def _header_place(first: Sequence[Record]) -> int:
    """Return the place of the header of a workbook, which may have a title above it."""
    for at, (_, cells) in enumerate(first[: csv_lines.NOTES_MOST]):
        if not isinstance(cells, str) and csv_header.is_header(",".join(cells)):
            return at
    return 0


def _limited(records: Iterator[Record]) -> Iterator[Record]:
    for number, record in enumerate(records, 1):
        if number > ROWS_MOST:
            raise CannotDo(TOO_MANY_ROWS, most=ROWS_MOST)
        yield record
