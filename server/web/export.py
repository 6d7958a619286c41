"""What leaves as a file: CSV that a spreadsheet opens as it stands, written while it is read."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from flask import Blueprint, Response, g, stream_with_context

from server.people import audit
from server.qualify import sentences
from server.sales import inbox
from server.sales.inbox import Filter
from server.web import language, people
from server.web.leads import chosen
from server.web.state import now_ms, state

room = Blueprint("export", __name__)
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run what begins with one of these
LEADS = (
    *("name", "email", "company", "stage", "worth", "interest", "need", "urgency", "product", "owner"),
    *("next_step", "next_on", "snoozed_until", "outcome", "outcome_reason", "tags", "answered_at", "reasons"),
)


@room.post("/leads/export")
def leads() -> Response:
    """The leads of the list as it is filtered, all of them. A POST, since personal data leaves and that is written down."""
    by_whom, now = g.user["email"], now_ms()
    state().store.write(lambda tx: audit.add(tx, by_whom, "data.exported", "leads", now))
    return _csv("leads", LEADS, _leads(chosen(), language.current()))


def _leads(wanted: Filter, spoken: str) -> Iterator[list[str]]:
    with state().store.read() as tx:
        owners = people.names(tx)
        for lead in inbox.every(tx, wanted):
            told = {**lead, "email": lead["address"], "owner": owners.get(lead["owner_id"], "")}
            told["answered_at"] = language.iso(lead["answered_at"])
            told["tags"] = " ".join(lead["tags"])
            told["reasons"] = "\n".join(
                sentences.sentence(each, spoken, language.day(each["at"])) for each in lead["reasons"]
            )
            yield [str(told[column]) for column in LEADS]


def _csv(name: str, header: Iterable[str], rows: Iterable[list[str]]) -> Response:
    """With a byte order mark, without which Excel takes UTF-8 for something else."""

    def lines() -> Iterator[str]:
        echo: Any = csv.writer(_Echo())
        yield "\ufeff" + echo.writerow(header)
        for row in rows:
            yield echo.writerow([safe(cell) for cell in row])

    return Response(
        stream_with_context(lines()),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}-{people.today()}.csv"'},
    )


def safe(cell: str) -> str:
    """The cell as text, never as a formula. Numbers stay numbers."""
    return f"'{cell}" if cell.startswith(FORMULA) and not cell.lstrip("-").isdigit() else cell


class _Echo:
    """A file that gives back what is written."""

    def write(self, line: str) -> str:
        return line
