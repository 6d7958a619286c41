"""Reads a contact list as people really send them: any usual separator, encoding and header language."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from server.people import addresses
from server.people.csv_table import HEADERS, LANGUAGES, NOTES, PROBLEMS, WRONG_HEADER

SEPARATORS = ",;\t"
_COLUMN = {alias: column for column, aliases in HEADERS.items() for alias in aliases}
_LANGUAGE = {alias: language for language, aliases in LANGUAGES.items() for alias in aliases}


class Row(NamedTuple):
    """One good row; `line` is where it begins in the file, counted from 1."""

    line: int
    email: str
    email_key: str
    first_name: str = ""
    last_name: str = ""
    company: str = ""
    language: str = ""


class Problem(NamedTuple):
    """What is wrong at `line`; `rule` is a key of PROBLEMS and `value` what was found there."""

    line: int
    rule: str
    value: str

    @property
    def leaves_out(self) -> bool:
        """Whether its line was not imported."""
        return self.rule not in NOTES

    def sentence(self, language: str = "en") -> str:
        """For the person who sent the file."""
        return PROBLEMS[self.rule][language].format(value=self.value)


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


def read(data: bytes) -> tuple[list[Row], list[Problem]]:
    """The good rows and the problems of a CSV file, in its order. Raises WrongHeader."""
    text = _decode(data)
    records = _records(text)
    columns, problems = _header(records)
    rows: dict[str, Row] = {}
    for line, cells in records:
        if isinstance(cells, str):
            problems.append(Problem(line, "broken_quotes", cells))
        elif any(cells):
            _take(line, cells, columns, rows, problems)
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
    """(first line, cells), or (first line, what is wrong with its quotes)."""
    lines = list(io.StringIO(text, newline=""))
    separator = max(SEPARATORS, key=lines[0].count) if lines else ","
    at = 0
    while at < len(lines):
        reader = csv.reader(lines[at:], delimiter=separator, strict=True, skipinitialspace=True)
        first = at
        try:
            for cells in reader:
                yield first + 1, [" ".join(cell.split()) for cell in cells]
                first = at + reader.line_num
            return
        except csv.Error as error:
            yield first + 1, str(error)
            at = first + 1  # a quote that never closes swallows the rest of the file: read on below it


def _header(records: Records) -> tuple[list[str], list[Problem]]:
    """The column of each cell ('' for one that is not used), and a word on those."""
    line, cells = next(records, (1, []))
    found = [cells] if isinstance(cells, str) else cells
    columns: list[str] = []
    for cell in found:
        column = _COLUMN.get(cell.casefold(), "")
        columns.append("" if column in columns else column)
    if "email" not in columns:
        raise WrongHeader(found)
    unused = [cell for cell, column in zip(found, columns, strict=True) if cell and not column]
    return columns, [Problem(line, "ignored_column", cell) for cell in unused]


def _take(line: int, cells: list[str], columns: list[str], rows: dict[str, Row], problems: list[Problem]) -> None:
    """Add the row to `rows` by its address, or say why not."""
    values = {column: cell for column, cell in zip(columns, cells, strict=False) if column}
    email = values.pop("email", "")
    over = next(filter(None, cells[len(columns) :]), "")
    if over or not email:
        problems.append(Problem(line, "too_many_cells" if over else "no_address", over))
        return
    try:
        key = addresses.key(email)
    except addresses.BadAddress:
        problems.append(Problem(line, "bad_address", email))
        return
    if key in rows:
        problems.append(Problem(line, "duplicate", email))
        return
    given = values.get("language", "")
    values["language"] = _language(given)
    if given and not values["language"]:
        problems.append(Problem(line, "unknown_language", given))
    rows[key] = Row(line, email, key, **values)


def _language(given: str) -> str:
    """es or en for the ways people write them (Español, EN, es-CO); '' for others."""
    return _LANGUAGE.get(given.casefold().replace("_", "-").partition("-")[0], "")
