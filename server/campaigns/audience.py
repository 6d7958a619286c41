"""Reads who a campaign is for, and lists those people in pages by contact id, so that a million are never in memory.

An audience is {"everybody": true}, {"unanswered": campaign id}, {"failed": campaign id}, {"segment": id} or {"rule": a rule of
segments, "as_of": ms UTC}.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, get_args

from server.errors import CannotDo
from server.segments import people as segment_people
from server.segments import rules, saved
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow

Kind = Literal["everybody", "unanswered", "failed", "segment", "rule"]
KINDS: tuple[Kind, ...] = get_args(Kind)
PAGE = 500
ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
UNREADABLE = "It is not clear who gets the campaign (“{audience}”). Choose the people again."


def checked(audience: Any) -> dict[str, Any]:
    """Return an audience that somebody chose, with exactly one kind. Raises CannotDo."""
    name, value = next(iter(audience.items()), ("", None)) if isinstance(audience, Mapping) else ("", None)
    if name == "rule" and len(audience) == 1:
        return {"rule": rules.checked(value)}
    good = value is True if name == "everybody" else isinstance(value, str) and bool(ID.fullmatch(value))
    if name not in KINDS or len(audience) != 1 or not good:
        raise CannotDo(UNREADABLE, audience=str(audience)[:80])
    return {name: value}


def kind(audience: Mapping[str, Any]) -> Kind:
    """Return which kind of audience a stored one is. Raises CannotDo."""
    for each in KINDS:
        if audience.get(each):
            return each
    raise CannotDo(UNREADABLE, audience=str(audience)[:80])


def page(tx: Session, audience: Mapping[str, Any], after: str, limit: int, now: int) -> list[ContactsRow]:
    """Return the next people after a contact id, in its order."""
    if kind(audience) == "unanswered":
        return tx.campaigns.unanswered(id=audience["unanswered"], after=after, limit=limit)
    if kind(audience) == "failed":
        return tx.campaigns.failed(id=audience["failed"], after=after, limit=limit)
    if kind(audience) in ("segment", "rule"):
        fixed_now = fixed(tx, audience, now)
        return segment_people.people(tx, fixed_now["rule"], after, limit, fixed_now["as_of"])
    return tx.contacts.page(after=after, limit=limit)


def fixed(tx: Session, audience: Mapping[str, Any], now: int) -> dict[str, Any]:
    """Return the audience as a started campaign keeps it: the rule of a segment as it is now, with the moment to count days back from.

    Who meets the rule is asked when the messages are made: somebody who meets it no longer then gets none. Raises CannotDo.
    """
    if "segment" in audience:
        return {"rule": saved.rule_of(saved.find(tx, str(audience["segment"]))), "as_of": now}
    if "rule" in audience:
        return {"rule": rules.checked(audience["rule"]), "as_of": audience.get("as_of", now)}
    return dict(audience)


def pages(tx: Session, audience: Mapping[str, Any], now: int, most: int) -> Iterator[list[ContactsRow]]:
    """Yield pages of people until `most` of them have been given."""
    after, left = "", most
    while left > 0 and (people := page(tx, audience, after, min(PAGE, left), now)):
        yield people
        after, left = people[-1]["id"], left - len(people)


def count(tx: Session, audience: Mapping[str, Any], now: int, most: int) -> int:
    """Count the people, up to `most`."""
    if kind(audience) == "everybody":
        return min(tx.contacts.count(), most)
    if kind(audience) == "unanswered":
        return tx.campaigns.count_unanswered(id=audience["unanswered"], limit=most)
    if kind(audience) == "failed":
        return tx.campaigns.count_failed(id=audience["failed"], limit=most)
    counted = fixed(tx, audience, now)
    return segment_people.count(tx, counted["rule"], counted["as_of"], most)
