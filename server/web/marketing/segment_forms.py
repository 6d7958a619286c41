"""Converts between a rule and its form. Fields are named by the place of their part: r.join, r.0.is, r.0.tag, r.1.0.days.

The form holds the complete rule, also while it is not saved and not yet valid; a press on a button changes the rule and shows the form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from server.segments import rules, table
from server.segments.model import DEPTH_MOST, Word
from server.segments.rules import Rule, WrongRule

Form = MultiDict[str, str]
ROOT = "r"
LISTS = ("options", "ids")
_PART = re.compile(r"(r(?:\.\d{1,2})*)\.(?:join|is)")
OFFERED = tuple(word for word in table.CONDITIONS if word.name != "people")  # a list of ids is not typed by hand


@dataclass(frozen=True)
class Part:
    """A condition or a group of the form. `join` is all or any, '' of a condition; `problem` is why a condition is not valid yet."""

    path: str
    negated: bool
    join: str = ""
    parts: tuple[Part, ...] = ()
    word: Word | None = None
    values: dict[str, Any] = field(default_factory=dict)
    problem: WrongRule | None = None

    @property
    def is_unfinished(self) -> bool:
        """Return whether the condition only lacks a choice that nobody has made yet."""
        return self.problem is not None and self.problem.is_unfinished

    @property
    def may_nest(self) -> bool:
        """Return whether a group may still be added to this one."""
        return self.path.count(".") < DEPTH_MOST - 4


def read(form: Form) -> Rule:
    """Read the rule of a form, however incomplete it is."""
    paths = {found[1] for name in form if (found := _PART.fullmatch(name)) and found[1].count(".") < DEPTH_MOST}
    return _read(form, ROOT, paths) if ROOT in paths else {"all": []}


def changed(rule: Rule, form: Form) -> Rule:
    """Apply the pressed button: add PATH, group PATH or remove PATH; any other changes nothing."""
    act, _, path = form.get("act", "").partition(" ")
    places = [int(place) for place in path.split(".")[1:] if place.isdecimal()]
    if act == "add" and (name := form.get(f"{path}.new", "")) in table.WORDS:
        _inside(rule, places).append(_blank(table.WORDS[name]))
    elif act == "group":
        _inside(rule, places).append({"any": []})
    elif act == "remove" and places:
        siblings = _inside(rule, places[:-1])
        del siblings[places[-1] : places[-1] + 1]
    return rule


def as_form(rule: Rule) -> Part:
    """Return the outermost group of a rule for its form; a rule that is no group is put into one."""
    part = _part(rule, ROOT)
    return part if part.join and not part.negated else _part({"all": [rule]}, ROOT)


def _part(rule: Rule, path: str, negated: bool = False) -> Part:
    if "not" in rule:
        return _part(rule["not"], path, not negated)
    if "is" in rule:
        return Part(path, negated, word=table.WORDS.get(rule["is"]), values=dict(rule), problem=_problem(rule))
    join = "any" if "any" in rule else "all"
    inside = tuple(_part(part, f"{path}.{place}") for place, part in enumerate(rules.parts(rule)))
    return Part(path, negated, join, inside)


def _problem(rule: Rule) -> WrongRule | None:
    try:
        rules.checked(rule)
    except WrongRule as problem:
        return problem
    return None


def _read(form: Form, path: str, paths: set[str]) -> dict[str, Any]:
    if f"{path}.is" in form:
        part = _condition(form, path)
    else:
        below = [each for each in paths if each.rpartition(".")[0] == path]
        places = sorted(below, key=lambda each: int(each.rpartition(".")[2]))
        join = "any" if form.get(f"{path}.join") == "any" else "all"
        part = {join: [_read(form, each, paths) for each in places]}
    return {"not": part} if form.get(f"{path}.not") == "1" else part


def _condition(form: Form, path: str) -> dict[str, Any]:
    """Read a condition without its empty fields. A number of days that is none stays text, which the check refuses."""
    word = table.WORDS.get(form[f"{path}.is"])
    found: dict[str, Any] = {"is": form[f"{path}.is"]}
    for each in word.fields if word else ():
        name = f"{path}.{each.name}"
        typed = form.get(name, "").strip()
        value: Any = int(typed) if each.kind == "days" and typed.isdecimal() and len(typed) < 9 else typed
        if each.kind in LISTS:
            value = form.getlist(name) if each.kind == "options" else typed.split()
        if value not in ("", []):
            found[each.name] = value
    return found


def _blank(word: Word) -> dict[str, Any]:
    """Return a new condition, with the first comparison where it has one."""
    how = {each.name: each.kind.split()[1] for each in word.fields if " " in each.kind}
    return {"is": word.name, **how}


def _inside(rule: Any, places: list[int]) -> list[Any]:
    """Return the parts of the group at these places, to be changed; an empty list for a place that has none."""
    while "not" in rule:
        rule = rule["not"]
    if not places:
        inside: list[Any] = rule.get("all", rule.get("any", []))
        return inside
    parts = rules.parts(rule)
    return _inside(parts[places[0]], places[1:]) if places[0] < len(parts) else []
