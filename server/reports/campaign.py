"""What one email brought: from sent to won, by week, day, hour and channel. People are counted, never clicks.

Where working it out takes long, a worker keeps a snapshot, and pages say how old it is.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

from server import jsontext, versions
from server.store import Session, Store

LIVE_PEOPLE = 5_000  # of an email sent to no more than these the report is worked out for the page, and is as of now
REST = 20  # a snapshot is renewed at most this many times its own cost apart: reports take a twentieth of a core
LEAST_MS = 2_000
WEEK_MS, MONDAY_MS = 604_800_000, 345_600_000


@dataclass(frozen=True)
class Cohort:
    """Those whose first answer came in one week (since Monday 5 January 1970), by where they stand now."""

    week: int
    cold: int = 0
    warm: int = 0
    hot: int = 0
    won: int = 0
    lost: int = 0

    @property
    def begins_at(self) -> int:
        """Its Monday, in milliseconds UTC."""
        return self.week * WEEK_MS + MONDAY_MS

    @property
    def people(self) -> int:
        return self.cold + self.warm + self.hot + self.won + self.lost


@dataclass(frozen=True)
class Campaign:
    """People at each step. `sent` were tried; `delivered` accepted by a mail server; `hours` are first answers by hour since 1970."""

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
    hours: dict[int, int] = field(default_factory=dict)
    channels: dict[str, int] = field(default_factory=dict)
    cohorts: list[Cohort] = field(default_factory=list)


def read(tx: Session, email: str, now: int) -> Campaign:
    """As of now where that is quick, or as of the last snapshot."""
    row = tx.reports.snapshot(email=email)
    kept = _read(row) if row else None
    return kept if kept and kept.sent > LIVE_PEOPLE else work_out(tx, email, now)


def work_out(tx: Session, email: str, now: int) -> Campaign:
    states = {row["state"]: int(row["people"]) for row in tx.reports.states(email=email)}
    doubts = {row["state"]: int(row["people"]) for row in tx.reports.doubts(email=email)}
    cohorts = _cohorts(tx.reports.leads(email=email))
    return Campaign(
        email=email,
        sent=sum(states.get(state, 0) for state in ("sent", "failed", "unknown")),
        delivered=states.get("sent", 0),
        answered=sum(each.people for each in cohorts),
        qualified=sum(each.warm + each.hot + each.won for each in cohorts),
        booked=_booked(tx, email),
        won=sum(each.won for each in cohorts),
        waiting=doubts.get("provisional", 0),
        machines=doubts.get("machine", 0),
        queued=states.get("queued", 0) + states.get("attempting", 0),
        as_of=now,
        hours={int(row["hour"]): int(row["people"]) for row in tx.reports.hours(email=email)},
        channels={row["channel"]: int(row["people"]) for row in tx.reports.channels(email=email)},
        cohorts=cohorts,
    )


class Snapshots:
    """A worker's hook: renews what changed, and no more often than its cost allows."""

    def __init__(self, store: Store) -> None:
        self._store, self._seen = store, -1
        self._waiting: set[str] = set()

    def __call__(self, now: int) -> None:
        with self._store.read() as tx:
            self._waiting |= {
                row["email"]
                for query in (tx.reports.sent_since, tx.reports.answered_since)
                for row in query(since_at=self._seen)
            }
            ages = {row["email"]: row for row in tx.reports.ages()} if self._waiting else {}
        self._seen = now - LEAST_MS  # what was being written while we looked is seen the next time
        for email in sorted(self._waiting):
            if _is_due(ages.get(email), now):
                keep(self._store, email, now)
                self._waiting.discard(email)


def keep(store: Store, email: str, now: int) -> None:
    """Work it out and keep it."""
    began = time.perf_counter()
    with store.read() as tx:
        made = work_out(tx, email, now)
    cost_ms = int((time.perf_counter() - began) * 1000)
    content = jsontext.dumps({**asdict(made), "hours": {str(hour): n for hour, n in made.hours.items()}})
    store.write(partial(_keep, email=email, content=content, as_of=now, cost_ms=cost_ms))


def _keep(tx: Session, **row: Any) -> None:
    tx.reports.keep(**row)


def _is_due(age: Mapping[str, Any] | None, now: int) -> bool:
    return age is None or now - int(age["as_of"]) >= max(LEAST_MS, REST * int(age["cost_ms"]))


def _read(row: Mapping[str, Any]) -> Campaign:
    found = jsontext.loads(row["content"])
    hours = {int(hour): people for hour, people in found["hours"].items()}
    return Campaign(**{**found, "hours": hours, "cohorts": [Cohort(**each) for each in found["cohorts"]]})


def _cohorts(rows: list[Mapping[str, Any]]) -> list[Cohort]:
    weeks: dict[int, dict[str, int]] = {}
    for row in rows:
        where = weeks.setdefault(int(row["week"]), {})
        name = row["outcome"] or row["stage"]
        where[name] = where.get(name, 0) + int(row["people"])
    return [Cohort(week, **stands) for week, stands in weeks.items()]


def _booked(tx: Session, email: str) -> int:
    """Those who took a time, and not one of the block's own answers such as “none of these”."""
    rows = tx.reports.booked(email=email)
    if not rows:
        return 0
    last = tx.answers.last_message(email=email)
    blocks = versions.load(tx, last["version_id"], last["language"]).blocks if last else {}
    own = {(name, option.value) for name, block in blocks.items() for option in block.options}
    return sum(
        int(row["people"])
        for row in rows
        if not any((row["block"], value) in own for value in jsontext.loads(row["value"]))
    )
