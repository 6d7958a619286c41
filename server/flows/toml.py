"""Writes a flow as a TOML file, which `reading` reads back to the same flow."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from server.flows.model import Flow

BARE = re.compile(r"[A-Za-z0-9_-]+")


def write(flow: Flow) -> str:
    """Return the file of a flow."""
    lines = [f"title = {_value(flow.title)}", f"on = {_value(flow.on)}", ""]
    lines += ["[when]", *_pairs({"happens": flow.happens, **flow.when}), ""]
    if flow.only:
        lines += ["[if]", *_pairs(flow.only), ""]
    for effect in flow.then:
        lines += ["[[then]]", *_pairs(effect), ""]
    return "\n".join(lines)


def _pairs(table: Mapping[str, Any]) -> Iterable[str]:
    return (f"{_key(key)} = {_value(value)}" for key, value in table.items())


def _key(key: str) -> str:
    return key if BARE.fullmatch(key) else _value(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(key)} = {_value(each)}" for key, each in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    return json.dumps(value)
