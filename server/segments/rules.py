"""Checks rules: their form, their size and the values of each condition. Emails, tags and other names are not looked up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from server import jsontext, texts
from server.errors import CannotDo
from server.segments import model, refusals, table
from server.segments.model import Field, Word

Rule = Mapping[str, Any]  # its form is described in server/segments/table.py
EVERYBODY: Rule = {"all": []}
_FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CONTROL = re.compile(r"[\x00-\x1f\ud800-\udfff]")  # with halves of a surrogate pair, which no database takes


class WrongRule(CannotDo):
    """A rule is not valid. Labels among the values are translated with the sentence."""

    @property
    def is_unfinished(self) -> bool:
        """Return whether it is valid but for a field that is still empty."""
        return self.english == refusals.PROBLEMS["missing"]

    def sentence(self, language: str) -> str:
        """Return the message in the language."""
        labels = {key: texts.text(str(self.values[key]), language) for key in ("label", "field") if key in self.values}
        return texts.text(self.english, language, **dict(self.values) | labels)


def read(text: str) -> Rule:
    """Parse a stored rule."""
    rule: Rule = jsontext.loads(text)
    return rule


def checked(rule: Any) -> Rule:
    """Return a valid rule without its empty fields. Raises WrongRule with the first mistake."""
    found = _checked(rule, 1)
    if sum(1 for _ in nodes(found)) > model.NODES_MOST:
        raise WrongRule(refusals.PROBLEMS["nodes"], most=model.NODES_MOST)
    return found


def nodes(rule: Rule) -> Iterator[Rule]:
    """Yield the rule and every rule in it."""
    yield rule
    for part in parts(rule):
        yield from nodes(part)


def parts(rule: Rule) -> list[Rule]:
    """Return the rules of a group; none for a condition."""
    return [rule["not"]] if "not" in rule else list(rule.get("all", rule.get("any", ())))


def variant(word: Word, values: Mapping[str, Any]) -> str:
    """Return the key of the sentences of a condition with these values."""
    value = values.get(word.by)
    if isinstance(value, str) and value in word.sentences:
        return value
    return "some" if value else "none"


def _checked(rule: Any, depth: int) -> Rule:
    if depth > model.DEPTH_MOST:
        raise WrongRule(refusals.PROBLEMS["depth"], most=model.DEPTH_MOST)
    if not isinstance(rule, Mapping):
        raise _formless(rule)
    if "is" in rule:
        return _condition(rule)
    join, inside = next(iter(rule.items()), ("", None))
    if len(rule) != 1 or join not in table.JOINS:
        raise _formless(rule)
    if join == "not":
        return {join: _checked(inside, depth + 1)}
    if not isinstance(inside, list):
        raise _formless(rule)
    if len(inside) > model.NODES_MOST:
        raise WrongRule(refusals.PROBLEMS["nodes"], most=model.NODES_MOST)
    return {join: [_checked(part, depth + 1) for part in inside]}


def _condition(rule: Mapping[str, Any]) -> Rule:
    word = table.WORDS.get(rule["is"]) if isinstance(rule["is"], str) else None
    if word is None:
        raise WrongRule(refusals.PROBLEMS["unknown"], value=_short(rule["is"]), names=", ".join(table.WORDS))
    names = [field.name for field in word.fields]
    for key in rule:
        if key != "is" and key not in names:
            raise WrongRule(refusals.PROBLEMS["extra"], label=word.label, value=_short(key))
    found = {field.name: value for field in word.fields if (value := _value(word, field, rule)) not in EMPTY}
    if "value" in names and found.get("how") != "empty" and "value" not in found:
        raise WrongRule(refusals.PROBLEMS["missing"], label=word.label, field="Text")
    return {"is": word.name, **found}


EMPTY: tuple[Any, ...] = (None, "", 0, [])


def _value(word: Word, field: Field, rule: Mapping[str, Any]) -> Any:
    value = rule.get(field.name)
    value = value.strip() if isinstance(value, str) else value
    if value in EMPTY and not isinstance(value, bool):
        if field.optional:
            return None
        raise WrongRule(refusals.PROBLEMS["missing"], label=word.label, field=field.label)
    kind, *choices = field.kind.split()
    if not (value in choices if choices else KINDS[kind](value)):
        raise WrongRule(refusals.PROBLEMS["wrong"], label=word.label, value=_short(value), field=field.label)
    return value


def _text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= model.TEXT_MOST and not _CONTROL.search(value)


def _texts(most: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and len(value) <= most and all(_text(each) and each for each in value)


KINDS: Mapping[str, Callable[[Any], bool]] = {
    **dict.fromkeys(("text", "tag", "owner", "email", "question", "calendar", "list"), _text),
    "field": lambda value: isinstance(value, str) and bool(_FIELD_NAME.fullmatch(value)),
    "language": lambda value: value in ("es", "en"),
    "country": lambda value: isinstance(value, str) and bool(re.fullmatch(r"[A-Z]{2}", value)),
    "days": lambda value: type(value) is int and 0 < value <= model.DAYS_MOST,
    "options": _texts(model.OPTIONS_MOST),
    "ids": _texts(model.IDS_MOST),
    "stage": lambda value: isinstance(value, str) and value in table.STAGES,
    "scope": lambda value: isinstance(value, str) and value in table.SCOPES,
}


def _formless(value: Any) -> WrongRule:
    return WrongRule(refusals.PROBLEMS["form"], value=_short(value))


def _short(value: Any) -> str:
    return str(value)[:60]
