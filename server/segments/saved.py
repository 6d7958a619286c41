"""Saves segments: rules with a name that campaigns, flows and programs refer to by id. What uses a segment keeps it from being deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from server import jsontext, texts
from server.contacts import search
from server.errors import CannotDo
from server.segments import rules
from server.segments.refusals import CAMPAIGN, FLOW, SAVING
from server.segments.rules import Rule
from server.store import Session, new_id, required

if TYPE_CHECKING:
    from server.store.queries.segments import SegmentsRow

NAME_MOST = 80


class Use(NamedTuple):
    """A campaign or a flow that a segment selects people for: its sentence, with the name to be filled in."""

    english: str
    name: str


def add(tx: Session, name: str, rule: Any, by_whom: str, now: int) -> SegmentsRow:
    """Save a new segment. Raises CannotDo for a name that is taken, and for an invalid rule."""
    columns = _columns(name, rule)
    segment_id = new_id(now)
    if not tx.segments.add(id=segment_id, **columns, by_whom=by_whom, now=now):
        raise CannotDo(SAVING["name_taken"], name=columns["name"])
    return required(tx.segments.by_id(id=segment_id))


def change(tx: Session, segment_id: str, name: str, rule: Any, by_whom: str, now: int) -> SegmentsRow:
    """Replace name and rule of a segment. Raises CannotDo as `add`, and for a segment that is gone."""
    find(tx, segment_id)
    columns = _columns(name, rule)
    other = tx.segments.by_key(name_key=columns["name_key"])
    if other and other["id"] != segment_id:
        raise CannotDo(SAVING["name_taken"], name=columns["name"])
    tx.segments.change(id=segment_id, **columns, by_whom=by_whom, now=now)
    return find(tx, segment_id)


def find(tx: Session, segment_id: str) -> SegmentsRow:
    """Return a segment. Raises CannotDo without one."""
    row = tx.segments.by_id(id=segment_id)
    if row is None:
        raise CannotDo(SAVING["gone"])
    return row


def by_name(tx: Session, name: str) -> SegmentsRow | None:
    """Return the segment of this name, in any case and with or without accents; None without one."""
    return tx.segments.by_key(name_key=key(name))


def rule_of(row: SegmentsRow) -> Rule:
    """Return the rule of a segment."""
    return rules.read(row["rule"])


def set_archived(tx: Session, segment_id: str, archived: bool, by_whom: str, now: int) -> None:
    """Hide a segment where people choose one, or show it again. What uses it goes on."""
    find(tx, segment_id)
    tx.segments.set_archived(id=segment_id, archived=int(archived), by_whom=by_whom, now=now)


def delete(tx: Session, segment_id: str) -> None:
    """Delete a segment. Raises CannotDo for one that something uses; `uses` says what."""
    row = find(tx, segment_id)
    if used := uses(tx, row):
        raise Used(SAVING["used"], used)
    tx.segments.delete(id=segment_id)


def uses(tx: Session, row: SegmentsRow) -> list[Use]:
    """Return the campaigns that have not ended and the flows that use the segment; both store its id."""
    campaigns = tx.segments.campaigns(audience=jsontext.dumps({"segment": row["id"]}))
    flows = tx.segments.flows(rule=f'%"segment":{jsontext.dumps(row["id"]).translate(search.ESCAPED)}%')
    return [Use(CAMPAIGN, each["email"]) for each in campaigns] + [Use(FLOW, each["name"]) for each in flows]


class Used(CannotDo):
    """A segment cannot be deleted because campaigns or flows use it."""

    def __init__(self, english: str, uses: list[Use]) -> None:
        self.uses = uses
        super().__init__(english, users="; ".join(use.english.format(name=use.name) for use in uses))

    def sentence(self, language: str) -> str:
        """Name each use in the language."""
        named = "; ".join(texts.text(use.english, language, name=use.name) for use in self.uses)
        return texts.text(self.english, language, users=named)


def _columns(name: str, rule: Any) -> dict[str, str]:
    name = " ".join(name.split())
    if not name:
        raise CannotDo(SAVING["no_name"])
    if len(name) > NAME_MOST:
        raise CannotDo(SAVING["long_name"], most=NAME_MOST)
    return {"name": name, "name_key": key(name), "rule": jsontext.dumps(rules.checked(rule))}


def key(name: str) -> str:
    """Return a name as it is compared: in any case, with or without accents."""
    return " ".join(search.fold(name).split())
