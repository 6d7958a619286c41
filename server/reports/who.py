"""Lists, exports or tags the people who gave an answer: those behind a bar of a chart."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from server import jsontext
from server.contacts import contacts
from server.sales import work
from server.store import Session, Store

if TYPE_CHECKING:
    from server.store.queries.reports import ReportsWhoRow

    class Named(ReportsWhoRow):
        """With a name to call the person by, and what they chose in words."""

        name: str
        labels: list[str]


PAGE, MANY = 50, 2000  # people on a page, and at once in an export
TOGETHER = 200
STATES = ("confirmed", "provisional", "undecided", "machine")
_ESCAPED = str.maketrans({sign: "\\" + sign for sign in "\\%_"})


class Wanted(NamedTuple):
    """A filter: people who answered `value` ('' = anything) to a block of an email, confirmed unless `state` differs."""

    email: str
    block: str
    value: str = ""
    state: str = "confirmed"

    def parameters(self) -> dict[str, str]:
        """Return the parameters of the queries."""
        pattern = f'%"{self.value.translate(_ESCAPED)}"%' if self.value else ""
        return {**self._asdict(), "one": jsontext.dumps([self.value]), "value": pattern}


def answered(tx: Session, wanted: Wanted, page: int = 1, size: int = PAGE) -> list[Named]:
    """List the people, `size` and one more at a time, the latest first."""
    rows = tx.reports.who(**wanted.parameters(), limit=size + 1, offset=(page - 1) * size)
    return [_read(row) for row in rows]


def count(tx: Session, wanted: Wanted) -> int:
    """Count the people."""
    return tx.reports.how_many(**wanted.parameters())


def every(tx: Session, wanted: Wanted) -> Iterator[Named]:
    """Yield all people in batches, for an export."""
    page = 1
    while rows := answered(tx, wanted, page, MANY):
        yield from rows[:MANY]
        if len(rows) <= MANY:
            return
        page += 1


def tag(store: Store, wanted: Wanted, name: str, by_whom: str, now: int) -> int:
    """Tag all of them; return how many people have the tag now. Raises NotPossible for an invalid tag."""
    with store.read() as tx:
        people = sorted({row["contact_id"] for row in every(tx, wanted)})
    for at in range(0, len(people), TOGETHER):
        store.write(partial(_tag, people=people[at : at + TOGETHER], name=name, by_whom=by_whom, now=now))
    return len(people)


def _tag(tx: Session, people: list[str], name: str, by_whom: str, now: int) -> None:
    for contact_id in people:
        work.tag(tx, contact_id, name, by_whom, now)


def _read(row: ReportsWhoRow) -> Named:
    name = contacts.full_name(row) or row["address"]
    return {**row, "name": name, "labels": [point["label"] for point in jsontext.loads(row["points"])]}
