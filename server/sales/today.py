"""Gathers what a salesperson has to do today, one entry for each person, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from server import tasks
from server.contacts import contacts, phones
from server.qualify import leads
from server.sales import decisive
from server.sales.decisive import Fact
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.bookings import BookingsComingRow
    from server.store.queries.tasks import TasksDoneRow

DAY_MS = 86_400_000
LATE_MS = 15 * 60_000  # a meeting that has begun stays on the page for so long after its end
MOST = 100  # of each kind
CALLS = 20
GROUPS = ("overdue", "meetings", "due", "calls")


class Reader(NamedTuple):
    """The salesperson: `today` is their date, which ends at `midnight` (ms UTC)."""

    id: str
    address: str
    today: str
    midnight: int


class Named(TypedDict):
    """The columns of a row that name a person."""

    contact_id: str
    address: str
    first_name: str
    last_name: str
    company: str
    phone: str
    whatsapp: str


class Todo(NamedTuple):
    """One thing to do: `kind` is task, step, meeting or call; `at` (ms) or `on` (a date) says by when."""

    group: str
    kind: str
    title: str
    at: int = 0
    on: str = ""
    row: Any = None


class Entry(NamedTuple):
    """A person with what is to be done about them; `owner_id` is that of the lead, None without a lead."""

    contact_id: str
    name: str
    company: str
    phone: str
    chat: str
    todos: list[Todo]
    facts: list[Fact]
    lead: leads.Lead | None


class Today(NamedTuple):
    """The entries of each group, and the number of answers that somebody must decide about."""

    groups: dict[str, list[Entry]]
    undecided: int


def gather(tx: Session, reader: Reader, now: int) -> Today:
    """Return what the reader has to do, and free leads to call. People who said no or left are not listed for a call alone."""
    found: dict[str, list[Todo]] = {}
    named: dict[str, Any] = {}
    for row, todo in _todos(tx, reader, now):
        key = row["contact_id"] or f"task {todo.row['id']}"
        found.setdefault(key, []).append(todo)
        named.setdefault(key, row)
    facts = decisive.of_all(tx, [key for key in found if " " not in key], now)
    groups: dict[str, list[Entry]] = {name: [] for name in GROUPS}
    for key, todos in found.items():
        group = min((todo.group for todo in todos), key=GROUPS.index)
        if group == "calls" and decisive.speaks_against(facts.get(key, [])):
            continue
        lead = leads.by_contact(tx, key) if " " not in key else None
        groups[group].append(_entry(named[key], todos, facts.get(key, []), lead))
    return Today(groups, int(tx.answers.count_undecided()))


def count(tx: Session, reader: Reader, now: int) -> int:
    """Count the tasks, steps and meetings that are overdue or due today."""
    meetings = tx.bookings.coming(since_at=now - LATE_MS, owner_id=reader.id, limit=MOST)
    due = int(tx.tasks.count_due(owner=reader.address, now=reader.midnight))
    steps = int(tx.leads.count_due(owner_id=reader.id, today=reader.today))
    return due + steps + len([row for row in meetings if row["starts_at"] < reader.midnight])


def _todos(tx: Session, reader: Reader, now: int) -> Iterator[tuple[Any, Todo]]:
    yield from _tasks(tasks.owned(tx, reader.address)[0], reader, now)
    for lead in tx.leads.due(owner_id=reader.id, today=reader.today, limit=MOST):
        group = "overdue" if lead["next_on"] < reader.today else "due"
        yield lead, Todo(group, "step", lead["next_step"], on=lead["next_on"])
    yield from _meetings(tx.bookings.coming(since_at=now - LATE_MS, owner_id=reader.id, limit=MOST), reader)
    for lead in tx.leads.to_call(owner_id=reader.id, since_at=now - DAY_MS, today=reader.today, limit=CALLS):
        yield lead, Todo("calls", "call", "")


def _tasks(rows: Sequence[TasksDoneRow], reader: Reader, now: int) -> Iterator[tuple[Any, Todo]]:
    for row in rows:
        if row["due_at"] <= reader.midnight:
            group = "overdue" if row["due_at"] < now else "due"
            yield row, Todo(group, "task", row["title"], at=row["due_at"], row=row)


def _meetings(rows: Sequence[BookingsComingRow], reader: Reader) -> Iterator[tuple[Any, Todo]]:
    for row in rows:
        if row["starts_at"] < reader.midnight:
            yield row, Todo("meetings", "meeting", row["title"], at=row["starts_at"], row=row)


def _entry(row: Named, todos: list[Todo], facts: list[Fact], lead: leads.Lead | None) -> Entry:
    known = bool(row["contact_id"] and row["address"])
    return Entry(
        contact_id=row["contact_id"] if known else "",
        name=(contacts.full_name(row) or row["address"]) if known else "",
        company=row["company"] or "",
        phone=row["phone"] or "",
        chat=phones.chat(row["phone"] or "", row["whatsapp"] or ""),
        todos=todos,
        facts=facts,
        lead=lead,
    )
