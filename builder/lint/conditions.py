"""Checks the attributes that depend on data: a block's condition, its closing time, and the times that it offers."""

import re
from collections.abc import Iterator, Mapping, Set
from typing import Any

from builder import jinja, personalise, times
from builder.blocks import book
from builder.lint.names import context
from builder.lint.view import View, at, meant
from builder.nodes import Attribute, Element
from builder.personalise import CannotPersonalise, analysis
from builder.problems import Problem

NAMES = ("known", "person", "data")
MAX_EXPRESSION = 1_000  # characters, because the parser is recursive
TIME = "2026-12-03T10:00-05:00"
_CALENDAR = re.compile(r"[a-z][a-z0-9_-]{0,30}")
_PATH = re.compile(r"data(?:\.[A-Za-z_]\w*)+")


def check(view: View) -> Iterator[Problem]:
    """Check one body for bad-condition, bad-closing and bad-slots."""
    asked = {place.element.get("name") for place in view.blocks}
    for place in view.blocks:
        given = place.element.attributes
        if "when" in given:
            yield from _condition(given["when"], asked, view.email.sample.get("known", {}))
        if "closes" in given:
            yield from _closing(given["closes"], context(view))
        if place.element.tag == "ac-book":
            yield from _times(place.element, context(view))


def _condition(when: Attribute, asked: Set[str], known: Mapping[str, Any]) -> Iterator[Problem]:
    expression = jinja.unescaped_value(when.value)
    fault = analysis.fault(f"{{{{ ({expression}) }}}}") if len(expression) <= MAX_EXPRESSION else None
    if when.spans or "{" in expression or "%}" in expression:
        fix = 'Write it without braces, as in when="known.recommend &lt;= 6".'
        yield at(when, "bad-condition", "A condition is one Jinja expression already.", fix)
    elif len(expression) > MAX_EXPRESSION:
        said = f"This condition is longer than {MAX_EXPRESSION:,} characters."
        yield at(when, "bad-condition", said, "Compute it before, and put the result into data.")
    elif fault:
        yield at(when, "bad-condition", f"Jinja cannot read this condition: {fault.message}", "Correct it.")
    else:
        for path in sorted(analysis.reads(f"{{{{ ({expression}) }}}}").paths):
            yield from _named(when, path, asked, known)


def _named(when: Attribute, path: tuple[str, ...], asked: Set[str], known: Mapping[str, Any]) -> Iterator[Problem]:
    """Check a name in a condition. Other emails may ask a block that this one lacks, so only a near miss is reported."""
    if path[0] not in NAMES:
        near = meant(path[0], NAMES)
        fix = f"Did you mean {near}?" if near else "A condition knows known, person and data."
        yield at(when, "bad-condition", f"There is no name {path[0]} in a condition.", fix)
    elif path[0] == "known" and len(path) > 1 and path[1] not in asked and path[1] not in known:
        near = meant(path[1], asked)
        if near:
            said = f"No question here is called {path[1]}."
            yield at(
                when,
                "bad-condition",
                said,
                f"Did you mean known.{near}? If another email asks it, add it to the sample.",
            )


def _closing(closes: Attribute, known: Mapping[str, Any]) -> Iterator[Problem]:
    template = jinja.unescaped_value(closes.value)
    try:
        moment = personalise.line(template, known) if closes.spans else template
    except CannotPersonalise:  # reported by the rules of names
        return
    if times.read(moment) is None:
        said = f"“{moment[:40]}” is no time" + (", and that is what the sample gives." if closes.spans else ".")
        yield at(closes, "bad-closing", said, f"Write a date and time with its offset, as in {TIME}.")


def _times(element: Element, known: Mapping[str, Any]) -> Iterator[Problem]:
    """Check that a block has a calendar or a path in the data, and that the sample has times for the preview."""
    slots, calendar = element.attributes.get("slots"), element.attributes.get("calendar")
    if slots and calendar:
        yield at(calendar, "bad-slots", "The times come from slots and from a calendar.", "Keep one of the two.")
    elif calendar and not _CALENDAR.fullmatch(calendar.value):
        said = f"“{calendar.value[:40]}” is no name of a calendar."
        yield at(calendar, "bad-slots", said, "Write the name that its page shows, as in diagnosis-call.")
    elif slots and not _PATH.fullmatch(slots.value):
        said = f"“{slots.value[:40]}” is no place in the data."
        yield at(slots, "bad-slots", said, "Write where the times are, as in data.slots.")
    elif slots or calendar:
        where = calendar or slots
        assert where  # noqa: S101
        yield from _slots(where, book.place(calendar.value) if calendar else where.value, known)
    else:
        fix = 'Add calendar="…", the name of a calendar, or slots="data.slots".'
        yield at(element, "missing-attribute", "<ac-book> has neither a calendar nor slots.", fix)


def _slots(where: Attribute, path: str, known: Mapping[str, Any]) -> Iterator[Problem]:
    fix = f'Write there a list as [{{"start": "{TIME}", "minutes": 30}}].'
    value: Any = known
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    if not isinstance(value, list) or not value:
        yield at(where, "bad-slots", f"The sample has no times at {path}.", fix)
        return
    for number, slot in enumerate(value, 1):
        if not isinstance(slot, Mapping) or times.read(slot.get("start")) is None:
            said = f"Number {number} of {path} in the sample has no start that can be read."
            yield at(where, "bad-slots", said, fix)
            return
