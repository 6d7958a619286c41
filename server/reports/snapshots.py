"""Stores slow reports with their age: the worker renews them, and pages show them with the time of their figures."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from server import jsontext
from server.reports import answers, campaign
from server.reports.campaign import Campaign, Cohort, Variant
from server.store import Session, Store

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersTotalsRow
    from server.store.queries.report_people import ReportPeopleMarksRow
    from server.store.queries.reports import ReportsAgesRow, ReportSnapshotsRow

LIVE_PEOPLE = 5_000  # up to this many recipients, a page computes the report itself
REST = 20  # a snapshot is renewed after this many times its cost, so that reports use a twentieth of a core
LEAST_MS = 2_000


@dataclass(frozen=True)
class Snapshot:
    """The report of an email, the rows from which its questions are counted, and those of the marks on scales by week."""

    campaign: Campaign
    totals: list[AnswersTotalsRow]
    marks: list[ReportPeopleMarksRow]


def read(tx: Session, email: str, now: int) -> Snapshot:
    """Return the stored report of a large email; compute any other as of now."""
    return _kept(tx, email) or work_out(tx, email, now)


def totals(tx: Session, email: str, now: int) -> tuple[list[AnswersTotalsRow], int]:
    """Return the rows from which the questions are counted, and their time (ms UTC)."""
    kept = _kept(tx, email)
    return (kept.totals, kept.campaign.as_of) if kept else (answers.totals(tx, email), now)


def work_out(tx: Session, email: str, now: int) -> Snapshot:
    """Compute the report of an email as of now."""
    return Snapshot(campaign.work_out(tx, email, now), answers.totals(tx, email), tx.report_people.marks(email=email))


class Snapshots:
    """A hook of the worker: renews the reports of emails with changes, no more often than their cost allows."""

    def __init__(self, store: Store) -> None:
        self._store, self._seen = store, -1
        self._waiting: set[str] = set()

    def __call__(self, now: int) -> None:
        with self._store.read() as tx:
            self._waiting |= {row["email"] for row in tx.reports.sent_since(since_at=self._seen)}
            self._waiting |= {row["email"] for row in tx.reports.answered_since(since_at=self._seen)}
            ages = {row["email"]: row for row in tx.reports.ages()} if self._waiting else {}
        self._seen = now - LEAST_MS  # overlaps, so that rows committed during the query are found the next time
        for email in sorted(self._waiting):
            if _is_due(ages.get(email), now):
                keep(self._store, email, now)
                self._waiting.discard(email)


def keep(store: Store, email: str, now: int) -> None:
    """Compute the report of an email and store it."""
    began = time.perf_counter()
    with store.read() as tx:
        made = work_out(tx, email, now)
    cost_ms = int((time.perf_counter() - began) * 1000)
    hours = {str(hour): people for hour, people in made.campaign.hours.items()}  # JSON has no keys but text
    content = {"campaign": {**asdict(made.campaign), "hours": hours}, "totals": made.totals, "marks": made.marks}
    text = jsontext.dumps(content)
    store.write(lambda tx: tx.reports.keep(email=email, content=text, as_of=now, cost_ms=cost_ms))


def _is_due(age: ReportsAgesRow | None, now: int) -> bool:
    return age is None or now - age["as_of"] >= max(LEAST_MS, REST * age["cost_ms"])


def _kept(tx: Session, email: str) -> Snapshot | None:
    """Return the stored report; None without one, or for an email small enough to compute."""
    row = tx.reports.snapshot(email=email)
    kept = _read(row) if row else None
    return kept if kept and kept.campaign.sent > LIVE_PEOPLE else None


def _read(row: ReportSnapshotsRow) -> Snapshot | None:
    """Parse a stored report; None for one of an earlier release, which is computed until the worker renews it."""
    found = jsontext.loads(row["content"])
    if "marks" not in found:
        return None
    told = found["campaign"]
    hours = {int(hour): people for hour, people in told["hours"].items()}
    read = {
        "cohorts": [Cohort(**each) for each in told["cohorts"]],
        "variants": [Variant(**each) for each in told["variants"]],
    }
    return Snapshot(Campaign(**{**told, "hours": hours, **read}), found["totals"], found["marks"])
