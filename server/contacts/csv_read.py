"""Reads a contact list in any usual separator, encoding and header language into good rows and problems."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from server import texts
from server.contacts import addresses, csv_lines, csv_refusals
from server.contacts.csv_refusals import MailRefusal
from server.contacts.csv_table import HEADERS, LANGUAGES, NOTES, PROBLEMS, WRONG_HEADER, plain

SHOWN_MOST = 60  # characters of a wrong value
KEPT = "\u200c\u200d"  # joiners: parts of names in some scripts, and of emoji
LOOKED_AT = 50  # rows read to find the column of addresses
Record = tuple[int, list[str] | str]
_COLUMN = {alias: column for column, aliases in HEADERS.items() for alias in aliases}
_LANGUAGE = {alias: language for language, aliases in LANGUAGES.items() for alias in aliases}


class Row(NamedTuple):
    """One good row; `line` is its first line in the file, from 1, and `refusal` the refusal that the list contains."""

    line: int
    email: str
    email_key: str
    first_name: str = ""
    last_name: str = ""
    company: str = ""
    language: str = ""
    refusal: MailRefusal = ""


class RowProblem(NamedTuple):
    """A problem at `line`; `rule` is a key of PROBLEMS and `value` the text that caused it."""

    line: int
    rule: str
    value: str

    def sentence(self, language: str = "en") -> str:
        """Return the sentence for the person who sent the file."""
        shown = "".join(char if char.isprintable() else "\ufffd" for char in self.value[:SHOWN_MOST])
        return texts.text(PROBLEMS[self.rule], language, value=shown if len(self.value) <= SHOWN_MOST else f"{shown}…")

    @property
    def left_out(self) -> bool:
        """True if the row was not imported; else the problem is a note."""
        return self.rule not in NOTES


class WrongHeader(ValueError):
    """The file cannot be read because no column holds addresses. `found` are its first cells."""

    def __init__(self, found: list[str]) -> None:
        self.found = found
        super().__init__(self.sentence())

    def sentence(self, language: str = "en") -> str:
        """Return the sentence for the person who sent the file."""
        found = ", ".join(cell[:40] for cell in self.found[:10]) or "—"
        known = ", ".join(f"{aliases[0]}/{aliases[1]}" for aliases in HEADERS.values())
        return texts.text(WRONG_HEADER, language, found=found, known=known)


class Header(NamedTuple):
    """The column of each cell ('' for an unused one), and the names of columns that may hold a refusal, by their place."""

    columns: list[str]
    refusals: dict[int, str]


def read(data: bytes) -> tuple[list[Row], list[RowProblem]]:
    """Return the good rows and the problems of a CSV file, in its order. Raises WrongHeader."""
    text = csv_lines.decode(data)
    records = list(csv_lines.records(text.lines))
    header, problems = _header(records)
    problems += [RowProblem(line, "odd_bytes", " ".join(text.lines[line - 1].split())) for line in text.odd]
    rows: dict[str, Row] = {}
    for line, cells in records[1:]:
        if isinstance(cells, str):
            problems.append(RowProblem(line, "broken_quotes", cells))
        elif any(cells):
            _take(line, cells, header, rows, problems)
    return list(rows.values()), problems


def _header(records: Sequence[Record]) -> tuple[Header, list[RowProblem]]:
    """Return the columns, and notes on unused ones."""
    line, cells = records[0] if records else (1, [])
    found = [cells] if isinstance(cells, str) else cells
    columns: list[str] = []
    for cell in found:
        column = _COLUMN.get(plain(cell), "")
        columns.append("" if column in columns else column)
    notes: list[RowProblem] = []
    if "email" not in columns:
        place = _addresses(records, found)
        columns[place] = "email"
        notes.append(RowProblem(line, "by_content", found[place]))
    if "name" in columns and "first_name" in columns:  # the full name adds nothing
        columns[columns.index("name")] = ""
    refusals = {at: cell for at, cell in enumerate(found) if not columns[at] and csv_refusals.is_refusal(cell)}
    unused = [cell for at, cell in enumerate(found) if cell and not columns[at] and at not in refusals]
    rule = "ignored_column" if len(unused) == 1 else "ignored_columns"
    return Header(columns, refusals), [*notes, *([RowProblem(line, rule, ", ".join(unused))] if unused else [])]


def _addresses(records: Sequence[Record], found: list[str]) -> int:
    """Return the place of the column in which every cell that is not empty is an address. Raises WrongHeader."""
    rows = [cells for _, cells in records[1 : LOOKED_AT + 1] if not isinstance(cells, str)]
    for at, name in enumerate(found):
        said = [cells[at] for cells in rows if len(cells) > at and cells[at]]
        if name and not _is_address(name) and said and all(map(_is_address, said)):
            return at
    raise WrongHeader(found)


def _is_address(cell: str) -> bool:
    try:
        addresses.key(cell)
    except addresses.BadAddress:
        return False
    return True


def _take(line: int, cells: list[str], header: Header, rows: dict[str, Row], problems: list[RowProblem]) -> None:
    """Add the row to `rows` by its address, or add the problem."""
    values = {column: cell for column, cell in zip(header.columns, cells, strict=False) if column}
    email = values.pop("email", "")
    refusal = csv_refusals.strongest(
        [csv_refusals.of(name, "".join(cells[at : at + 1])) for at, name in header.refusals.items()]
    )
    rule, value = _wrong(cells, email, len(header.columns))
    if rule:
        problems.append(RowProblem(line, rule, value))
        return
    key = addresses.key(email)
    if key in rows:
        problems.append(RowProblem(line, "duplicate", email))
        rows[key] = rows[key]._replace(refusal=csv_refusals.strongest([rows[key].refusal, refusal]))
        return
    given = values.get("language", "")
    values["language"] = _language(given)
    if given and not values["language"]:
        problems.append(RowProblem(line, "unknown_language", given))
    shown = {column: _printable(cell) for column, cell in values.items()}
    if whole := shown.pop("name", ""):
        shown |= _parted(whole, shown.get("last_name", ""))
    rows[key] = Row(line, email, key, **shown, refusal=refusal)


def _wrong(cells: list[str], email: str, columns: int) -> tuple[str, str]:
    """Return the rule that excludes a row and the wrong value; ('', '') for a good row."""
    over = next(filter(None, cells[columns:]), "")
    zero = next((cell for cell in cells if "\0" in cell), "")
    if zero or over or not email:
        return ("zero_byte", zero) if zero else ("too_many_cells" if over else "no_address", over)
    try:
        addresses.key(email)
    except addresses.BadAddress:
        return ("bad_address" if email.rpartition("@")[0].isascii() else "letters_before_at", email)
    return ("", "")


def _parted(whole: str, last_name: str) -> dict[str, str]:
    """Split a full name into the first name, which greetings use, and the rest."""
    if last_name:
        return {"first_name": whole.removesuffix(last_name).strip() or whole}
    if "," in whole:  # Prueba Ruiz, Pia
        last, _, first = whole.partition(",")
        return {"first_name": first.strip(), "last_name": last.strip()}
    first, _, last = whole.partition(" ")
    return {"first_name": first, "last_name": last}


def _printable(cell: str) -> str:
    """Remove invisible characters, because they can reverse a line or control a terminal."""
    return " ".join("".join(char for char in cell if char.isprintable() or char in KEPT).split())


def _language(given: str) -> str:
    """Return es or en for the usual spellings (Español, EN, es-CO); '' for others."""
    return _LANGUAGE.get(given.casefold().replace("_", "-").partition("-")[0], "")
