"""Exports lists as CSV for spreadsheets, streamed while the rows are read, with formulas disarmed (CSV injection)."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from flask import Response, g, stream_with_context

from server.accounts import audit
from server.qualify import sentences
from server.sales import inbox, money
from server.sales.inbox import Filter
from server.store import Session
from server.web import language, viewer
from server.web.room import Room
from server.web.sales.leads import chosen
from server.web.state import now_ms, state

room = Room(
    "export",
    __name__,
    access={
        "leads": "people.export",
    },
)
FORMULA = (*"=+-@\t\r\n", *"＝＋－＠")  # a spreadsheet runs a cell that begins with one of these, full-width ones too
NUMBER = re.compile(r"-?[0-9]+([.,][0-9]+)?")
WITHIN = re.compile(  # such a character after a separator inside a cell, unless it begins a number
    r"(?<=[;,\t\r\n])(?!-?[0-9]+(?:[.,][0-9]+)?(?:[;,\t\r\n]|\Z))(?=[ \"]*[=+\-@＝＋－＠])"
)
LEADS = (
    *("name", "email", "company", "stage", "worth", "interest", "need", "urgency", "product", "owner"),
    *(
        "next_step",
        "next_on",
        "snoozed_until",
        "outcome",
        "outcome_reason",
        "amount",
        "currency",
        "outcome_on",
        "tags",
        "answered_at",
        "reasons",
    ),
)


@room.post("/leads/export")
def leads() -> Response:
    """Export all leads of the filtered list. It is a POST, because the export is recorded in the activity log."""
    wanted, spoken = chosen(), language.current()
    return csv_of("leads", LEADS, lambda tx: _leads(tx, wanted, spoken))


def csv_of(name: str, header: Iterable[str], rows: Callable[[Session], Iterable[list[str]]]) -> Response:
    """Stream `rows(tx)` as a CSV file and record the export in the activity log.

    The file begins with a byte order mark, without which Excel does not recognise UTF-8.
    """
    by_whom, now = g.user["email"], now_ms()
    state().store.write(lambda tx: audit.add(tx, by_whom, "data.exported", name, now))
    store, day = state().store, viewer.today()

    def lines() -> Iterator[str]:
        echo: Any = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
        yield "\ufeff" + echo.writerow(header)
        with store.read() as tx:
            for row in rows(tx):
                yield echo.writerow([safe_within(safe(cell)) for cell in row])

    disposition = f'attachment; filename="{name}-{day}.csv"'
    return Response(stream_with_context(lines()), mimetype="text/csv", headers={"Content-Disposition": disposition})


def _leads(tx: Session, wanted: Filter, spoken: str) -> Iterator[list[str]]:
    owners = viewer.names(tx)
    for lead in inbox.every(tx, wanted):
        told = {**lead, "email": lead["address"], "owner": owners.get(lead["owner_id"], "")}
        told["answered_at"] = language.iso(lead["answered_at"])
        currency = lead["outcome_currency"]
        told["amount"] = money.decimal(lead["outcome_amount"], currency) if currency else ""
        told["currency"] = currency
        told["tags"] = " ".join(lead["tags"])
        told["reasons"] = "\n".join(
            sentences.sentence(each, spoken, language.day(each["at"])) for each in lead["reasons"]
        )
        yield [str(told[column]) for column in LEADS]


def safe(cell: str) -> str:
    """Return the cell so that a spreadsheet reads it as text and not as a formula. Numbers stay numbers."""
    return f"'{cell}" if cell.startswith(FORMULA) and not NUMBER.fullmatch(cell) else cell


def safe_within(cell: str) -> str:
    """Return the cell without a formula after a separator inside it. Excel in Spanish separates by semicolons and recognises quotes only
    at the start of a cell, so it reads `"a","b;=1+1"` as a line with a cell that begins with `=`.
    """
    return WITHIN.sub("'", cell)


class _Echo:
    """A file object whose `write` returns the line."""

    def write(self, line: str) -> str:
        return line
