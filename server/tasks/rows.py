"""Tasks as rows. An owner is an address of the team; a task of nobody is everybody's until somebody does it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.tasks import TasksDoneRow, TasksRow

OPEN_SHOWN = 200  # open tasks on a page; who has more has another problem
DONE_SHOWN = 30
TITLE_MAX, NOTE_MAX = 200, 2_000
DAY_MS = 86_400_000
DUE_MS = DAY_MS  # when nobody says otherwise
TaskRow = TypeVar("TaskRow", bound="TasksRow")
GROUPS = ("overdue", "today", "later")


def add(
    tx: Session,
    id: str,  # noqa: A002 - the caller's own name of the effect
    contact_id: str,
    title: str,
    owner: str,
    due_at: int,
    by_whom: str,
    now: int,
    note: str = "",
    flow: str = "",
) -> bool:
    """Once for an id: False when it is there already."""
    added = tx.tasks.add(
        id=id,
        contact_id=contact_id,
        title=" ".join(title.split())[:TITLE_MAX],
        note=note[:NOTE_MAX],
        owner=owner,
        flow=flow,
        by_whom=by_whom,
        due_at=due_at,
        now=now,
    )
    return added == 1


def finish(tx: Session, contact_id: str, task_id: str, by_whom: str, now: int) -> bool:
    """Done, by whom; False for a task that is done or not here."""
    changed = tx.tasks.finish(contact_id=contact_id, id=task_id, by_whom=by_whom, now=now)
    return changed == 1


def reopen(tx: Session, contact_id: str, task_id: str) -> bool:
    """Not done after all."""
    changed = tx.tasks.reopen(contact_id=contact_id, id=task_id)
    return changed == 1


def owned(tx: Session, owner: str = "") -> tuple[list[TasksDoneRow], list[TasksDoneRow]]:
    """The open tasks of one and of nobody, most urgent first, and those done last; '' is everybody's."""
    open_, done = tx.tasks.open(owner=owner, limit=OPEN_SHOWN), tx.tasks.done(owner=owner, limit=DONE_SHOWN)
    return open_, done


def due(tx: Session, owner: str, now: int) -> int:
    """How many are due or overdue."""
    return tx.tasks.count_due(owner=owner, now=now)


def of_contact(tx: Session, contact_id: str) -> list[TasksRow]:
    """Open ones first."""
    return tx.tasks.of_contact(contact_id=contact_id)


def grouped(tasks: Iterable[TaskRow], now: int, midnight: int) -> dict[str, list[TaskRow]]:
    """Open tasks by when they are due; `midnight` (ms) ends today where the reader is."""
    found: dict[str, list[TaskRow]] = {name: [] for name in GROUPS}
    for task in tasks:
        name = "overdue" if task["due_at"] < now else "today" if task["due_at"] < midnight else "later"
        found[name].append(task)
    return found
