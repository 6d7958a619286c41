"""Reads a contact list as people really send them: any usual separator, encoding and header language."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from server.people import addresses, csv_refusals
from server.people.csv_refusals import Refusal
from server.people.csv_table import HEADERS, LANGUAGES, NOTES, PROBLEMS, WRONG_HEADER

SEPARATORS = ",;\t"
SHOWN_MOST = 60  # characters of what is wrong
KEPT = "\u200c\u200d"  # joiners: parts of names in some scripts, and of emoji
ROW_MOST_LINES = 100  # once a quote of the file was found not to match; before, a cell may be as long as it likes
_COLUMN = {alias: column for column, aliases in HEADERS.items() for alias in aliases}
_LANGUAGE = {alias: language for language, aliases in LANGUAGES.items() for alias in aliases}


class Row(NamedTuple):
    """One good row; `line` is where it begins in the file, counted from 1, and `refusal` what the list says they want."""

    line: int
    email: str
    email_key: str
    first_name: str = ""
    last_name: str = ""
    company: str = ""
    language: str = ""
    refusal: Refusal = ""


class Problem(NamedTuple):
    """What is wrong at `line`; `rule` is a key of PROBLEMS and `value` what was found there."""

    line: int
    rule: str
    value: str

    def sentence(self, language: str = "en") -> str:
        """For the person who sent the file."""
        shown = "".join(char if char.isprintable() else "\ufffd" for char in self.value[:SHOWN_MOST])
        return PROBLEMS[self.rule][language].format(value=shown if len(self.value) <= SHOWN_MOST else f"{shown}…")

    @property
    def left_out(self) -> bool:
        """Whether a row did not come in by it; else it is a note."""
        return self.rule not in NOTES


class WrongHeader(ValueError):
    """The file cannot be read at all: no column holds addresses. `found` are its first cells."""

    def __init__(self, found: list[str]) -> None:
        self.found = found
        super().__init__(self.sentence())

    def sentence(self, language: str = "en") -> str:
        """For the person who sent the file."""
        found = ", ".join(cell[:40] for cell in self.found[:10]) or "—"
        known = ", ".join(f"{aliases[0]}/{aliases[1]}" for aliases in HEADERS.values())
        return WRONG_HEADER[language].format(found=found, known=known)


class Header(NamedTuple):
    """The column of each cell ('' for one that is not used), and the names of columns that may hold a refusal, by their place."""

    columns: list[str]
    refusals: dict[int, str]


def read(data: bytes) -> tuple[list[Row], list[Problem]]:
    """The good rows and the problems of a CSV file, in its order. Raises WrongHeader."""
    records = _records(_decode(data))
    header, problems = _header(records)
    rows: dict[str, Row] = {}
    for line, cells in records:
        if isinstance(cells, str):
            problems.append(Problem(line, "broken_quotes", cells))
        elif any(cells):
            _take(line, cells, header, rows, problems)
    return list(rows.values()), problems


def _decode(data: bytes) -> str:
    """UTF-8 with or without a mark, UTF-16 with one (Excel's "Unicode text"), else what old Excel writes."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


Records = Iterator[tuple[int, list[str] | str]]


def _records(text: str) -> Records:
    """(first line, cells), or (first line, how it begins) where its quotes do not match."""
    lines = _Lines(list(io.StringIO(text, newline="")))
    separator = max(SEPARATORS, key=lines.lines[0].count) if lines.lines else ","
    while lines.at < len(lines.lines):
        try:
            for cells in csv.reader(lines, delimiter=separator, strict=True, skipinitialspace=True):
                yield lines.row + 1, [" ".join(cell.split()) for cell in cells]
                lines.row = lines.at
        except csv.Error:
            yield lines.row + 1, " ".join(lines.lines[lines.row].split())
            # a quote that never closes swallows the rest of the file: read on below its row, and more warily
            lines.row = lines.at = lines.row + 1
            lines.most = ROW_MOST_LINES


class _Lines:
    """Lines for the reader of CSV: `row` is where the row begins that it reads, `most` how many lines that may have."""

    def __init__(self, lines: list[str]) -> None:
        self.lines, self.row, self.at, self.most = lines, 0, 0, len(lines)

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self.at >= len(self.lines) or self.at - self.row >= self.most:
            raise StopIteration
        self.at += 1
        return self.lines[self.at - 1]


def _header(records: Records) -> tuple[Header, list[Problem]]:
    """What the columns are, and a note on those that are not used."""
    line, cells = next(records, (1, []))
    found = [cells] if isinstance(cells, str) else cells
    columns: list[str] = []
    for cell in found:
        column = _COLUMN.get(cell.casefold(), "")
        columns.append("" if column in columns else column)
    if "email" not in columns:
        raise WrongHeader(found)
    refusals = {at: cell for at, cell in enumerate(found) if not columns[at] and csv_refusals.known(cell)}
    unused = [cell for at, cell in enumerate(found) if cell and not columns[at] and at not in refusals]
    rule = "ignored_column" if len(unused) == 1 else "ignored_columns"
    return Header(columns, refusals), [Problem(line, rule, ", ".join(unused))] if unused else []


def _take(line: int, cells: list[str], header: Header, rows: dict[str, Row], problems: list[Problem]) -> None:
    """Add the row to `rows` by its address, or say why not."""
    values = {column: cell for column, cell in zip(header.columns, cells, strict=False) if column}
    email = values.pop("email", "")
    refusal = csv_refusals.strongest(
        [csv_refusals.of(name, "".join(cells[at : at + 1])) for at, name in header.refusals.items()]
    )
    rule, value = _wrong(cells, email, len(header.columns))
    if rule:
        problems.append(Problem(line, rule, value))
        return
    key = addresses.key(email)
    if key in rows:
        problems.append(Problem(line, "duplicate", email))
        rows[key] = rows[key]._replace(refusal=csv_refusals.strongest([rows[key].refusal, refusal]))
        return
    given = values.get("language", "")
    values["language"] = _language(given)
    if given and not values["language"]:
        problems.append(Problem(line, "unknown_language", given))
    plain = {column: _printable(cell) for column, cell in values.items()}
    rows[key] = Row(line, email, key, **plain, refusal=refusal)


def _wrong(cells: list[str], email: str, columns: int) -> tuple[str, str]:
    """The rule that keeps a row out, and what is wrong in it; ('', '') for a good one."""
    over = next(filter(None, cells[columns:]), "")
    zero = next((cell for cell in cells if "\0" in cell), "")
    if zero or over or not email:
        return ("zero_byte", zero) if zero else ("too_many_cells" if over else "no_address", over)
    try:
        addresses.key(email)
    except addresses.BadAddress:
        return ("bad_address" if email.rpartition("@")[0].isascii() else "letters_before_at", email)
    return ("", "")


def _printable(cell: str) -> str:
    """The cell without characters that are not seen: they turn a line around, or ring a bell in a terminal."""
    return " ".join("".join(char for char in cell if char.isprintable() or char in KEPT).split())


def _language(given: str) -> str:
    """es or en for the ways people write them (Español, EN, es-CO); '' for others."""
    return _LANGUAGE.get(given.casefold().replace("_", "-").partition("-")[0], "")
