"""Computes the report of one email: from sent to won, by week, day, hour and channel. It counts people, never clicks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypedDict

from server.reports import people
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.reports import ReportsCameOfRow, ReportsLeadsRow

VARIANTS = ("language", "version")  # an email that was changed has several versions
WEEK_MS, MONDAY_MS = 604_800_000, 345_600_000


class Counted(TypedDict):
    """The number of people in a stage or with an outcome."""

    stage: str
    outcome: str
    people: int


@dataclass(frozen=True)
class Cohort:
    """The people whose first answer came in one week (since Monday 5 January 1970), by their current stage."""

    week: int
    cold: int = 0
    warm: int = 0
    hot: int = 0
    won: int = 0
    lost: int = 0

    @property
    def begins_at(self) -> int:
        """The Monday of the week, in milliseconds UTC."""
        return self.week * WEEK_MS + MONDAY_MS

    @property
    def qualified(self) -> int:
        """The people who are warm, hot or won."""
        return self.warm + self.hot + self.won

    @property
    def people(self) -> int:
        """All people of the cohort."""
        return self.cold + self.warm + self.hot + self.won + self.lost


@dataclass(frozen=True)
class Variant:
    """The people at each step who got one `language` or one `version` of an email; `since` is when it was first queued (ms UTC)."""

    by: str
    name: str
    since: int
    delivered: int
    answered: int
    qualified: int
    booked: int
    won: int


@dataclass(frozen=True)
class Campaign:
    """The people at each step. `sent` were tried; `delivered` once accepted by a mail server, `failed` never; `silent` got it and did not
    answer; `departed` unsubscribed from it or complained; `hours` are first answers by hour since 1970. Half of those who answered
    did so within `median_ms`.
    """

    email: str
    sent: int
    delivered: int
    answered: int
    qualified: int
    booked: int
    won: int
    waiting: int
    machines: int
    queued: int
    as_of: int
    undecided: int = 0
    failed: int = 0
    silent: int = 0
    departed: int = 0
    median_ms: int = 0
    hours: dict[int, int] = field(default_factory=dict)
    channels: dict[str, int] = field(default_factory=dict)
    cohorts: list[Cohort] = field(default_factory=list)
    variants: list[Variant] = field(default_factory=list)


def work_out(tx: Session, email: str, now: int) -> Campaign:
    """Compute the report; `now` in ms UTC. It takes seconds for a million answers: server/reports/snapshots.py stores it then."""
    (got,) = tx.reports.states(email=email)
    doubts = {row["state"]: row["people"] for row in tx.reports.doubts(email=email)}
    cohorts = _cohorts(tx.reports.leads(email=email))
    answered = sum(each.people for each in cohorts)
    return Campaign(
        email=email,
        sent=got["sent"],
        delivered=got["delivered"],
        answered=answered,
        qualified=sum(each.qualified for each in cohorts),
        booked=_booked(tx, email, "").get("", 0),
        won=sum(each.won for each in cohorts),
        waiting=doubts.get("provisional", 0),
        machines=doubts.get("machine", 0),
        queued=got["queued"],
        as_of=now,
        undecided=doubts.get("undecided", 0),
        failed=got["failed"],
        silent=tx.report_people.silent_number(email=email),
        departed=tx.report_people.departed_number(email=email),
        median_ms=tx.report_people.median_wait(email=email, half=answered // 2) or 0 if answered else 0,
        hours={row["hour"]: row["people"] for row in tx.reports.hours(email=email)},
        channels={row["channel"]: row["people"] for row in tx.reports.channels(email=email)},
        cohorts=cohorts,
        variants=[variant for by in VARIANTS for variant in _variants(tx, email, by)],
    )


def _variants(tx: Session, email: str, by: str) -> list[Variant]:
    """Return the variants; none if everybody got the same."""
    got = tx.reports.got(email=email, by=by)
    if len(got) < 2:
        return []
    stands, booked = _stands_by_variant(tx.reports.came_of(email=email, by=by)), _booked(tx, email, by)
    nobody = Cohort(0)
    return [
        Variant(
            by=by,
            name=row["variant"],
            since=row["since_at"],
            delivered=row["people"],
            answered=(stand := stands.get(row["variant"], nobody)).people,
            qualified=stand.qualified,
            booked=booked.get(row["variant"], 0),
            won=stand.won,
        )
        for row in got
    ]


def _cohorts(rows: list[ReportsLeadsRow]) -> list[Cohort]:
    """Return the cohorts in the order of the weeks, as the rows are."""
    found: dict[int, dict[str, int]] = {}
    for row in rows:
        _count(found.setdefault(row["week"], {}), row)
    return [Cohort(week, **stands) for week, stands in found.items()]


def _stands_by_variant(rows: list[ReportsCameOfRow]) -> dict[str, Cohort]:
    """Return the current stages by variant, with week 0."""
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        _count(found.setdefault(row["variant"], {}), row)
    return {name: Cohort(0, **stands) for name, stands in found.items()}


def _count(stands: dict[str, int], row: Counted) -> None:
    name = row["outcome"] or row["stage"]
    stands[name] = stands.get(name, 0) + row["people"]


def _booked(tx: Session, email: str, by: str) -> dict[str, int]:
    """Count by variant the people who booked a time, without options such as “none of these”."""
    rows = tx.reports.booked(email=email, by=by)
    own = set(people.no_times(tx, email)) if rows else set()
    found: dict[str, int] = {}
    for row in rows:
        if row["value"] not in own:
            found[row["variant"]] = found.get(row["variant"], 0) + row["people"]
    return found
