"""Moves a campaign from one state to the next: start, approve, take back, pause, resume, stop.

Each step is one conditional update, so that of two people only one succeeds and the other reads what happened.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from server import email_versions, jsontext
from server.campaigns import audience, contents, plans
from server.errors import CannotDo
from server.settings import Settings
from server.store import Session, Store

if TYPE_CHECKING:
    from server.store.queries.campaigns import CampaignsRow

FARTHEST_EAST = timedelta(hours=14)  # UTC+14: the first place where a local hour comes
MOST = 100_000_000  # people that are counted
NOBODY = "Nobody belongs to these people now, so there is nothing to send. Choose others."
PAST_DEADLINE = "The deadline has passed. Write a later one, or leave it empty."
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


def start(
    store: Store,
    settings: Settings,
    campaign_id: str,
    by_whom: str,
    language: str,
    now: int,
    *,
    others: bool = True,
    undo_ms: int | None = None,
    why_nobody: str = "",
) -> CampaignsRow:
    """Fix the email's version and the people, and schedule the campaign, or ask for approval. Raises CannotDo and BrokenTemplate.

    `others`: whether somebody else could approve it; without anybody, no approval is asked for.
    """
    with store.read() as tx:
        plan = plans.of(plans.find(tx, campaign_id))
        found = contents.source(tx, settings, plan)
        contents.refuse_forbidden(tx, settings, found, language, now)
        people = audience.count(tx, plan.audience, now, MOST)
    if not people:
        raise CannotDo(why_nobody or NOBODY)
    deadline = plans.moment(plan.deadline_on, plan.time_zone) if plan.deadline_on else None
    starts = _starts(plan, now, settings.undo_seconds * 1000 if undo_ms is None else undo_ms)
    if deadline is not None and deadline <= starts:
        raise CannotDo(PAST_DEADLINE)
    asks = others and 0 < settings.approval_above < people

    def begin(tx: Session) -> CampaignsRow:
        email_versions.save(tx, found, now)
        changed = tx.campaigns.start(
            id=campaign_id,
            version_id=found.version,
            rule=jsontext.dumps(plan.audience),
            mail_class=found.mail_class,
            stream=found.stream,
            people=people,
            starts_at=starts,
            deadline_at=deadline,
            state="approval" if asks else "scheduled",
            by_whom=by_whom,
            now=now,
        )
        return _done(tx, campaign_id, changed)

    return store.write(begin)


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


def _starts(plan: plans.Plan, now: int, undo_ms: int) -> int:
    """Return when the first message may leave (ms), at least `undo_ms` from now, so that it can be taken back."""
    if plan.timing == "now":
        return now + undo_ms
    if plan.timing == "at":
        return max(now + undo_ms, plans.moment(plan.starts_on, plan.time_zone))
    first = datetime.fromisoformat(plan.starts_on).replace(tzinfo=UTC) - FARTHEST_EAST
    return max(now + undo_ms, int(first.timestamp() * 1000))
