"""Reads who a campaign is for, and lists those people in pages by contact id, so that a million are never in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

from server.errors import CannotDo
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow

Kind = Literal["everybody", "unanswered"]
PAGE = 500
UNREADABLE = "The people of the campaign cannot be read: {audience}."


def kind(audience: Mapping[str, Any]) -> Kind:
    """Return which kind of audience it is. Raises CannotDo."""
    for each in ("everybody", "unanswered"):
        if audience.get(each):
            return each
    raise CannotDo(UNREADABLE, audience=dict(audience))


def page(tx: Session, audience: Mapping[str, Any], after: str, limit: int, now: int) -> list[ContactsRow]:
    """Return the next people after a contact id, in its order."""
    if kind(audience) == "unanswered":
        return tx.campaigns.unanswered(id=audience["unanswered"], after=after, limit=limit)
    return tx.contacts.page(after=after, limit=limit)


def pages(tx: Session, audience: Mapping[str, Any], now: int, most: int) -> Iterator[list[ContactsRow]]:
    """Yield pages of people until `most` of them have been given."""
    after, left = "", most
    while left > 0 and (people := page(tx, audience, after, min(PAGE, left), now)):
        yield people
        after, left = people[-1]["id"], left - len(people)


def count(tx: Session, audience: Mapping[str, Any], now: int, most: int) -> int:
    """Count the people, up to `most`."""
    return sum(len(people) for people in pages(tx, audience, now, most))
