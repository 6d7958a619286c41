"""The list of leads: who is worth a call now, sorted by worth, in the views and by the filters that sales needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from server.people.search import patterns, within
from server.qualify import leads, scoring
from server.store import Session

PAGE, MANY = 50, 2000  # leads on a page, and at once in an export
ANY, YES, NO = "any", "yes", "no"
VIEWS = {  # the outcome they show, and whether what is snoozed
    "open": ("", NO),
    "mine": ("", NO),
    "snoozed": ("", YES),
    "won": ("won", ANY),
    "lost": ("lost", ANY),
    "all": (ANY, ANY),
}
NOBODY = "nobody"


@dataclass(frozen=True)
class Filter:
    """What is looked for. `today` is the reader's, as 2026-11-30; `owner` a user's id or NOBODY; '' is everything.

    Without `everyone`, leads that nobody but machines made are left out.
    """

    today: str
    view: str = "open"
    text: str = ""
    stage: str = ""
    owner: str = ""
    product: str = ""
    tag: str = ""
    everyone: bool = False

    def parameters(self) -> dict[str, Any]:
        outcome, snoozed = VIEWS[self.view]
        return {
            "today": self.today,
            "outcome": outcome,
            "snoozed": snoozed,
            "stage": self.stage,
            "owner": self.owner,
            "product": within(self.product),
            "tag": within(self.tag),
            "everyone": YES if self.everyone else "",
            **patterns(self.text),
        }


def search(tx: Session, wanted: Filter, page: int = 1, size: int = PAGE) -> list[dict[str, Any]]:
    """Leads by worth, `size` and one more at a time, as rows with their reasons read."""
    rows = tx.leads.list(**wanted.parameters(), limit=size + 1, offset=(page - 1) * size)
    return [leads.read(row) for row in rows]


def stages(tx: Session, wanted: Filter) -> dict[str, int]:
    """How many of them stand in each stage, whatever stage is looked for."""
    found = {row["stage"]: row["total"] for row in tx.leads.stages(**wanted.parameters())}
    return {stage.name: found.get(stage.name, 0) for stage in scoring.Table().stages}


def every(tx: Session, wanted: Filter) -> Iterator[dict[str, Any]]:
    """All of them, page by page, for an export."""
    page = 1
    while rows := search(tx, wanted, page, MANY):
        yield from rows[:MANY]
        if len(rows) <= MANY:
            return
        page += 1


def products(tx: Session) -> list[str]:
    """What leads are about, in alphabetical order."""
    return sorted({name for row in tx.leads.products() for name in row["names"].split(",") if name})


def version(tx: Session) -> int:
    """When anything of any lead last changed (ms UTC); 0 without leads."""
    return int(tx.leads.latest() or 0)
