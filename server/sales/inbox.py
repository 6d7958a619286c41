"""Lists leads for sales, sorted by worth, with views, filters, search and counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple, TypedDict

from server.contacts.search import patterns, within
from server.qualify import leads, scoring
from server.qualify.leads import Lead
from server.store import Session

PAGE, MANY = 50, 2000  # leads on a page, and at once in an export
MOST = 10_001  # counted leads of a stage; a page shows “10,000+”
STAGES = tuple(stage.name for stage in scoring.ScoringModel().stages)
SORTS = ("recent", "step", "name")  # beside the usual order, by score
ANY, YES, NO = "any", "yes", "no"
VIEWS = {  # the outcome that they show, and whether they show snoozed leads
    "open": ("", NO),
    "ours": ("", NO),
    "mine": ("", NO),
    "snoozed": ("", YES),
    "won": ("won", ANY),
    "lost": ("lost", ANY),
    "all": (ANY, ANY),
}
FILTERS = ("outcome", "snoozed", "today", "owner", "free", "product", "tag", "everyone")
NOBODY = "nobody"


class Place(TypedDict):
    """The position of a lead in the list, for reading on after it."""

    worth: int
    answered_at: int
    contact_id: str


FIRST: Place = {"worth": 2**52, "answered_at": 2**52, "contact_id": "~"}  # the position before the first lead


@dataclass(frozen=True)
class Filter:
    """A filter of the list. `today` is the reader's, as 2026-11-30; `owner` a user's id or NOBODY; '' matches everything.

    With `free`, leads of nobody match beside those of `owner`. Without `everyone`, leads that only machines made are left out.
    """

    today: str
    view: str = "open"
    text: str = ""
    stage: str = ""
    owner: str = ""
    free: bool = False
    product: str = ""
    tag: str = ""
    everyone: bool = False
    sort: str = ""

    def parameters(self) -> dict[str, str]:
        """Return the parameters of the queries."""
        outcome, snoozed = VIEWS[self.view]
        return {
            "today": self.today,
            "outcome": outcome,
            "snoozed": snoozed,
            "stage": self.stage,
            "owner": self.owner,
            "free": YES if self.free else "",
            "product": within(self.product),
            "tag": within(self.tag),
            "everyone": YES if self.everyone else "",
            **patterns(self.text),
        }


class LeadPage(NamedTuple):
    """A page of leads by worth, PAGE and one more, with their reasons parsed; and the number of leads in each stage."""

    rows: list[Lead]
    stages: dict[str, int]


def search(tx: Session, wanted: Filter, page: int = 1, most: int = MOST) -> LeadPage:
    """Return a page of the list. Counts ignore the stage filter and, without a search text, stop at `most`."""
    given, offset = wanted.parameters(), (page - 1) * PAGE
    if wanted.sort:
        rows = tx.leads.sorted(**given, sort=wanted.sort, limit=PAGE + 1, offset=offset)
        return LeadPage([leads.read(row) for row in rows], search(tx, replace(wanted, sort=""), 1, most).stages)
    if wanted.text.strip():
        return _by_words(tx, given, offset)
    rows = tx.leads.list(**given, **FIRST, limit=PAGE + 1, offset=offset)
    counted = {name: value for name, value in given.items() if name in FILTERS}
    stages = {name: tx.leads.in_stage(**counted, stage=name, limit=most) for name in STAGES}
    return LeadPage([leads.read(row) for row in rows], stages)


def behind(tx: Session, wanted: Filter, last: Place, limit: int) -> list[Lead]:
    """Return the leads after another one of the list, by its `worth`, `answered_at` and `contact_id`; FIRST for the beginning."""
    place: Place = {
        "worth": last["worth"],
        "answered_at": last["answered_at"],
        "contact_id": last["contact_id"],
    }
    return [leads.read(row) for row in tx.leads.list(**wanted.parameters(), **place, limit=limit, offset=0)]


def due(tx: Session, owner_id: str, today: str, limit: int) -> list[Lead]:
    """List open leads of one user whose next step is due or late, the oldest first."""
    return [leads.read(row) for row in tx.leads.due(owner_id=owner_id, today=today, limit=limit)]


def unclaimed(tx: Session, since: int, today: str, limit: int) -> list[Lead]:
    """List open leads without an owner that deserve a step, with an answer since a moment (ms UTC), by worth."""
    return [leads.read(row) for row in tx.leads.unclaimed(since_at=since, today=today, limit=limit)]


def every(tx: Session, wanted: Filter) -> Iterator[Lead]:
    """Yield all matching leads in batches, for an export."""
    last: Place = FIRST
    while rows := behind(tx, wanted, last, MANY):
        yield from rows
        last = rows[-1]


def products(tx: Session) -> list[str]:
    """List the products of all leads, in alphabetical order."""
    return sorted({name for row in tx.leads.products() for name in row["names"].split(",") if name})


def version(tx: Session) -> int:
    """Return the time of the last change of any lead (ms UTC); 0 without leads."""
    return tx.leads.latest() or 0


def _by_words(tx: Session, given: Mapping[str, str], offset: int) -> LeadPage:
    """Search by text, with the counts in each row; a page without rows queries them alone."""
    rows = tx.leads.search(**given, limit=PAGE + 1, offset=offset)
    counted = rows or tx.leads.search(**{**given, "stage": ""}, limit=1, offset=0)
    of_stage = {"hot": counted[0]["hot"], "warm": counted[0]["warm"], "cold": counted[0]["cold"]} if counted else {}
    stages = {name: of_stage.get(name, 0) for name in STAGES}
    return LeadPage([leads.read(row) for row in rows], stages)
