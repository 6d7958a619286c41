"""Changes leads, for people and flows: owner, next step, notes, stage, tags, outcome. Each change is recorded in the history."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from server.contacts import tags
from server.contacts.tags import BadTag
from server.qualify.scoring import ScoringModel
from server.sales import history, money
from server.sales.history import NotPossible
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.leads import LeadsRow

OUTCOMES = ("won", "lost")
STAGES = tuple(stage.name for stage in ScoringModel().stages)
NO_OUTCOME: dict[str, Any] = {"outcome": "", "reason": "", "amount": 0, "currency": "", "on_day": "", "at": 0}


class AlreadyOwned(Exception):
    """Another person took the lead first; `owner_id` owns it now."""

    def __init__(self, owner_id: str) -> None:
        super().__init__(owner_id)
        self.owner_id = owner_id


def take(tx: Session, contact_id: str, owner_id: str, expected: str, by_whom: str, now: int) -> str:
    """Give the lead to `owner_id` ('' = nobody) if `expected` still owns it. Raises AlreadyOwned, LookupError.

    Like all changes that can be undone, it returns the id of its activity for `undo`; '' if nothing changed.
    """
    lead = history.locked(tx, contact_id)
    if lead["owner_id"] != expected and lead["owner_id"] != owner_id:
        raise AlreadyOwned(lead["owner_id"])
    return assign(tx, contact_id, owner_id, by_whom, now)


def assign(tx: Session, contact_id: str, owner_id: str, by_whom: str, now: int) -> str:
    """Give the lead to `owner_id`, whoever owns it now. Raises LookupError."""
    was = history.locked(tx, contact_id)["owner_id"]
    if was == owner_id:
        return ""
    tx.leads.assign(contact_id=contact_id, owner_id=owner_id, now=now)
    return history.add(tx, contact_id, "owner", owner_id, was, by_whom, now, {"owner_id": was})


def plan(tx: Session, contact_id: str, step: str, on: str, by_whom: str, now: int) -> str:
    """Set the next step and its day; an empty step removes it. Raises NotPossible, LookupError."""
    step = history.text(step)
    on = history.day(on, "next_on") if step and on else ""
    was = history.locked(tx, contact_id)
    if (was["next_step"], was["next_on"]) == (step, on):
        return ""
    tx.leads.plan(contact_id=contact_id, next_step=step, next_on=on, now=now)
    replaced = {"next_step": was["next_step"], "next_on": was["next_on"]}
    return history.add(tx, contact_id, "next_step", f"{on} {step}".strip(), was["next_step"], by_whom, now, replaced)


def note(tx: Session, contact_id: str, text: str, by_whom: str, now: int) -> str:
    """Add a note. Raises NotPossible, LookupError."""
    history.locked(tx, contact_id)
    if not history.text(text):
        raise NotPossible("note")
    tx.leads.touch(contact_id=contact_id, now=now)
    return history.add(tx, contact_id, "note", history.text(text), "", by_whom, now, {})


def snooze(tx: Session, contact_id: str, until: str, by_whom: str, now: int, zone: tzinfo = UTC) -> str:
    """Hide the lead from the list until a day, its tasks too; '' shows it again. Raises NotPossible, LookupError.

    Tasks due before that day move to its end in `zone`, so that nobody is asked to call a lead that waits.
    """
    until = history.day(until, "until") if until else ""
    was = history.locked(tx, contact_id)["snoozed_until"]
    if was == until:
        return ""
    tx.leads.snooze(contact_id=contact_id, until=until, now=now)
    end = datetime.combine(date.fromisoformat(until), time.min, zone) if until else None
    tasks = _postpone(tx, contact_id, int((end + timedelta(days=1)).timestamp() * 1000)) if end else {}
    return history.add(tx, contact_id, "snoozed", until, was, by_whom, now, {"snoozed_until": was, "tasks": tasks})


def finish(
    tx: Session,
    contact_id: str,
    outcome: str,
    reason: str,
    by_whom: str,
    now: int,
    amount: int = 0,
    currency: str = "",
    on: str = "",
) -> str:
    """Mark the lead as won or lost and close its open tasks. Raises NotPossible, LookupError.

    `amount` is in minor units of `currency`, 0 if nobody stated one; `on` is the day, by default today in UTC.
    """
    reason = history.text(reason)
    if outcome not in OUTCOMES or not reason:
        raise NotPossible("reason")
    if not 0 <= amount <= money.MOST:
        raise NotPossible("amount")
    if amount and currency not in money.CURRENCIES:
        raise NotPossible("currency")
    on = history.day(on, "on") if on else datetime.fromtimestamp(now / 1000, UTC).date().isoformat()
    replaced = _outcome(history.locked(tx, contact_id))
    row: dict[str, Any] = {"outcome": outcome, "reason": reason, "amount": amount, "on_day": on}
    tx.leads.finish(contact_id=contact_id, **row, currency=currency if amount else "", at=now, now=now)
    tx.tasks.settle(contact_id=contact_id, by_whom=by_whom, reason=f"lead_{outcome}", now=now)
    return history.add(tx, contact_id, outcome, reason, replaced["outcome"], by_whom, now, replaced)


def reopen(tx: Session, contact_id: str, by_whom: str, now: int) -> str:
    """Remove the outcome of the lead; the tasks that it closed are open again. Raises LookupError."""
    was = _outcome(history.locked(tx, contact_id))
    if not was["outcome"]:
        return ""
    tx.leads.finish(contact_id=contact_id, **NO_OUTCOME, now=now)
    tx.tasks.unsettle(contact_id=contact_id, reason=f"lead_{was['outcome']}", at=was["at"])
    return history.add(tx, contact_id, "reopened", "", was["outcome"], by_whom, now)


def _outcome(lead: LeadsRow) -> dict[str, Any]:
    """Return the outcome of a lead as the query that stores one takes it."""
    return {
        "outcome": lead["outcome"],
        "reason": lead["outcome_reason"],
        "amount": lead["outcome_amount"],
        "currency": lead["outcome_currency"],
        "on_day": lead["outcome_on"],
        "at": lead["outcome_at"],
    }


def pin(tx: Session, contact_id: str, stage: str, by_whom: str, now: int) -> None:
    """Pin the stage regardless of the points; '' unpins it. Raises NotPossible, LookupError."""
    if stage and stage not in STAGES:
        raise NotPossible("stage")
    tx.contacts.lock(id=contact_id)  # an answer settled meanwhile waits for this and reads the pinned stage
    was = history.locked(tx, contact_id)
    if was["pinned"] != stage:
        tx.leads.pin(contact_id=contact_id, stage=stage, now=now)
        history.add(tx, contact_id, "pinned", stage, was["stage"], by_whom, now)


def tag(tx: Session, contact_id: str, name: str, by_whom: str, now: int, *, remove: bool = False) -> None:
    """Add or remove a tag. Raises NotPossible, LookupError."""
    if tx.leads.standing(contact_id=contact_id) is None:
        raise LookupError(contact_id)
    try:
        tags.change(tx, contact_id, name, by_whom, now, remove=remove)
    except BadTag as error:
        raise NotPossible("tag") from error


def _postpone(tx: Session, contact_id: str, until_at: int) -> dict[str, int]:
    """Move the open tasks that are due before a moment to it; return their earlier due times by id."""
    moved = {row["id"]: row["due_at"] for row in tx.tasks.before(contact_id=contact_id, until_at=until_at)}
    for id_ in moved:
        tx.tasks.postpone(contact_id=contact_id, id=id_, due_at=until_at)
    return moved
