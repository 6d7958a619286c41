"""The list of leads: who is worth a call now, sorted by worth, in the views and by the filters that sales needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypedDict

from server.contacts.search import patterns, within
from server.qualify import leads, scoring
from server.qualify.leads import Lead
from server.store import Session

PAGE, MANY = 50, 2000  # leads on a page, and at once in an export
MOST = 10_001  # leads of a stage that are counted: a page says “10,000+”
STAGES = tuple(stage.name for stage in scoring.ScoringModel().stages)
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


class Place(TypedDict):
    """A place in the list: that of a lead."""

    worth: int
    answered_at: int
    contact_id: str


FIRST: Place = {"worth": 2**52, "answered_at": 2**52, "contact_id": "~"}  # behind which the whole list stands


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

    def parameters(self) -> dict[str, str]:
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


class LeadPage(NamedTuple):
    """A page of leads by worth, PAGE and one more, with their reasons read; and how many stand in each stage."""

    rows: list[Lead]
    stages: dict[str, int]


def search(tx: Session, wanted: Filter, page: int = 1, most: int = MOST) -> LeadPage:
    """Stages are counted whatever stage is looked for, and where nobody's name is looked for, no further than `most`."""
    given, offset = wanted.parameters(), (page - 1) * PAGE
    if wanted.text.strip():
        return _by_words(tx, given, offset)
    rows = tx.leads.list(**given, **FIRST, limit=PAGE + 1, offset=offset)
    counted = {name: value for name, value in given.items() if name in FILTERS}
    stages = {name: tx.leads.in_stage(**counted, stage=name, limit=most) for name in STAGES}
    return LeadPage([leads.read(row) for row in rows], stages)


def behind(tx: Session, wanted: Filter, last: Place, limit: int) -> list[Lead]:
    """Those that follow a lead of the same list, by its `worth`, `answered_at` and `contact_id`; FIRST for the beginning."""
    place: Place = {
        "worth": last["worth"],
        "answered_at": last["answered_at"],
        "contact_id": last["contact_id"],
    }
    return [leads.read(row) for row in tx.leads.list(**wanted.parameters(), **place, limit=limit, offset=0)]


def due(tx: Session, owner_id: str, today: str, limit: int) -> list[Lead]:
    """Open leads of one user whose next step is due or late, the oldest first."""
    return [leads.read(row) for row in tx.leads.due(owner_id=owner_id, today=today, limit=limit)]


def unclaimed(tx: Session, since: int, today: str, limit: int) -> list[Lead]:
    """Open leads worth a step that nobody has, with an answer since a moment (ms UTC), by worth."""
    return [leads.read(row) for row in tx.leads.unclaimed(since_at=since, today=today, limit=limit)]


def every(tx: Session, wanted: Filter) -> Iterator[Lead]:
    """All of them, some at a time, for an export."""
    last: Place = FIRST
    while rows := behind(tx, wanted, last, MANY):
        yield from rows
        last = rows[-1]


def products(tx: Session) -> list[str]:
    """What leads are about, in alphabetical order."""
    return sorted({name for row in tx.leads.products() for name in row["names"].split(",") if name})


def version(tx: Session) -> int:
    """When anything of any lead last changed (ms UTC); 0 without leads."""
    return tx.leads.latest() or 0


def _by_words(tx: Session, given: Mapping[str, str], offset: int) -> LeadPage:
    """Each row brings the counts; a page without rows asks for them alone."""
    rows = tx.leads.search(**given, limit=PAGE + 1, offset=offset)
    counted = rows or tx.leads.search(**{**given, "stage": ""}, limit=1, offset=0)
    of_stage = {"hot": counted[0]["hot"], "warm": counted[0]["warm"], "cold": counted[0]["cold"]} if counted else {}
    stages = {name: of_stage.get(name, 0) for name in STAGES}
    return LeadPage([leads.read(row) for row in rows], stages)
