"""Defines a flow as data, the same for the file, the form and the store."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from server.flows import table

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
WORD = re.compile(r"[a-z0-9][a-z0-9_-]{0,30}")
UNITS = {"second": 1_000, "minute": 60_000, "hour": 3_600_000, "day": 86_400_000, "week": 604_800_000}
UNITS |= {"segundo": 1_000, "minuto": 60_000, "hora": 3_600_000, "día": 86_400_000, "semana": 604_800_000}
WAIT = re.compile(rf"(\d{{1,4}}) ({'|'.join(UNITS)})s?")
WAIT_MOST_MS = 366 * UNITS["day"]
HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")
RANGE = re.compile(r"(\d{1,2})-(\d{1,2})")
Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Flow:
    """A flow: `when` holds the trigger's fields, `only` the conditions, `then` the effects, in the words of `table`."""

    name: str
    title: str = ""
    happens: str = "answered"
    when: Fields = field(default_factory=dict)
    only: Fields = field(default_factory=dict)
    then: tuple[Fields, ...] = ()
    on: bool = True
    version: int = 0  # 0: never stored

    @property
    def rule(self) -> dict[str, Any]:
        """The content of a version: all but its name, its number and whether it is on."""
        return {
            "title": self.title,
            "when": {"happens": self.happens, **self.when},
            "if": dict(self.only),
            "then": [dict(each) for each in self.then],
        }


def of_rule(name: str, rule: Mapping[str, Any], version: int = 0, *, on: bool = True) -> Flow:
    """Make a flow of a stored rule."""
    when = dict(rule["when"])
    happens = str(when.pop("happens"))
    return Flow(name, str(rule["title"]), happens, when, dict(rule["if"]), tuple(rule["then"]), on, version)


def wait_ms(text: str) -> int | None:
    """Parse `10 minutes`, or `10 minutos`, into milliseconds; None if it is not a time or longer than a year."""
    found = WAIT.fullmatch(text.strip().lower())
    if not found:
        return None
    wait = int(found[1]) * UNITS[found[2]]
    return wait if wait <= WAIT_MOST_MS else None


def clock(text: str) -> tuple[int, int] | None:
    """Parse `08:00-18:00` into two minutes of the day; None if it is invalid."""
    found = HOURS.fullmatch(text.strip())
    if not found:
        return None
    start, end = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
    return (start, end) if end <= 1440 else None


def expanded(values: tuple[str, ...] | list[str]) -> frozenset[str]:
    """Expand the ranges among answers: `0-6` of a scale becomes each of its steps."""
    found: set[str] = set()
    for value in values:
        span = RANGE.fullmatch(value)
        found |= {str(step) for step in range(int(span[1]), int(span[2]) + 1)} if span else {value}
    return frozenset(found)


def unless(text: str) -> tuple[str, ...] | None:
    """Split `answered when this_month` into its words; None for what `table.UNLESS` does not list."""
    words = tuple(text.split())
    least, most = {"answered": (2, 3), "tagged": (2, 2), "stage": (2, 2)}.get(words[0] if words else "", (1, 1))
    known = bool(words) and words[0] in table.UNLESS
    return words if known and least <= len(words) <= most else None
