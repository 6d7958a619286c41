"""The list of leads: who is worth a call now, sorted by worth, in the views and by the filters that sales needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
FIRST: dict[str, int | str] = {
    "worth": 2**52,
    "answered_at": 2**52,
    "contact_id": "~",
}  # behind which the whole list stands


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


def search(tx: Session, wanted: Filter, page: int = 1) -> list[dict[str, Any]]:
    """Leads by worth, PAGE and one more at a time, as rows with their reasons read."""
    rows = tx.leads.list(**wanted.parameters(), **FIRST, limit=PAGE + 1, offset=(page - 1) * PAGE)
    return [leads.read(row) for row in rows]


def behind(tx: Session, wanted: Filter, last: Mapping[str, Any], limit: int) -> list[dict[str, Any]]:
    """Those that follow a lead of the same list, by its `worth`, `answered_at` and `contact_id`; FIRST for the beginning."""
    place = {name: last[name] for name in FIRST}
    return [leads.read(row) for row in tx.leads.list(**wanted.parameters(), **place, limit=limit, offset=0)]


def due(tx: Session, owner_id: str, today: str, limit: int) -> list[dict[str, Any]]:
    """Open leads of one user whose next step is due or late, the oldest first."""
    return [leads.read(row) for row in tx.leads.due(owner_id=owner_id, today=today, limit=limit)]


def unclaimed(tx: Session, since: int, today: str, limit: int) -> list[dict[str, Any]]:
    """Open leads worth a step that nobody has, with an answer since a moment (ms UTC), by worth."""
    return [leads.read(row) for row in tx.leads.unclaimed(since_at=since, today=today, limit=limit)]


def stages(tx: Session, wanted: Filter) -> dict[str, int]:
    """How many of them stand in each stage, whatever stage is looked for."""
    found = {row["stage"]: row["total"] for row in tx.leads.stages(**wanted.parameters())}
    return {stage.name: found.get(stage.name, 0) for stage in scoring.Table().stages}


def every(tx: Session, wanted: Filter) -> Iterator[dict[str, Any]]:
    """All of them, some at a time, for an export."""
    last: Mapping[str, Any] = FIRST
    while rows := behind(tx, wanted, last, MANY):
        yield from rows
        last = rows[-1]


def products(tx: Session) -> list[str]:
    """What leads are about, in alphabetical order."""
    return sorted({name for row in tx.leads.products() for name in row["names"].split(",") if name})


def version(tx: Session) -> int:
    """When anything of any lead last changed (ms UTC); 0 without leads."""
    return int(tx.leads.latest() or 0)
