"""Checks whether a flow is valid: every field of the right kind, and every name it refers to existing. Pure."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from builder import blocks
from server.flows import model, table
from server.flows.model import Flow
from server.flows.table import Field
from server.flows.validation_messages import Mistake, Path, unknown

Named = Mapping[str, str]


class Asks(NamedTuple):
    """One question: its kind and its answers; None if they are free text or times."""

    kind: str
    values: frozenset[str] | None


@dataclass(frozen=True)
class References:
    """The names that a flow may refer to. `emails` maps each email to its questions; `endpoints`, `people` and `segments`
    are None when unknown.

    `unwritable` returns why an email cannot be written with some data, '' when it can.
    """

    emails: Mapping[str, Mapping[str, Asks]] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()
    out_of_use: Named = field(default_factory=dict)  # email -> archived or trashed
    endpoints: Mapping[str, str] | None = None  # name -> shape of the body
    chats: frozenset[str] = frozenset()  # the shapes that chats read
    people: frozenset[str] | None = None
    calendars: frozenset[str] | None = None
    stages: tuple[str, ...] = ()
    segments: frozenset[str] | None = None
    unwritable: Callable[[str, Mapping[str, Any]], str] = lambda email, data: ""

    def asks(self, email: str, block: str) -> list[Asks]:
        """Return the questions of that name, in one email or in all."""
        chosen = [self.emails[email]] if email in self.emails else [] if email else list(self.emails.values())
        return [blocks[block] for blocks in chosen if block in blocks]


def check(flow: Flow, known: References) -> list[Mistake]:
    """Return every mistake, in the order of the file."""
    return [*_trigger(flow, known), *_conditions(flow, known), *_effects(flow, known)]


def _trigger(flow: Flow, known: References) -> Iterator[Mistake]:
    row = table.trigger(flow.happens)
    if row is None:
        names = [each.name for each in table.TRIGGERS]
        if flow.happens:
            yield unknown(("when", "happens"), "unknown_trigger", flow.happens, names)
        return
    yield from _fields(("when",), flow.when, row.fields, known)
    if flow.when.get("values") and not flow.when.get("block"):
        yield Mistake(("when", "values"), "values_without_block", {})


def _conditions(flow: Flow, known: References) -> Iterator[Mistake]:
    yield from _fields(("if",), flow.only, table.CONDITIONS, known)
    if (flow.only.get("hours") or flow.only.get("days")) and not flow.only.get("zone"):
        yield Mistake(("if", "hours" if flow.only.get("hours") else "days"), "hours_without_zone", {})


def _effects(flow: Flow, known: References) -> Iterator[Mistake]:
    if not flow.then:
        yield Mistake(("then",), "nothing_to_do", {})
    if len(flow.then) > table.EFFECTS_MOST:
        said = {"value": str(len(flow.then)), "most": str(table.EFFECTS_MOST)}
        yield Mistake(("then",), "too_much", said)
    for place, effect in enumerate(flow.then):
        where: Path = ("then", place)
        row = table.effect(str(effect.get("do", "")))
        if row is None:
            names = [each.name for each in table.EFFECTS]
            yield unknown((*where, "do"), "unknown_effect", effect.get("do", ""), names)
            continue
        rest = {key: value for key, value in effect.items() if key != "do"}
        yield from _fields(where, rest, (*row.fields, *table.ALWAYS), known)
        yield from _together(where, row.name, rest, flow, known)


def _books(asked: Mapping[str, Asks]) -> bool:
    return any(blocks.declaration(asks.kind).books for asks in asked.values())


def _together(where: Path, do: str, effect: Mapping[str, Any], flow: Flow, known: References) -> Iterator[Mistake]:
    """Check fields that depend on each other."""
    email, endpoint = str(effect.get("email", "")), str(effect.get("endpoint", ""))
    if do in table.MAILS and email in known.emails and isinstance(effect.get("data", {}), dict):
        if do == "booking" and not _books(known.emails[email]):
            offering = [name for name, asked in known.emails.items() if _books(asked)]
            yield unknown((*where, "email"), "no_booking", email, offering)
        elif why := known.unwritable(email, effect.get("data", {})):
            yield Mistake((*where, "data"), "no_data", {"value": email, "what": why.rstrip(".")})
    if do == "chat" and (known.endpoints or {}).get(endpoint, "") not in ("", *known.chats):
        yield Mistake((*where, "endpoint"), "not_a_chat", {"value": endpoint})
    if do == "stage" and flow.happens == "stage" and effect.get("stage") == flow.when.get("stage"):
        yield Mistake((*where, "stage"), "itself", {"value": str(effect.get("stage"))})


def _fields(where: Path, found: Mapping[str, Any], fields: tuple[Field, ...], known: References) -> Iterator[Mistake]:
    names = [each.name for each in fields]
    for key in found:
        if key not in names:
            yield unknown((*where, key), "unknown_field", key, names)
    for row in fields:
        value = found.get(row.name)
        if value is None or value in ("", []):
            if row.required:
                yield Mistake((*where, row.name), "missing", {"field": row.name, "kind": row.kind})
        elif not FORMS[row.kind](value):
            said = {"field": row.name, "value": repr(value)[:80], "kind": row.kind}
            yield Mistake((*where, row.name), "wrong", said)
        elif row.kind in LOOKED_UP:
            yield from LOOKED_UP[row.kind]((*where, row.name), value, found, known)


def _text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 2_000


def _texts(value: Any) -> bool:
    return isinstance(value, list) and 0 < len(value) <= 100 and all(_text(each) for each in value)


@lru_cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


FORMS: Mapping[str, Callable[[Any], bool]] = {
    **dict.fromkeys(("text", "email", "block", "stage", "segment", "endpoint", "calendar"), _text),
    "values": _texts,
    "people": lambda value: _texts(value) and all(each == table.OWNER or _address(each) for each in value),
    "person": lambda value: _text(value) and (value == table.OWNER or _address(value)),
    "class": lambda value: value in table.CLASSES,
    "word": lambda value: isinstance(value, str) and bool(model.WORD.fullmatch(value)),
    "days": lambda value: _texts(value) and set(value) <= set(table.DAYS),
    "hours": lambda value: isinstance(value, str) and model.clock(value) is not None,
    "zone": lambda value: isinstance(value, str) and value in _zones(),
    "wait": lambda value: isinstance(value, str) and model.wait_ms(value) is not None,
    "unless": lambda value: isinstance(value, str) and model.unless(value) is not None,
    "data": lambda value: isinstance(value, dict),
}


def _address(value: str) -> bool:
    name, at, host = value.rpartition("@")
    return bool(name and at and host) and not set(value) & set(" ,;<>\r\n\t")


def _email(where: Path, value: str, beside: Mapping[str, Any], known: References) -> Iterator[Mistake]:
    if value in known.broken:
        yield Mistake(where, "broken_email", {"value": value})
    elif value in known.out_of_use:
        if where[0] == "then":  # a trigger may name it, because mails that were sent are still answered
            yield Mistake(where, f"email_{known.out_of_use[value]}", {"value": value})
    elif value not in known.emails:
        yield unknown(where, "no_email", value, known.emails)


def _block(where: Path, value: str, beside: Mapping[str, Any], known: References) -> Iterator[Mistake]:
    email = str(beside.get("email", ""))
    if (email in known.emails or not email) and not known.asks(email, value):
        chosen = [known.emails[email]] if email else list(known.emails.values())
        name = "no_block" if email else "no_block_anywhere"
        yield unknown(where, name, value, {each for blocks in chosen for each in blocks}, email=email)


def _values(where: Path, value: list[str], beside: Mapping[str, Any], known: References) -> Iterator[Mistake]:
    block = str(beside.get("block", ""))
    asks = known.asks(str(beside.get("email", "")), block)
    if not asks or any(each.values is None for each in asks):
        return
    there = frozenset().union(*(each.values or frozenset() for each in asks))
    for each in value:
        if not model.expanded([each]) <= there:
            yield unknown(where, "no_value", each, there, block=block)


def _endpoint(where: Path, value: str, beside: Mapping[str, Any], known: References) -> Iterator[Mistake]:
    if known.endpoints is not None and value not in known.endpoints:
        yield unknown(where, "no_endpoint", value, known.endpoints)


def _calendar(where: Path, value: str, beside: Mapping[str, Any], known: References) -> Iterator[Mistake]:
    if known.calendars is not None and value not in known.calendars:
        yield unknown(where, "no_calendar", value, known.calendars)


def _segment(where: Path, value: str, beside: Mapping[str, Any], known: References) -> Iterator[Mistake]:
    if known.segments is not None and value not in known.segments:
        yield unknown(where, "no_segment", value, known.segments)


def _stage(where: Path, value: str, beside: Mapping[str, Any], known: References) -> Iterator[Mistake]:
    if known.stages and value not in known.stages:
        yield unknown(where, "no_stage", value, known.stages)


def _person(where: Path, value: str, beside: Mapping[str, Any], known: References) -> Iterator[Mistake]:
    if known.people is not None and value != table.OWNER and value.lower() not in known.people:
        yield unknown(where, "no_person", value, known.people)


def _team(where: Path, value: list[str], beside: Mapping[str, Any], known: References) -> Iterator[Mistake]:
    """Check the people of a list: alerts may go to any address, but the owner of a lead must be in the team."""
    if where[-1] == "among":
        for each in value:
            yield from _person(where, each, beside, known)


LOOKED_UP: Mapping[str, Callable[[Path, Any, Mapping[str, Any], References], Iterator[Mistake]]] = {
    "email": _email,
    "block": _block,
    "values": _values,
    "endpoint": _endpoint,
    "calendar": _calendar,
    "stage": _stage,
    "segment": _segment,
    "person": _person,
    "people": _team,
}
