"""Lists the people behind a number of a report, a page at a time, the latest first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from server import email_versions, jsontext
from server.contacts import contacts
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.report_people import ReportPeopleDetailsRow

PAGE = 50
SENT = ("sent", "failed", "unknown")
DOUBTS = {"waiting": "provisional", "undecided": "undecided", "machines": "machine"}
QUALIFIED = ("warm", "hot", "won")


class Listed(NamedTuple):
    """A person, the name to call them by, and when it happened (ms UTC)."""

    row: ReportPeopleDetailsRow
    name: str
    at: int


def _messages(*states: str) -> Callable[[Session, str, dict[str, int]], list[Any]]:
    return lambda tx, email, page: tx.report_people.of_messages(email=email, states=jsontext.dumps(states), **page)


def _answered(*stands: str) -> Callable[[Session, str, dict[str, int]], list[Any]]:
    return lambda tx, email, page: tx.report_people.answered(email=email, stands=jsontext.dumps(stands), **page)


def _doubtful(state: str) -> Callable[[Session, str, dict[str, int]], list[Any]]:
    return lambda tx, email, page: tx.report_people.doubtful(email=email, state=state, **page)


def _booked(tx: Session, email: str, page: dict[str, int]) -> list[Any]:
    return tx.report_people.booked(email=email, own=jsontext.dumps(no_times(tx, email)), **page)


GROUPS: dict[str, Callable[[Session, str, dict[str, int]], list[Any]]] = {
    "sent": _messages(*SENT),
    "delivered": _messages("sent"),
    "failed": lambda tx, email, page: tx.report_people.failed(email=email, **page),
    "queued": _messages("queued", "attempting"),
    "silent": lambda tx, email, page: tx.report_people.silent(email=email, **page),
    "departed": lambda tx, email, page: tx.report_people.departed(email=email, **page),
    "answered": _answered(),
    "qualified": _answered(*QUALIFIED),
    "won": _answered("won"),
    "booked": _booked,
    **{name: _doubtful(state) for name, state in DOUBTS.items()},
}


def listed(tx: Session, email: str, group: str, page: int = 1) -> list[Listed]:
    """Return the people of a group of GROUPS, PAGE and one more at a time."""
    found = GROUPS[group](tx, email, {"limit": PAGE + 1, "offset": (page - 1) * PAGE})
    rows = {
        row["contact_id"]: row
        for row in tx.report_people.details(ids=jsontext.dumps([each["contact_id"] for each in found]))
    }
    there = [(rows[each["contact_id"]], each["at"]) for each in found if each["contact_id"] in rows]
    return [Listed(row, contacts.full_name(row) or row["address"], at) for row, at in there]


def no_times(tx: Session, email: str) -> list[str]:
    """Return the stored values of the options of a booking that are no times, such as “none of these”."""
    last = tx.answers.last_message(email=email)
    blocks = email_versions.load(tx, last["version_id"], last["language"]).blocks if last else {}
    return [
        jsontext.dumps([option.value]) for block in blocks.values() if block.kind == "book" for option in block.options
    ]
