"""Reads a flow from its TOML file, and finds the line of each field, so that mistakes can name their line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any, NamedTuple

from server.flows.model import NAME, Flow
from server.flows.validation_messages import Mistake, Path, unknown

PARTS = ("title", "on", "when", "if", "then")
HEADER = re.compile(r"^\s*\[{1,2}\s*(\w+)\s*\]{1,2}")
KEY = re.compile(r"^\s*(?:\"?)([A-Za-z_][\w-]*)(?:\"?)\s*=")
PLACE = re.compile(r" \(at line (\d+), column \d+\)")


class Read(NamedTuple):
    """The result of reading a file. `flow` is None for invalid TOML; `mistakes` are those of its form alone."""

    flow: Flow | None
    mistakes: list[Mistake]


def read(name: str, text: str) -> Read:
    """Read the flow of a file. Names are not looked up here: see `validation`."""
    try:
        found = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        line = PLACE.search(str(error))
        what = PLACE.sub("", str(error)).rstrip(".")
        return Read(None, [Mistake(("line", int(line[1]) if line else 1), "not_toml", {"what": what})])
    return of_data(name, found)


def of_data(name: str, found: Mapping[str, Any]) -> Read:
    """Read a flow from plain data, such as that of a file or a form."""
    mistakes = [] if NAME.fullmatch(name) else [Mistake((), "name", {"value": name})]
    mistakes += [unknown((key,), "unknown_field", key, PARTS) for key in found if key not in PARTS]
    when, only = _table(found, "when", mistakes), _table(found, "if", mistakes)
    then = found.get("then", [])
    if not isinstance(then, list) or not all(isinstance(each, dict) for each in then):
        mistakes.append(_wrong(("then",), "then", then, "part"))
        then = []
    happens = when.pop("happens", "")
    if not happens:
        mistakes.append(Mistake(("when", "happens"), "missing", {"field": "happens", "kind": "trigger"}))
    for key, kind, form in (("title", "text", str), ("on", "flag", bool)):
        if key in found and not isinstance(found[key], form):
            mistakes.append(_wrong((key,), key, found[key], kind))
    flow = Flow(
        name, str(found.get("title", "")), str(happens), when, only, tuple(then), on=found.get("on", True) is True
    )
    return Read(flow, mistakes)


def line_of(text: str, where: Path) -> int:
    """Return the line of a field (from 1), or of the nearest part above it that the file contains."""
    if where[:1] == ("line",):
        return int(where[1])
    part, number = (str(where[0]) if where else ""), -1
    wanted = int(where[1]) if part == "then" and len(where) > 1 else 0
    key = str(where[-1]) if len(where) > (2 if part == "then" else 1) else ""
    best, inside = 1, not key and not part
    for at, line in enumerate(text.splitlines(), start=1):
        header, found = HEADER.match(line), KEY.match(line)
        if header:
            number += header[1] == part
            inside = header[1] == part and number == (wanted if part == "then" else 0)
            best = at if inside else best
        elif found and inside and key and found[1] == key:
            return at
        elif found and number < 0 and found[1] == part:
            return at  # written on one line: when = { … }, or a field of the flow itself
    return best


def _table(found: Mapping[str, Any], key: str, mistakes: list[Mistake]) -> dict[str, Any]:
    value = found.get(key, {})
    if isinstance(value, dict):
        return dict(value)
    mistakes.append(_wrong((key,), key, value, "part"))
    return {}


def _wrong(where: Path, field: str, value: object, kind: str) -> Mistake:
    return Mistake(where, "wrong", {"field": field, "value": repr(value)[:80], "kind": kind})
