"""Converts between a flow and its form, whose fields are named when.block, if.stage, then.0.title.

The kind of each field in the table of flows decides how its value is written. A time is a number and a unit, hours are two times of
day, and lists are check boxes; `was` beside a field holds the stored text, which is kept when the meaning is the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from werkzeug.datastructures import MultiDict

from server.flows import model, table
from server.flows.table import Field

LISTS = ("values", "people")  # kinds written with commas between, or ticked
MANY = ("days",)  # kinds with check boxes
MIDNIGHT = ("00:00", "24:00")  # a field for a time of day has no 24:00
Form = MultiDict[str, str]


class Wait(NamedTuple):
    """A time as its two fields: the number and the English name of its unit."""

    number: str
    unit: str


def read(form: Form) -> dict[str, Any]:
    """Read the form into the data of a flow file, without empty fields. Invalid JSON stays text, which validation reports."""
    happens = form.get("when.happens", "")
    row = table.trigger(happens)
    when = {"happens": happens, **_fields(form, "when", row.fields if row else ())}
    found = {"title": form.get("title", "").strip(), "when": when, "if": _fields(form, "if", table.CONDITIONS)}
    return {**found, "then": [each for place in _places(form) if (each := _effect(form, place))]}


def changed(form: Form) -> dict[str, Any]:
    """Read the form and apply a press on `add` or `remove`."""
    found = read(form)
    remove, add = form.get("remove", ""), form.get("add", "")
    if remove.isdecimal() and int(remove) < len(found["then"]):
        del found["then"][int(remove)]
    if "more" in form and table.effect(add):
        found["then"].append({"do": add})
    return found


def text(value: Any) -> str:
    """Return a value as the text of its field."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, Mapping) else str(value or "")


def wait(value: Any) -> Wait:
    """Return a stored time as its two fields; the number is empty without one."""
    milliseconds = model.wait_ms(str(value or ""))
    if milliseconds is None:
        return Wait("", "hour")
    number = str(value).split()[0]
    unit = next(name for name, worth in model.UNITS.items() if worth * int(number) == milliseconds)
    return Wait(number, unit)


def hours(value: Any) -> tuple[str, str]:
    """Return stored hours as two times of day, empty without them."""
    start, _, end = str(value or "").partition("-")
    return start, MIDNIGHT[0] if end == MIDNIGHT[1] else end


def ticked(value: Any) -> frozenset[str]:
    """Return the answers of a stored list, with each step of a range."""
    return model.expanded(list(value or ()))


def _places(form: Form) -> list[str]:
    return sorted(
        {name.split(".")[1] for name in form if name.startswith("then.")}, key=lambda place: (len(place), place)
    )


def _effect(form: Form, place: str) -> dict[str, Any] | None:
    row = table.effect(form.get(f"then.{place}.do", ""))
    if row is None:
        return None
    return {"do": row.name, **_fields(form, f"then.{place}", (*row.fields, *table.ALWAYS))}


def _fields(form: Form, prefix: str, fields: tuple[Field, ...]) -> dict[str, Any]:
    found = {field.name: _value(form, f"{prefix}.{field.name}", field.kind) for field in fields}
    return {name: value for name, value in found.items() if value not in ("", [])}


def _value(form: Form, name: str, kind: str) -> Any:
    if kind in MANY:
        return form.getlist(name)
    typed = form.get(name, "").strip()
    if kind in LISTS:
        was = _split(form.get(f"{name}.was", ""))
        if f"{name}.was" not in form:
            return _split(typed)
        chosen = [*form.getlist(name), *_split(form.get(f"{name}.other", ""))]
        return was if ticked(was) == frozenset(chosen) else chosen
    if kind == "wait":
        return _wait(typed, form.get(f"{name}.unit", ""), form.get(f"{name}.was", ""))
    if kind == "hours" and f"{name}.to" in form:
        until = form[f"{name}.to"].strip()
        return f"{typed}-{MIDNIGHT[1] if until == MIDNIGHT[0] else until}" if typed or until else ""
    if kind == "data" and typed:
        try:
            return json.loads(typed)
        except ValueError:
            return typed
    return typed


def _split(typed: str) -> list[str]:
    return [each for part in typed.split(",") if (each := part.strip())]


def _wait(typed: str, unit: str, was: str) -> str:
    if not typed or not unit:
        return typed
    written = f"{typed} {unit}{'' if typed == '1' else 's'}"
    return was if was and model.wait_ms(was) == model.wait_ms(written) else written
