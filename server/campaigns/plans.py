"""Stores what somebody plans to send: which email, to whom, when. A plan can be changed until it is started."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, get_args

from server import jsontext
from server.campaigns import audience
from server.contacts import zones
from server.errors import CannotDo
from server.store import Session, new_id

if TYPE_CHECKING:
    from server.store.queries.campaigns import CampaignsRow

State = Literal["draft", "approval", "scheduled", "sending", "paused", "stopped", "done"]
Timing = Literal["now", "at", "local"]
TIMINGS: tuple[Timing, ...] = get_args(Timing)
NAME_MOST = 100  # characters
YEARS = (2000, 2100)  # that a plan may name
NO_CAMPAIGN = "There is no campaign “{id}”."
NOT_A_DRAFT = "The campaign has been started, so it cannot be changed. Take it back first, or make a new one."
NO_TIME = "Write the day and the hour, such as 2026-12-01 09:00."
NO_ZONE = "There is no time zone “{zone}”. Write it as America/Bogota."
DEADLINE_FIRST = "The deadline is before the start. Write a later one, or leave it empty."


@dataclass(frozen=True)
class Plan:
    """The plan of a campaign. `name` is for the team, '' for the title of the email. `starts_on` and `deadline_on` are local times as
    2026-12-01T09:00, '' for none.

    `subject` replaces the email's subject, by language. `audience` is read by audience.py, `data` by the email's template.
    """

    email: str
    audience: Mapping[str, Any] = field(default_factory=lambda: {"everybody": True})
    subject: Mapping[str, str] = field(default_factory=dict)
    timing: Timing = "now"
    starts_on: str = ""
    time_zone: str = ""
    deadline_on: str = ""
    resend_of: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""


def add(tx: Session, plan: Plan, by_whom: str, now: int) -> str:
    """Store a draft and return its id. Raises CannotDo for times and people that cannot be read."""
    plan = checked(plan)
    audience.fixed(tx, plan.audience, now)
    campaign_id = new_id(now)
    tx.campaigns.add(id=campaign_id, resend_of=plan.resend_of, **_columns(plan), by_whom=by_whom, now=now)
    return campaign_id


def change(tx: Session, campaign_id: str, plan: Plan, by_whom: str, now: int) -> None:
    """Replace a draft. Raises CannotDo."""
    plan = checked(plan)
    audience.fixed(tx, plan.audience, now)
    if not tx.campaigns.change(id=campaign_id, **_columns(plan), by_whom=by_whom, now=now):
        raise CannotDo(NOT_A_DRAFT)


def find(tx: Session, campaign_id: str) -> CampaignsRow:
    """Return a campaign. Raises CannotDo without one."""
    row = tx.campaigns.by_id(id=campaign_id)
    if row is None:
        raise CannotDo(NO_CAMPAIGN, id=campaign_id)
    return row


def of(row: CampaignsRow) -> Plan:
    """Return the plan that a row holds."""
    return Plan(
        email=row["email"],
        audience=jsontext.loads(row["audience"]),
        subject=jsontext.loads(row["subject"]),
        timing=row["timing"],  # type: ignore[arg-type]
        starts_on=row["starts_on"],
        time_zone=row["time_zone"],
        deadline_on=row["deadline_on"],
        resend_of=row["resend_of"],
        data=jsontext.loads(row["data"]),
        name=row["name"],
    )


def moment(local: str, zone: str) -> int:
    """Return a local time in a zone as ms UTC, the first of two. A time that a change of clocks skips counts with the offset
    before the change (RFC 5545, 3.3.5).
    """
    return int(datetime.fromisoformat(local).replace(tzinfo=zones.of(zone)).timestamp() * 1000)


def deadline_at(plan: Plan) -> int | None:
    """Return the deadline in ms UTC; None without one."""
    return moment(plan.deadline_on, plan.time_zone) if plan.deadline_on else None


def due_at(plan: Plan, own_zone: str, now: int) -> int:
    """Return when a person of this time zone is to get it (ms UTC), not before `now`."""
    if plan.timing == "now":
        return now
    return max(now, moment(plan.starts_on, own_zone if plan.timing == "local" else plan.time_zone))


def _columns(plan: Plan) -> dict[str, Any]:
    return {
        "name": plan.name,
        "email": plan.email,
        "audience": jsontext.dumps(plan.audience),
        "subject": jsontext.dumps(plan.subject),
        "timing": plan.timing,
        "starts_on": plan.starts_on,
        "time_zone": plan.time_zone,
        "deadline_on": plan.deadline_on,
        "data": jsontext.dumps(plan.data),
    }


def checked(plan: Plan) -> Plan:
    """Return the plan in the form in which it is stored. Raises CannotDo for times and people that cannot be read."""
    if not zones.exists(plan.time_zone):
        raise CannotDo(NO_ZONE, zone=plan.time_zone)
    starts_on = _local_time(plan.starts_on) if plan.timing != "now" else ""
    deadline_on = _local_time(plan.deadline_on) if plan.deadline_on else ""
    if starts_on and deadline_on and deadline_on <= starts_on:
        raise CannotDo(DEADLINE_FIRST)
    return replace(
        plan,
        audience=audience.checked(plan.audience),
        subject={language: text.strip() for language, text in plan.subject.items() if text.strip()},
        starts_on=starts_on,
        deadline_on=deadline_on,
        name=" ".join(plan.name.split())[:NAME_MOST],
    )


def _local_time(text: str) -> str:
    """Return a local time as 2026-12-01T09:00. Raises CannotDo."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise CannotDo(NO_TIME) from error
    if found.tzinfo is not None or not YEARS[0] <= found.year <= YEARS[1]:
        raise CannotDo(NO_TIME)
    return found.isoformat(timespec="minutes")
