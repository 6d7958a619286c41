"""Changes leads, for people and flows: owner, next step, notes, stage, tags, outcome. Each change is recorded in the history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from server.contacts import tags
from server.contacts.tags import BadTag
from server.qualify.scoring import ScoringModel
from server.store import Session, new_id

if TYPE_CHECKING:
    from server.store.queries.leads import LeadsRow

TEXT_MAX = 2000
OUTCOMES = ("won", "lost")
STAGES = tuple(stage.name for stage in ScoringModel().stages)
Change = Callable[..., int]


class NotPossible(ValueError):
    """An invalid value: no date, or an empty text. `field` is the one to correct."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class AlreadyOwned(Exception):
    """Another person took the lead first; `owner_id` owns it now."""

    def __init__(self, owner_id: str) -> None:
        super().__init__(owner_id)
        self.owner_id = owner_id


def take(tx: Session, contact_id: str, owner_id: str, expected: str, by_whom: str, now: int) -> None:
    """Give the lead to `owner_id` ('' = nobody) if `expected` still owns it. Raises AlreadyOwned, LookupError."""
    lead = _lead(tx, contact_id)
    if lead["owner_id"] != expected and lead["owner_id"] != owner_id:
        raise AlreadyOwned(lead["owner_id"])
    assign(tx, contact_id, owner_id, by_whom, now)


def assign(tx: Session, contact_id: str, owner_id: str, by_whom: str, now: int) -> None:
    """Give the lead to `owner_id`, whoever owns it now. Raises LookupError."""
    was = _lead(tx, contact_id)["owner_id"]
    if was != owner_id:
        tx.leads.assign(contact_id=contact_id, owner_id=owner_id, now=now)
        _note(tx, contact_id, "owner", owner_id, was, by_whom, now)


def plan(tx: Session, contact_id: str, step: str, on: str, by_whom: str, now: int) -> None:
    """Set the next step and its day; an empty step removes it. Raises NotPossible, LookupError."""
    step = _text(step)
    on = _day(on, "next_on") if step and on else ""
    was = _lead(tx, contact_id)
    if (was["next_step"], was["next_on"]) != (step, on):
        tx.leads.plan(contact_id=contact_id, next_step=step, next_on=on, now=now)
        _note(tx, contact_id, "next_step", f"{on} {step}".strip(), was["next_step"], by_whom, now)


def note(tx: Session, contact_id: str, text: str, by_whom: str, now: int) -> None:
    """Add a note. Raises NotPossible, LookupError."""
    _lead(tx, contact_id)
    if not _text(text):
        raise NotPossible("note")
    tx.leads.touch(contact_id=contact_id, now=now)
    _note(tx, contact_id, "note", _text(text), "", by_whom, now)


def snooze(tx: Session, contact_id: str, until: str, by_whom: str, now: int) -> None:
    """Hide the lead from the list until a day; '' shows it again. Raises NotPossible, LookupError."""
    until = _day(until, "until") if until else ""
    was = _lead(tx, contact_id)["snoozed_until"]
    if was != until:
        tx.leads.snooze(contact_id=contact_id, until=until, now=now)
        _note(tx, contact_id, "snoozed", until, was, by_whom, now)


def finish(tx: Session, contact_id: str, outcome: str, reason: str, by_whom: str, now: int) -> None:
    """Mark the lead as won or lost, with the reason; tasks of flows are closed. Raises NotPossible, LookupError."""
    if outcome not in OUTCOMES or not _text(reason):
        raise NotPossible("reason")
    was = _lead(tx, contact_id)["outcome"]
    tx.leads.finish(contact_id=contact_id, outcome=outcome, reason=_text(reason), now=now)
    tx.tasks.settle(contact_id=contact_id, by_whom=by_whom, reason=f"lead_{outcome}", now=now)
    _note(tx, contact_id, outcome, _text(reason), was, by_whom, now)


def reopen(tx: Session, contact_id: str, by_whom: str, now: int) -> None:
    """Remove the outcome of the lead. Raises LookupError."""
    was = _lead(tx, contact_id)["outcome"]
    if was:
        tx.leads.finish(contact_id=contact_id, outcome="", reason="", now=now)
        _note(tx, contact_id, "reopened", "", was, by_whom, now)


def pin(tx: Session, contact_id: str, stage: str, by_whom: str, now: int) -> None:
    """Pin the stage regardless of the points; '' unpins it. Raises NotPossible, LookupError."""
    if stage and stage not in STAGES:
        raise NotPossible("stage")
    tx.contacts.lock(id=contact_id)  # an answer settled meanwhile waits for this and reads the pinned stage
    was = _lead(tx, contact_id)
    if was["pinned"] != stage:
        tx.leads.pin(contact_id=contact_id, stage=stage, now=now)
        _note(tx, contact_id, "pinned", stage, was["stage"], by_whom, now)


def tag(tx: Session, contact_id: str, name: str, by_whom: str, now: int, *, remove: bool = False) -> None:
    """Add or remove a tag. Raises NotPossible, LookupError."""
    if tx.leads.standing(contact_id=contact_id) is None:
        raise LookupError(contact_id)
    try:
        tags.change(tx, contact_id, name, by_whom, now, remove=remove)
    except BadTag as error:
        raise NotPossible("tag") from error


def _lead(tx: Session, contact_id: str) -> LeadsRow:
    """Return the lead and lock it until the transaction ends. Raises LookupError."""
    lead = tx.leads.lock(contact_id=contact_id)
    if lead is None:
        raise LookupError(contact_id)
    return lead


def _note(tx: Session, contact_id: str, kind: str, text: str, was: str, by_whom: str, now: int) -> None:
    tx.activities.add(contact_id=contact_id, id=new_id(now), kind=kind, text=text, was=was, by_whom=by_whom, now=now)


def _text(typed: str) -> str:
    """Remove control characters, which would break a page or an export."""
    kept = "".join(c for c in typed.replace("\r", "") if c == "\n" or c.isprintable())
    return kept.strip()[:TEXT_MAX]


def _day(typed: str, field: str) -> str:
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        raise NotPossible(field) from None
