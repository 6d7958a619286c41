"""Converts between a flow and its form, whose fields are named when.block, if.stage, then.0.title.

The kind of each field in the table of flows decides how its value is written.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from server.flows import table
from server.flows.table import Field

LISTS = ("values", "people")  # kinds written with commas between
MANY = ("days",)  # kinds with check boxes
Form = MultiDict[str, str]


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
        return [each for part in typed.split(",") if (each := part.strip())]
    if kind == "data" and typed:
        try:
            return json.loads(typed)
        except ValueError:
            return typed
    return typed
