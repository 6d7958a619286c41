"""Splits a contact list into records: detects the encoding and the separator, and recovers from unbalanced quotes."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

SEPARATORS = ",;\t|"
NOTES_MOST = 10  # lines above a header
ROW_MOST_LINES = 100  # of a record after a quote that does not close; before it, a record may be of any length
Records = Iterator[tuple[int, list[str] | str]]


class Text(NamedTuple):
    """The decoded lines. `odd` are the numbers, from 1, of lines in another encoding than the others."""

    lines: list[str]
    odd: list[int]
    encoding: str = "UTF-8"


def decode(data: bytes) -> Text:
    """Decode UTF-8 with or without a BOM, UTF-16 with one (Excel's "Unicode text"), else Windows-1252; line by line if a file
    mixes them.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Text(_lines(data.decode("utf-16", errors="replace")), [], "UTF-16")
    try:
        return Text(_lines(data.decode("utf-8-sig")), [])
    except UnicodeDecodeError:
        pass
    decoded = [_line(line) for line in data.removeprefix(codecs.BOM_UTF8).splitlines(keepends=True)]
    mixed = any(utf_8 and not text.isascii() for text, utf_8 in decoded)
    odd = [number for number, (_, utf_8) in enumerate(decoded, 1) if not utf_8] if mixed else []
    return Text(_lines("".join(text for text, _ in decoded)), odd, "UTF-8, Windows-1252" if mixed else "Windows-1252")


def _line(line: bytes) -> tuple[str, bool]:
    """Return the text of a line, and whether it was UTF-8."""
    try:
        return line.decode("utf-8"), True
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace"), False


def _lines(text: str) -> list[str]:
    return list(io.StringIO(text, newline=""))


class Form(NamedTuple):
    """The form of a list: the place of its first record, from 0, and its separator."""

    begins: int
    separator: str


def form(lines: list[str], header_place: Callable[[Sequence[str]], int] = lambda above: 0) -> Form:
    """Find the header and the separator. LinkedIn writes lines of notes above a header, which `header_place` finds."""
    begins = next((at for at, line in enumerate(lines) if line.strip()), 0)
    first = lines[begins].strip() if lines else ""
    named = first[4:] if first[:4].casefold() == "sep=" and len(first) == 5 else ""  # as Excel writes it
    begins += bool(named)
    if begins < len(lines) and not named and not any(sign in lines[begins] for sign in SEPARATORS):
        begins += header_place(lines[begins : begins + NOTES_MOST])
    return Form(begins, named or (max(SEPARATORS, key=lines[begins].count) if begins < len(lines) else ","))


def records(lines: list[str], form_: Form | None = None) -> Records:
    """Yield (first line, cells), or (first line, beginning of the text) if the quotes do not match. The first record is the header."""
    begins, separator = form_ or form(lines)
    reader = _Lines(lines, begins)
    while reader.at < len(lines):
        try:
            for cells in csv.reader(reader, delimiter=separator, strict=True, skipinitialspace=True):
                yield reader.row + 1, [" ".join(cell.split()) for cell in cells]
                reader.row = reader.at
        except csv.Error:
            yield reader.row + 1, " ".join(lines[reader.row].split())
            # a quote that never closes takes in the rest of the file: continue below its row, with a limit
            reader.row = reader.at = reader.row + 1
            reader.most = ROW_MOST_LINES


class _Lines:
    """Lines for the CSV reader: `row` is the first line of the current record, `most` how many lines a record may have."""

    def __init__(self, lines: list[str], begins: int) -> None:
        self.lines, self.row, self.at, self.most = lines, begins, begins, len(lines)

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self.at >= len(self.lines) or self.at - self.row >= self.most:
            raise StopIteration
        self.at += 1
        return self.lines[self.at - 1]
