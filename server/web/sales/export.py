"""What leaves as a file: CSV that a spreadsheet opens as it stands, written while it is read."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from flask import Response, g, stream_with_context

from server.accounts import audit
from server.qualify import sentences
from server.sales import inbox
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
FORMULA = (*"=+-@\t\r\n", *"＝＋－＠")  # a spreadsheet would run what begins with one of these, wide ones too
NUMBER = re.compile(r"-?[0-9]+([.,][0-9]+)?")
WITHIN = re.compile(  # the same where a cell may begin within a cell, unless a number stands there
    r"(?<=[;,\t\r\n])(?!-?[0-9]+(?:[.,][0-9]+)?(?:[;,\t\r\n]|\Z))(?=[ \"]*[=+\-@＝＋－＠])"
)
LEADS = (
    *("name", "email", "company", "stage", "worth", "interest", "need", "urgency", "product", "owner"),
    *("next_step", "next_on", "snoozed_until", "outcome", "outcome_reason", "tags", "answered_at", "reasons"),
)


@room.post("/leads/export")
def leads() -> Response:
    """The leads of the list as it is filtered, all of them. A POST, since personal data leaves and that is written down."""
    wanted, spoken = chosen(), language.current()
    return csv_of("leads", LEADS, lambda tx: _leads(tx, wanted, spoken))


def csv_of(name: str, header: Iterable[str], rows: Callable[[Session], Iterable[list[str]]]) -> Response:
    """A file of `rows(tx)`, read while it is sent, and a line in the activity log.

    With a byte order mark, without which Excel takes UTF-8 for something else.
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
        told["tags"] = " ".join(lead["tags"])
        told["reasons"] = "\n".join(
            sentences.sentence(each, spoken, language.day(each["at"])) for each in lead["reasons"]
        )
        yield [str(told[column]) for column in LEADS]


def safe(cell: str) -> str:
    """The cell as text, never as a formula. Numbers stay numbers."""
    return f"'{cell}" if cell.startswith(FORMULA) and not NUMBER.fullmatch(cell) else cell


def safe_within(cell: str) -> str:
    """The cell with no formula after a separator: of `"a","b;=1+1"` Excel in Spanish, which separates by semicolons and reads
    quotes at the start of its cells alone, makes a cell that begins with `=`.
    """
    return WITHIN.sub("'", cell)


class _Echo:
    """A file that gives back what is written."""

    def write(self, line: str) -> str:
        return line
