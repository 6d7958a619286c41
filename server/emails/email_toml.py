"""Reads email.toml as the fields of a form, and writes changed fields back; comments and all other lines stay as they are."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from builder.source import LANGUAGES

FIELDS = (  # table and key; "" is the top of the file
    *(("", key) for key in ("class", "topic", "stream")),
    *((table, language) for table in ("subject", "preheader") for language in LANGUAGES),
    *(("brief", key) for key in ("do", "learn", "then")),
)
_LINE = re.compile(r"""(\s*)([A-Za-z0-9_-]+)(\s*=\s*)("(?:[^"\\]|\\.)*"(?!")|'[^']*'(?!'))(\s*(?:#.*)?)""")
_HEADER = re.compile(r"\s*\[\s*([A-Za-z0-9_-]+)\s*\]\s*(?:#.*)?")


def field(table: str, key: str) -> str:
    """Return the name of a field in a form: subject.es, class."""
    return f"{table}.{key}" if table else key


def values(text: str) -> dict[str, str] | None:
    """Return the fields by name, "" for those that are missing; None for a text that no form can show."""
    try:
        parsed = tomllib.loads(text)
        if tomllib.loads(_dump(parsed)) != parsed:
            return None
    except (ValueError, TypeError, RecursionError):
        return None
    found = {field(table, key): _value(parsed, table, key) for table, key in FIELDS}
    return {name: value for name, value in found.items() if value is not None} if None not in found.values() else None


def write(text: str, changed: Mapping[str, str]) -> str:
    """Return the text with these fields; unchanged lines stay as they are."""
    before = values(text)
    if before is None:
        return text
    lines, wanted = text.split("\n"), deepcopy(tomllib.loads(text))
    for table, key in FIELDS:
        name = field(table, key)
        if name in changed and changed[name] != before[name]:
            _set(lines, table, key, changed[name])
            _want(wanted, table, key, changed[name])
    written = "\n".join(lines)
    return written if _reads_as(written, wanted) else _dump(wanted)


def _value(parsed: Mapping[str, Any], table: str, key: str) -> str | None:
    """Return a field's text; None if its value is not text."""
    inside = parsed if not table else parsed.get(table, {})
    if table in ("subject", "preheader") and isinstance(inside, str):  # the short form of one language
        inside = {LANGUAGES[0]: inside}
    value = inside.get(key, "") if isinstance(inside, dict) else None
    return value if isinstance(value, str) else None


def _want(wanted: dict[str, Any], table: str, key: str, value: str) -> None:
    inside = wanted if not table else wanted.setdefault(table, {})
    if isinstance(inside, str):
        inside = wanted[table] = {LANGUAGES[0]: inside}
    inside[key] = value


def _set(lines: list[str], table: str, key: str, value: str) -> None:
    """Change the line of the key, or add one below the head of its table."""
    here, below = "", 0 if not table else -1
    for at, line in enumerate(lines):
        if head := _HEADER.fullmatch(line):
            here = head[1]
            below = at + 1 if here == table else below
        elif here == table and (row := _LINE.fullmatch(line)) and row[2] == key:
            lines[at] = f"{row[1]}{row[2]}{row[3]}{_string(value)}{row[5]}"
            return
    if below < 0:
        lines += [f"[{table}]", f"{key} = {_string(value)}", ""]
    else:
        lines.insert(below, f"{key} = {_string(value)}")


def _reads_as(text: str, wanted: Mapping[str, Any]) -> bool:
    try:
        return tomllib.loads(text) == wanted
    except ValueError:
        return False


def _dump(parsed: Mapping[str, Any]) -> str:
    """Write the whole file anew, without comments, for a file in which no single line can be changed."""
    tables = {key: value for key, value in parsed.items() if isinstance(value, dict)}
    lines = [f"{_key(key)} = {_inline(value)}" for key, value in parsed.items() if key not in tables]
    for name, table in tables.items():
        lines += ["", f"[{_key(name)}]", *(f"{_key(key)} = {_inline(value)}" for key, value in table.items())]
    return "\n".join(lines).lstrip("\n") + "\n"


def _inline(value: Any) -> str:
    """Write a value on one line. Raises TypeError for a kind that no email has, such as a date."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {_inline(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, bool | int):
        return json.dumps(value)
    raise TypeError(type(value).__name__)


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _string(key)


def _string(text: str) -> str:
    """Write a basic string of TOML, which is one of JSON that also escapes DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
