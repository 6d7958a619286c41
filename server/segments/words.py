"""Writes a rule as a sentence: “answered “Urgent” to “What do you need?” in the last 30 days and has not booked an appointment”."""

from __future__ import annotations

from functools import reduce

from server import texts
from server.segments import rules, table
from server.segments.names import Names
from server.segments.rules import Rule


def sentence(rule: Rule, names: Names) -> str:
    """Return the sentence of a checked rule, beginning with a capital letter."""
    found = _rule(rule, names, outermost=True)
    return found[:1].upper() + found[1:]


def of_condition(rule: Rule, names: Names, *, holds: bool = True) -> str:
    """Return the sentence of one condition, or of its contrary."""
    word = table.WORDS[rule["is"]]
    english = word.sentences[rules.variant(word, rule)][0 if holds else 1]
    found = texts.text(english, names.language, **names.of(rule))
    days = rule.get("days", 0)
    if not days:
        return found
    return texts.text(table.RECENT if days > 1 else table.TODAY, names.language, sentence=found, days=days)


def _rule(rule: Rule, names: Names, *, outermost: bool = False) -> str:
    if "is" in rule:
        return of_condition(rule, names)
    if "not" in rule:
        inner = rule["not"]
        if "is" in inner:
            return of_condition(inner, names, holds=False)
        return texts.text(table.NOT, names.language, part=_rule(inner, names, outermost=True))
    parts = rules.parts(rule)
    if not parts:
        return texts.text(table.EVERYBODY if "all" in rule else table.NOBODY, names.language)
    join = table.AND if "all" in rule else table.OR
    joined = reduce(
        lambda one, other: texts.text(join, names.language, one=one, other=other),
        (_rule(part, names) for part in parts),
    )
    return joined if outermost or len(parts) == 1 else f"({joined})"
