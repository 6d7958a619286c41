"""The tables of docs/api.md, from the declarations that the API itself is made of."""

from __future__ import annotations

from typing import Any

from server.web.api.endpoint import Endpoint
from server.web.api.problems import PROBLEMS
from server.web.api.schema import PAGING
from server.web.api.table import ENDPOINTS


def endpoints() -> str:
    """A section for each noun, a row for each endpoint, its fields below."""
    nouns = list(dict.fromkeys(each.path.split("/")[1] for each in ENDPOINTS))
    return "\n\n".join(_noun(noun, [each for each in ENDPOINTS if each.path.split("/")[1] == noun]) for noun in nouns)


def problems() -> str:
    lines = ["| status | problem | what to do |", "|---|---|---|"]
    return "\n".join(
        [*lines, *(f"| {row.status} | `{name}` | {row.title}. {row.detail} |" for name, row in PROBLEMS.items())]
    )


def _noun(noun: str, found: list[Endpoint]) -> str:
    lines = [f"### {noun.capitalize()}", "", "| call | scope | what it does |", "|---|---|---|"]
    for each in found:
        lines.append(f"| `{each.method} {each.path}` | `{each.scope}` | {f'{each.title}. {each.help}'.strip()} |")
    for each in found:
        lines += _fields(f"`{each.method} {each.path}` filters by", {**each.query}, PAGING)
        lines += _fields(f"`{each.method} {each.path}` takes", _properties(each.body), {})
    return "\n".join(lines)


def _fields(title: str, fields: dict[str, Any], left_out: dict[str, Any]) -> list[str]:
    told = [
        f"`{name}` ({row.get('description', '').rstrip('.')})" for name, row in fields.items() if name not in left_out
    ]
    return ["", f"{title} {', '.join(told)}."] if told else []


def _properties(body: Any) -> dict[str, Any]:
    return dict(body["properties"]) if body else {}
