"""Opens a list that somebody uploads: a CSV file in any encoding and with any separator, or an XLSX workbook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import NamedTuple

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
TOO_LARGE = "The file is larger than {most} MB. Split it into several files."
NO_ADDRESSES = "There is no email address in it."
SEPARATORS = re.compile(r"[\s,;:<>\"|()\[\]]+")  # between addresses; the colon stands after mailto and smtp
QUOTES = ".'`‘’“”«»{}"  # around an address; a ' inside it is part of it, as in o'brien@example.org
KEYS = re.compile(r"^[^\W\d](\w*=)+")  # email=ana@example.org, and prvs=12ab=ana@example.org of BATV
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
    """Open a list. Raises CannotDo for a file that is empty, too large or without addresses, and a broken workbook."""
    _check_size(data)
    if not data.strip():
        raise CannotDo(EMPTY)
    if xlsx_read.is_workbook(data):
        return _of(xlsx_read.records(data), XLSX, "")
    text = csv_lines.decode(data)
    form = csv_lines.form(text.lines, csv_header.place_in_lines)
    odd = (RowProblem(line, "odd_bytes", " ".join(text.lines[line - 1].split())) for line in text.odd)
    return _of(csv_lines.records(text.lines, form), text.encoding, form.separator, odd)


class Addresses(NamedTuple):
    """The addresses in some texts, as compared, and the pieces with an @ that are no address; each once."""

    keys: list[str]
    unread: list[str]


def find_addresses(*files: bytes) -> Addresses:
    """Find every email address in texts, CSV files and workbooks, each decoded by itself. Raises CannotDo if none has one."""
    found: dict[str, None] = {}
    unread: dict[str, None] = {}
    for data in files:
        for piece in _pieces(data):
            try:
                found[_address(piece)] = None
            except BadAddress:
                unread[piece] = None
    if not found:
        raise CannotDo(NO_ADDRESSES)
    return Addresses(list(found), list(unread))


def _pieces(data: bytes) -> Iterator[str]:
    """Yield the pieces of a text that hold an @. One alone is a word of a sentence."""
    for line in _texts(data):
        yield from (piece for piece in SEPARATORS.split(line) if "@" in piece and piece != "@")


def _address(piece: str) -> str:
    """Return a piece as compared, without quotes, the key before it and the query of a mailto link. Raises BadAddress."""
    local, at, domain = piece.rpartition("@")
    bare = f"{local}{at}{domain.partition('?')[0]}".strip(QUOTES)
    return addresses.key(KEYS.sub("", bare).strip(QUOTES))


def _texts(data: bytes) -> Iterator[str]:
    _check_size(data)
    if xlsx_read.is_workbook(data):
        for _, cells in xlsx_read.records(data):
            yield from cells
    else:
        yield from csv_lines.decode(data).lines


def _check_size(data: bytes) -> None:
    if len(data) > FILE_MOST:
        raise CannotDo(TOO_LARGE, most=FILE_MOST // 1024 // 1024)


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
    """Return the place of the header, which may have titles above it: rows with fewer filled cells."""
    rows = [[cells] if isinstance(cells, str) else cells for _, cells in first[: csv_lines.NOTES_MOST]]
    at = csv_header.place(rows)
    filled = [sum(map(bool, cells)) for cells in rows[: at + 1]]
    return at if max(filled[:-1], default=0) < max([2, *filled[-1:]]) else 0


def _limited(records: Iterator[Record]) -> Iterator[Record]:
    for number, record in enumerate(records, 1):
        if number > ROWS_MOST:
            raise CannotDo(TOO_MANY_ROWS, most=ROWS_MOST)
        yield record
