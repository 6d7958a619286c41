"""Composes queries with a rule: conditions, which are queries of their own, joined by AND, OR and NOT. Values are always parameters.

A query names the place of the rule by `1 = 1`; a condition selects one column, `contact_id`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Literal

from server.store.sql import Query

Value = str | int | tuple[str, ...]
PLACE = "1 = 1"
OWN_ROW = "SELECT id AS contact_id FROM contacts WHERE"
TRUE, FALSE = "1 = 1", "1 = 0"
_PARAMETER = re.compile(r"'[^']*'|(:|%\()([a-z_][a-z_0-9]*)(\)s)?")  # a literal, :name or %(name)s
Subquery = Callable[[str], str]  # tests `contacts.id` against a condition that is no test of the contact's own row


@dataclass(frozen=True)
class Condition:
    """A query of conditions.sql with its values; a tuple becomes one parameter for each of its items."""

    name: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Joined:
    """Several rules of which all or any must hold. All of none holds for everybody, any of none for nobody."""

    word: Literal["AND", "OR"]
    parts: tuple[Rule, ...]


@dataclass(frozen=True)
class Negated:
    """A rule that must not hold."""

    part: Rule


Rule = Condition | Joined | Negated


def narrowed(
    query: Query, rule: Rule, conditions: Mapping[str, Query], subquery: Subquery
) -> tuple[Query, dict[str, str | int]]:
    """Return the query with the rule at its place, and the values of the rule by the names of their parameters."""
    composer = _Composer(conditions, subquery)
    sql = query.sql.replace(PLACE, f"({composer.text(rule)})")
    return query._replace(sql=sql), composer.values


def exists(sql: str) -> str:
    """Test `contacts.id` by a subquery that reads the rows of one contact."""
    return f"EXISTS (SELECT 1 FROM ({sql}) AS matching WHERE matching.contact_id = contacts.id)"  # noqa: S608 - queries of ours


class _Composer:
    """Numbers the parameters of each condition, because two conditions may have the same names."""

    def __init__(self, conditions: Mapping[str, Query], subquery: Subquery) -> None:
        self._conditions, self._subquery, self._numbers = conditions, subquery, count()
        self.values: dict[str, str | int] = {}

    def text(self, rule: Rule) -> str:
        if isinstance(rule, Negated):
            return f"NOT ({self.text(rule.part)})"
        if isinstance(rule, Joined):
            parts = [f"({self.text(part)})" for part in rule.parts]
            return f" {rule.word} ".join(parts) or (TRUE if rule.word == "AND" else FALSE)
        sql = self._own(rule)
        return sql.removeprefix(OWN_ROW) if sql.startswith(OWN_ROW) else self._subquery(sql)

    def _own(self, condition: Condition) -> str:
        """Return the SQL of a condition with parameters of its own, and keep their values."""
        number = next(self._numbers)

        def place(found: re.Match[str]) -> str:
            if not found[2]:
                return found[0]
            value = condition.values[found[2]]
            items = value if isinstance(value, tuple) else (value,)
            names = [f"{found[2]}_{number}_{at}" for at in range(len(items))]
            self.values.update(zip(names, items, strict=True))
            return ", ".join(f"{found[1]}{name}{found[3] or ''}" for name in names)

        return _PARAMETER.sub(place, self._conditions[condition.name].sql)
