"""Imports a list for `acto import contacts`, by the steps that the page carries out too, and collects what to tell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from server import jsontext
from server.accounts import audit
from server.cli.shared import now_ms
from server.contacts.csv_read import RowProblem
from server.contacts.imports import plan, source, staging, steps
from server.store import Store

NEVER = 2**62


class ListReport(NamedTuple):
    """The numbers of an import and its problems, in the order of the file."""

    added: int
    updated: int
    left_out: int
    refused: int
    problems: list[RowProblem]


def run(store: Store, file: Path, country: str, told: Callable[[int, int], None]) -> ListReport:
    """Import a file and return the report. Raises CannotDo for one that is no list of contacts."""
    opened = source.open_list(file.read_bytes())
    import_id = staging.stage(store, file.name, opened, audit.COMMAND_LINE, now_ms())
    steps.advance(store, import_id, now_ms, NEVER, country)
    store.write(lambda tx: steps.begin(tx, import_id, now_ms()))
    steps.advance(store, import_id, now_ms, NEVER, country, told)
    return _report(store, import_id, opened.notes)


def _report(store: Store, import_id: str, notes: tuple[RowProblem, ...]) -> ListReport:
    problems, refused, after = list(notes), 0, -1
    with store.read() as tx:
        totals = {row["outcome"]: row["total"] for row in tx.imports.totals(import_id=import_id)}
        while rows := tx.imports.rows(import_id=import_id, after_line=after, limit=staging.TOGETHER):
            for row in rows:
                problems += [RowProblem(row["line"], *note) for note in jsontext.loads(row["notes"])]
                refused += plan.REFUSAL in jsontext.loads(row["changes"])
            after = rows[-1]["line"]
    updated = totals.get(plan.CHANGED, 0) + totals.get(plan.SAME, 0)
    return ListReport(
        totals.get(plan.NEW, 0), updated, sum(problem.left_out for problem in problems), refused, problems
    )
