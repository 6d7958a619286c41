"""Guesses from the header of a list, and from its first rows, what each column holds and which program wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from server import texts
from server.contacts import addresses, csv_refusals
from server.contacts.csv_programs import PROGRAMS
from server.contacts.csv_table import HEADERS, MORE_HEADERS, WRONG_HEADER, plain

LOOKED_AT = 50  # rows read to find the column of addresses
Record = tuple[int, list[str] | str]
REFUSAL, OWN = "refusal", "own:"  # uses of a column besides those of HEADERS and MORE_HEADERS; own:job_title
_ONCE = {alias: use for use, aliases in HEADERS.items() for alias in aliases}
_OFTEN = {alias: use for use, aliases in MORE_HEADERS.items() for alias in aliases}


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
    """The names of the columns, and the use of each: a key of HEADERS or MORE_HEADERS, REFUSAL, OWN with a name, or ''.

    `by_content` is the place of the address column if its name did not say so, else -1.
    """

    names: list[str]
    uses: list[str]
    by_content: int = -1

    @property
    def unused(self) -> list[str]:
        """The names of the columns that are not used."""
        return [name for name, use in zip(self.names, self.uses, strict=True) if name and not use]


def guess(records: Sequence[Record]) -> Header:
    """Guess the header from the first records of a list. Raises WrongHeader if no column holds addresses."""
    _, cells = records[0] if records else (1, [])
    names = [cells] if isinstance(cells, str) else cells
    uses: list[str] = []
    for name in names:
        use = _ONCE.get(plain(name), "")
        uses.append(_OFTEN.get(plain(name), "") if use in uses else use or _OFTEN.get(plain(name), ""))
    by_content = -1
    if "email" not in uses:
        by_content = _addresses(records, names)
        uses[by_content] = "email"
    if "name" in uses and "first_name" in uses:  # the full name adds nothing
        uses[uses.index("name")] = ""
    for at, name in enumerate(names):
        if not uses[at] and csv_refusals.is_refusal(name):
            uses[at] = REFUSAL
    return Header(names, uses, by_content)


def place(rows: Iterable[Sequence[str]]) -> int:
    """Return the place of the first row that names a column of addresses; 0 without one above the first address."""
    for at, cells in enumerate(rows):
        if any(map(_is_address, cells)):
            return 0
        if any(_ONCE.get(plain(cell)) == "email" for cell in cells):
            return at
    return 0


def place_in_lines(lines: Iterable[str]) -> int:
    """Return the `place` of the header among the first lines of a CSV file whose separator is not known yet."""
    return place([cell.strip(" \"'\r\n") for cell in re.split("[,;\t|]", line)] for line in lines)


def program(names: Sequence[str]) -> str:
    """Return the program whose exports have these columns; '' for an unknown one."""
    columns = {plain(name) for name in names}
    return next((name for name, rows in PROGRAMS.items() if any(row <= columns for row in rows)), "")


def refusals(header: Header) -> Mapping[int, str]:
    """Return the names of the columns that may hold a refusal, by their place."""
    return {at: header.names[at] for at, use in enumerate(header.uses) if use == REFUSAL}


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
