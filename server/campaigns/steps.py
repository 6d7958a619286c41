"""Moves a campaign from one state to the next: start, approve, take back, pause, resume, stop.

Each step is one conditional update, so that of two people only one succeeds and the other reads what happened.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from builder.catalog import EmailSource
from server import email_versions, jsontext
from server.campaigns import audience, contents, plans
from server.campaigns.plans import Plan
from server.errors import CannotDo
from server.settings import Settings
from server.store import Session, Store

if TYPE_CHECKING:
    from server.store.queries.campaigns import CampaignsRow

FARTHEST_EAST = timedelta(hours=14)  # UTC+14: the first place where a local hour comes
FARTHEST_WEST = timedelta(hours=12)  # UTC-12: the last one
MOST = 100_000_000  # people that are counted
NOBODY = "Nobody belongs to these people now, so there is nothing to send. Choose others."
PAST = "The day and hour have passed. Write a later time, or let it leave as soon as you press the button."
PAST_DEADLINE = "The deadline has passed. Write a later one, or leave it empty."
CHANGED = "Somebody changed the campaign while you pressed the button. Look at it again."
OWN = "Somebody else must approve it, because it goes to more than {most} people."
NOT_NOW = {  # by the state that prevents the step
    "draft": "That is not possible: the campaign is a draft now.",
    "approval": "That is not possible: the campaign is waiting for approval now.",
    "scheduled": "That is not possible: the campaign is scheduled now.",
    "sending": "That is not possible: the campaign is being sent now.",
    "paused": "That is not possible: the campaign is paused now.",
    "stopped": "That is not possible: the campaign is stopped now.",
    "done": "That is not possible: the campaign is done.",
}


class Ready(NamedTuple):
    """A plan that can be started: its email, the number of its people, and its moments in ms."""

    plan: Plan
    source: EmailSource
    people: int
    starts_at: int
    deadline_at: int | None


def check(
    store: Store,
    settings: Settings,
    plan: Plan,
    language: str,
    now: int,
    undo_ms: int | None = None,
    nobody: str = NOBODY,
) -> Ready:
    """Return the plan with what it would send, without a change. Raises CannotDo and BrokenTemplate.

    `undo_ms` is the time in which it can be taken back, None for the one of the settings; `nobody` is the sentence for no people.
    """
    plan = plans.checked(plan)
    refuse_past(plan, now)
    with store.read() as tx:
        source = contents.source(tx, settings, plan)
        contents.refuse_forbidden(tx, settings, source, language, now)
        people = audience.count(tx, plan.audience, now, MOST)
    if not people:
        raise CannotDo(nobody)
    deadline = plans.deadline_at(plan)
    starts = _starts(plan, now, settings.undo_seconds * 1000 if undo_ms is None else undo_ms)
    if deadline is not None and deadline <= starts:
        raise CannotDo(PAST_DEADLINE)
    return Ready(plan, source, people, starts, deadline)


def refuse_past(plan: Plan, now: int) -> None:
    """Raise CannotDo if the time of the plan has passed, on every clock for one that follows each person's own."""
    if plan.timing == "now":
        return
    last = datetime.fromisoformat(plan.starts_on).replace(tzinfo=UTC) + FARTHEST_WEST
    at = plans.moment(plan.starts_on, plan.time_zone) if plan.timing == "at" else int(last.timestamp() * 1000)
    if at < now:
        raise CannotDo(PAST)


def begin(
    tx: Session, settings: Settings, campaign_id: str, ready: Ready, by_whom: str, now: int, *, others: bool
) -> CampaignsRow:
    """Fix the email's version and the people, and schedule the campaign, or ask for approval. Raises CannotDo.

    `others`: whether somebody else could approve it; without anybody, no approval is asked for.
    """
    if plans.of(plans.find(tx, campaign_id)) != ready.plan:
        raise CannotDo(CHANGED)
    asks = others and 0 < settings.approval_above < ready.people
    email_versions.save(tx, ready.source, now)
    changed = tx.campaigns.start(
        id=campaign_id,
        version_id=ready.source.version,
        rule=jsontext.dumps(audience.fixed(tx, ready.plan.audience, ready.starts_at)),
        mail_class=ready.source.mail_class,
        stream=ready.source.stream,
        people=ready.people,
        starts_at=ready.starts_at,
        deadline_at=ready.deadline_at,
        state="approval" if asks else "scheduled",
        by_whom=by_whom,
        now=now,
    )
    return _done(tx, campaign_id, changed)


def start(
    store: Store, settings: Settings, campaign_id: str, by_whom: str, language: str, now: int, *, others: bool = True
) -> CampaignsRow:
    """Check a stored draft and begin it. Raises CannotDo and BrokenTemplate."""
    with store.read() as tx:
        plan = plans.of(plans.find(tx, campaign_id))
    ready = check(store, settings, plan, language, now)
    return store.write(lambda tx: begin(tx, settings, campaign_id, ready, by_whom, now, others=others))


def approve(tx: Session, settings: Settings, campaign_id: str, by_whom: str, now: int) -> CampaignsRow:
    """Approve a campaign that somebody else started. Raises CannotDo."""
    row = plans.find(tx, campaign_id)
    if row["state"] == "approval" and row["by_whom"] == by_whom:
        raise CannotDo(OWN, most=settings.approval_above)
    starts = _starts(plans.of(row), now, settings.undo_seconds * 1000)
    return _done(tx, campaign_id, tx.campaigns.approve(id=campaign_id, starts_at=starts, by_whom=by_whom, now=now))


def take_back(tx: Session, campaign_id: str, now: int) -> CampaignsRow:
    """Make it a draft again, as long as nothing has left. Raises CannotDo."""
    return _done(tx, campaign_id, tx.campaigns.take_back(id=campaign_id, now=now))


def pause(tx: Session, campaign_id: str, now: int) -> CampaignsRow:
    """Pause a campaign: no message begins from now on. Raises CannotDo."""
    return _done(tx, campaign_id, tx.campaigns.pause(id=campaign_id, now=now))


def resume(tx: Session, campaign_id: str, now: int) -> CampaignsRow:
    """Resume a paused campaign. Raises CannotDo."""
    return _done(tx, campaign_id, tx.campaigns.resume(id=campaign_id, now=now))


def stop(tx: Session, campaign_id: str, now: int) -> CampaignsRow:
    """Stop a campaign for good: what waits never leaves. Raises CannotDo."""
    return _done(tx, campaign_id, tx.campaigns.stop(id=campaign_id, now=now))


def _done(tx: Session, campaign_id: str, changed: int) -> CampaignsRow:
    row = plans.find(tx, campaign_id)
    if not changed:
        raise CannotDo(NOT_NOW[row["state"]])
    return row


def _starts(plan: Plan, now: int, undo_ms: int) -> int:
    """Return when the first message may leave (ms), at least `undo_ms` from now, so that it can be taken back."""
    if plan.timing == "now":
        return now + undo_ms
    if plan.timing == "at":
        return max(now + undo_ms, plans.moment(plan.starts_on, plan.time_zone))
    first = datetime.fromisoformat(plan.starts_on).replace(tzinfo=UTC) - FARTHEST_EAST
    return max(now + undo_ms, int(first.timestamp() * 1000))
