"""What neither engine says of a query: whether an expression in it can be NULL, and whether it always gives a row."""

from __future__ import annotations

import re

NEVER_NULL = ("COUNT", "COALESCE", "FILTER")  # of ours only counts have a FILTER
OF_A_GROUP = ("MIN", "MAX")  # NULL for no rows, and a group has at least one
_ONE_ROW = re.compile(r"SELECT (\(SELECT )?COUNT\(|INSERT .*\bRETURNING\b", re.DOTALL)
_PERHAPS_NONE = re.compile(r"GROUP BY|DO NOTHING|DO UPDATE SET .*\bWHERE\b", re.DOTALL)


def may_be_null(query: str, name: str) -> bool:
    """Of the expression that a query calls `name`. True where the rules here do not know it."""
    if f"{name} IS NOT NULL" in query:
        return False
    named = re.search(rf"\sAS {re.escape(name)}\b", query)
    if named is None:  # the column of a subquery, or a query for one value
        return "MAX(" in query or "LEFT JOIN" in query
    before = query[: named.start()]
    if not before.endswith(")"):
        return not before.endswith(("'", " END", *"0123456789"))
    begin = _opening(before)
    if before.startswith("(SELECT COUNT(", begin):
        return False
    function = re.search(r"\w*(?= ?$)", before[:begin])
    word = function[0] if function else ""
    return word not in NEVER_NULL and not (word in OF_A_GROUP and "GROUP BY" in query)


def always_a_row(query: str) -> bool:
    """Whether there is a row whatever is stored: of a count, and of a row that is written in any case."""
    return bool(_ONE_ROW.match(query)) and not _PERHAPS_NONE.search(query)


def _opening(text: str) -> int:
    """Where the bracket stands that the last character closes."""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(text[at], 0)
        if depth == 0:
            return at
    raise ValueError("a bracket is closed that was never opened")
