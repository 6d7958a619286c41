"""Defines a setting as a row: name, default, help, and the check of its value."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any
from urllib.parse import SplitResult, urlsplit

Value = str | int
Holds = Callable[[Any], bool]


@dataclasses.dataclass(frozen=True)
class Setting:
    """One row. `right` describes in words the values that `holds` accepts."""

    name: str
    default: Value
    help: str
    right: str
    holds: Holds


def row(
    default: Any,
    help: str,  # noqa: A002 - the table's own word
    right: str = "",
    holds: Holds = lambda value: True,
    *,
    secret: bool = False,
) -> Any:
    """Declare a setting as a field of a dataclass: the field's name and default are the row's.

    A `secret` may hold a password and stays out of `repr`, and so out of logs and tracebacks.
    """
    metadata = {"help": help, "right": right or _right(default), "holds": holds}
    return dataclasses.field(default=default, metadata=metadata, repr=not secret)


def rows(table: type[Any]) -> tuple[Setting, ...]:
    """List the rows that a dataclass declares, in their order."""
    return tuple(
        Setting(field.name, _default(field), **field.metadata)
        for field in dataclasses.fields(table)
        if "help" in field.metadata
    )


def _default(field: dataclasses.Field[Any]) -> Any:
    return field.default


def whole_number(least: int, most: int) -> tuple[str, Holds]:
    """Return `right` and `holds` for a whole number between two limits, both included."""
    return f"a whole number from {least} to {most}", lambda value: least <= value <= most


def one_of(*words: str) -> tuple[str, Holds]:
    """Return `right` and `holds` for one of a few words."""
    return " or ".join(words), lambda value: value in words


def address(*schemes: str, path: bool = False) -> tuple[str, Holds]:
    """Return `right` and `holds` for a URL with one of `schemes` and a host; `path` also accepts a file path."""
    words = " or ".join(f"{scheme}://…" for scheme in schemes)
    return (f"{words}, or a file path" if path else words), lambda value: _is_address(value, schemes, path)


def _is_address(value: str, schemes: tuple[str, ...], path: bool) -> bool:
    if path and "://" not in value:
        return bool(value)
    parts = _split(value)
    return parts is not None and parts.scheme in schemes and bool(parts.netloc or parts.query)


def _split(value: str) -> SplitResult | None:
    try:
        parts = urlsplit(value)
        _ = parts.port  # raises if the port is not a number
    except ValueError:
        return None
    return parts


def _right(default: Value) -> str:
    return "a whole number" if isinstance(default, int) else "text in quotes"
