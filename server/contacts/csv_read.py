"""Reads a contact list in any usual separator, encoding and header language into good rows and problems."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from server import texts
from server.contacts import addresses, countries, csv_header, csv_lines, csv_refusals, phones, search, zones
from server.contacts.csv_header import OWN, Header, Record, WrongHeader
from server.contacts.csv_refusals import MailRefusal
from server.contacts.csv_table import LANGUAGES, MORE_HEADERS, NOTES, PROBLEMS
from server.contacts.own_fields import TEXT_MOST
from server.contacts.phones import BadNumber

__all__ = ["Row", "RowProblem", "WrongHeader", "read", "read_row", "refusal_of", "wrong"]
SHOWN_MOST = 60  # characters of a wrong value
DEFAULT_COUNTRY = "CO"  # of numbers without a prefix, where no setting says another
NO_TAGS = ("mycontacts", "starred")  # groups that Google puts everybody in
_LANGUAGE = {alias: language for language, aliases in LANGUAGES.items() for alias in aliases}
_BETWEEN_TAGS = re.compile(r"[,;|]|\s:::\s")  # Google writes `:::`


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
    phone: str = ""
    whatsapp: str = ""
    country: str = ""
    time_zone: str = ""
    tags: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()


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


def read(data: bytes, country: str = DEFAULT_COUNTRY) -> tuple[list[Row], list[RowProblem]]:
    """Return the good rows and the problems of a CSV file, in its order. Raises WrongHeader."""
    text = csv_lines.decode(data)
    records = list(csv_lines.records(text.lines, csv_lines.form(text.lines, csv_header.place_in_lines)))
    header = csv_header.guess(records[: csv_header.LOOKED_AT + 1])
    problems = list(header_notes(records[0][0], header))
    problems += [RowProblem(line, "odd_bytes", " ".join(text.lines[line - 1].split())) for line in text.odd]
    rows: dict[str, Row] = {}
    for record in records[1:]:
        row, notes = read_row(record, header, country)
        if row and (first := rows.get(row.email_key)):
            problems.append(RowProblem(row.line, "duplicate", row.email))
            rows[row.email_key] = first._replace(refusal=csv_refusals.strongest([first.refusal, row.refusal]))
        elif row:
            rows[row.email_key] = row
            problems += notes
        else:
            problems += notes
    return list(rows.values()), problems


def header_notes(line: int, header: Header) -> Iterator[RowProblem]:
    """Yield the notes about columns: one that was taken for the addresses, and those that are not used."""
    if header.by_content >= 0:
        yield RowProblem(line, "by_content", header.names[header.by_content])
    if unused := header.unused:
        yield RowProblem(line, "ignored_column" if len(unused) == 1 else "ignored_columns", ", ".join(unused))


def read_row(record: Record, header: Header, country: str) -> tuple[Row | None, list[RowProblem]]:
    """Read one record. Return the row, None for one that is left out or empty, and its problems.

    `country` completes telephone numbers of rows that name no country.
    """
    line, cells = record
    if isinstance(cells, str):
        return None, [RowProblem(line, "broken_quotes", cells)]
    if not any(cells):
        return None, []
    values = _values(cells, header)
    email = values.pop("email", "")
    rule, value = wrong(cells, email, len(header.uses))
    if rule:
        return None, [RowProblem(line, rule, value)]
    notes: list[RowProblem] = []
    given = _checked(line, values, country, notes)
    if whole := values.get("name", ""):
        given |= _parted(whole, values.get("last_name", ""))
    own = _own_fields(line, cells, header, notes)
    row = Row(line, email, addresses.key(email), **given, refusal=refusal_of(cells, header), fields=own)  # type: ignore[arg-type]
    return row, notes


def refusal_of(cells: list[str], header: Header) -> MailRefusal:
    """Return the strongest refusal in the cells of a row, which may be a bad one.

    In a row with too many cells a status may have moved to the right, so the cells that it may stand in now are read too.
    """
    surplus = max(0, len(cells) - len(header.uses))
    found = [csv_refusals.of(name, "".join(cells[at : at + 1])) for at, name in csv_header.refusals(header).items()]
    moved = [cell for at in csv_header.refusals(header) for cell in cells[at + 1 : at + 1 + surplus]]
    return csv_refusals.strongest([*found, *map(csv_refusals.state, moved)])


def wrong(cells: list[str], email: str, columns: int) -> tuple[str, str]:
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


def _values(cells: list[str], header: Header) -> dict[str, str]:
    """Return the cells by their use; of a use with several columns the first that is not empty, of tags all."""
    values: dict[str, str] = {}
    for use, cell in zip(header.uses, cells, strict=False):
        if use == "email":
            values[use] = cell
        elif use == "tags":
            values[use] = f"{values.get(use, '')},{cell}"
        elif use in MORE_HEADERS:
            values[use] = values.get(use, "") or _printable(cell)
        elif use and use not in (csv_header.REFUSAL,) and not use.startswith(OWN):
            values[use] = _printable(cell)
    return values


def _checked(line: int, values: dict[str, str], country: str, notes: list[RowProblem]) -> dict[str, object]:
    """Return the values as contacts hold them, and note those that cannot be read."""
    found: dict[str, object] = {name: values.get(name, "")[:200] for name in ("first_name", "last_name", "company")}
    for name, rule, look in (
        ("language", "unknown_language", _language),
        ("country", "unknown_country", countries.read),
        ("time_zone", "unknown_zone", lambda typed: typed if zones.exists(typed) else ""),
    ):
        typed = values.get(name, "")
        found[name] = look(typed)
        if typed and not found[name]:
            notes.append(RowProblem(line, rule, typed))
    for name in ("phone", "whatsapp"):
        try:
            found[name] = phones.e164(values.get(name, ""), str(found["country"]) or country)
        except BadNumber as error:
            found[name] = ""
            notes.append(RowProblem(line, "bad_number", error.typed))
    found["tags"] = tuple(
        dict.fromkeys(tag for each in _BETWEEN_TAGS.split(values.get("tags", "")) if (tag := _tag(each)))
    )
    return found


def _own_fields(line: int, cells: list[str], header: Header, notes: list[RowProblem]) -> tuple[tuple[str, str], ...]:
    own: dict[str, str] = {}
    for use, cell in zip(header.uses, cells, strict=False):
        if use.startswith(OWN) and cell:
            text = _printable(cell)
            if len(text) > TEXT_MOST:
                notes.append(RowProblem(line, "long_text", text))
            own.setdefault(use.removeprefix(OWN), text[:TEXT_MOST])
    return tuple(own.items())


def _parted(whole: str, last_name: str) -> dict[str, object]:
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
    if cell.isprintable():
        return cell
    return " ".join("".join(char for char in cell if char.isprintable() or char in search.JOINERS).split())


@lru_cache(maxsize=4096)  # a list has few labels
def _tag(typed: str) -> str:
    """Return a tag for a label that somebody wrote: `Feria 2026` becomes feria-2026."""
    plain = re.sub(r"[^a-z0-9_]+", "-", search.fold(typed.strip(" *\"'"))).strip("-_")
    return "" if plain in NO_TAGS else plain[:31].strip("-_")


def _language(given: str) -> str:
    """Return es or en for the usual spellings (Español, EN, es-CO); '' for others."""
    return _LANGUAGE.get(given.casefold().replace("_", "-").partition("-")[0], "")
