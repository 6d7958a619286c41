"""The list of leads: who is worth a call now, sorted by worth, in the views and by the filters that sales needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from server.contacts.search import patterns, within
from server.qualify import leads, scoring
from server.store import Session

PAGE, MANY = 50, 2000  # leads on a page, and at once in an export
MOST = 10_001  # leads of a stage that are counted: a page says “10,000+”
STAGES = tuple(stage.name for stage in scoring.Table().stages)
ANY, YES, NO = "any", "yes", "no"
VIEWS = {  # the outcome they show, and whether what is snoozed
    "open": ("", NO),
    "mine": ("", NO),
    "snoozed": ("", YES),
    "won": ("won", ANY),
    "lost": ("lost", ANY),
    "all": (ANY, ANY),
}
FILTERS = ("outcome", "snoozed", "today", "owner", "product", "tag", "everyone")
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


class Found(NamedTuple):
    """A page of leads by worth, PAGE and one more, with their reasons read; and how many stand in each stage."""

    rows: list[dict[str, Any]]
    stages: dict[str, int]


def search(tx: Session, wanted: Filter, page: int = 1, most: int = MOST) -> Found:
    """Stages are counted whatever stage is looked for, and where nobody's name is looked for, no further than `most`."""
    there = {**wanted.parameters(), "limit": PAGE + 1, "offset": (page - 1) * PAGE}
    if wanted.text.strip():
        return _by_words(tx, there)
    rows = tx.leads.list(**there, **FIRST)
    counted = {name: value for name, value in there.items() if name in FILTERS}
    stages = {name: int(tx.leads.in_stage(**{**counted, "stage": name}, limit=most)) for name in STAGES}
    return Found([leads.read(row) for row in rows], stages)


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


def _by_words(tx: Session, there: Mapping[str, Any]) -> Found:
    """Each row brings the counts; a page without rows asks for them alone."""
    rows = tx.leads.search(**there)
    counted = rows or tx.leads.search(**{**there, "stage": "", "limit": 1, "offset": 0})
    stages = {name: int(counted[0][name]) if counted else 0 for name in STAGES}
    return Found([leads.read(row) for row in rows], stages)
