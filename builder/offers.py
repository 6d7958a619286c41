"""Computes what a block offers in one message: the times in its data, whether it is asked, and when it closes. Pure.

A time in the data is an object: `start` as ISO 8601 with its offset, `minutes`, and optionally a `zone` (`hora de Bogotá`), or a
`value` and a `label` of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC
from typing import Any

from builder import jinja, personalise, times
from builder.blocks import Block, Option
from builder.personalise import CannotPersonalise

MAX_SLOTS = 20  # a list to choose from stays short, and every format repeats it
Context = Mapping[str, Any]


def resolved(block: Block, data: Mapping[str, Any]) -> Block:
    """Add the options of this message's data before the block's own, with their labels as templates."""
    if not block.slots:
        return block
    brought = (replace(option, label=jinja.literal(option.label)) for option in offered(block, data))
    return replace(block, options=(*brought, *block.options))


def offered(block: Block, data: Mapping[str, Any]) -> tuple[Option, ...]:
    """List the times that a block offers, in the order of the data, with their labels as text. A time that cannot be read is left out."""
    found = (_option(block, slot) for slot in slots(block, data))
    return tuple({option.value: option for option in found if option}.values())


def slots(block: Block, data: Mapping[str, Any]) -> Sequence[Any]:
    """Return the list that `slots="data.path"` names; empty if there is none."""
    value: Any = {"data": data}
    for name in block.slots.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value[:MAX_SLOTS] if isinstance(value, list) else ()


def starts(block: Block, data: Mapping[str, Any]) -> dict[str, int]:
    """Map each offered time's value to its beginning (ms UTC)."""
    read = ((_value(slot), times.read(slot.get("start"))) for slot in slots(block, data) if isinstance(slot, Mapping))
    return {value: times.milliseconds(start) for value, start in read if start}


def capacities(block: Block, data: Mapping[str, Any]) -> dict[str, int]:
    """Map each time's value to the number of people who may take it: `capacity`, or one."""
    found = {_value(slot): slot.get("capacity", 1) for slot in slots(block, data) if isinstance(slot, Mapping)}
    return {value: room for value, room in found.items() if isinstance(room, int) and room > 0}


def closes_at(block: Block, context: Context) -> int | None:
    """Return the time (ms UTC) after which no answer is taken; None if the block does not close or its time cannot be read."""
    if not block.closes:
        return None
    try:
        moment = times.read(personalise.line(block.closes, context))
    except CannotPersonalise:  # the data of this message lacks the time
        return None
    return times.milliseconds(moment) if moment else None


def is_asked(block: Block, context: Context) -> bool:
    """Return whether the block is asked of this person: whether its `when` holds for `known`, `person` and `data`."""
    return not block.when or personalise.holds(block.when, context)


def _option(block: Block, slot: Any) -> Option | None:
    start = times.read(slot.get("start")) if isinstance(slot, Mapping) else None
    if start is None:
        return None
    label = str(slot.get("label") or times.written(start, block.language, _zone(slot, block.language)))
    return Option(_value(slot), label, block.interest, block.need, block.urgency, block.product, block.floor)


def _zone(slot: Mapping[str, Any], language: str) -> str:
    """Return the name of the time zone that the data gives: `hora de Bogotá`, or one for each language."""
    zone = slot.get("zone", "")
    return str(zone.get(language, "")) if isinstance(zone, Mapping) else str(zone)


def _value(slot: Mapping[str, Any]) -> str:
    """Return a time's name in links and data: its own, or its start in UTC, as in `20261203t1500z`."""
    start = times.read(slot.get("start"))
    return str(slot.get("value") or (f"{start.astimezone(UTC):%Y%m%dt%H%Mz}" if start else ""))
