"""Writes the words of an email's questions as they stand for everybody, for reports, rules and choices.

What a template fills in for one person takes its fallback (“{{ person.company or "your company" }}”), or else an ellipsis.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from builder import context as contexts
from builder import messages, personalise
from builder.blocks import Block
from builder.emails import CompiledEmail
from builder.personalise import CannotPersonalise

ELLIPSIS = "…"
_FILLED_IN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


class _Unknown(str):
    """A value that nobody knows: false in conditions, so that fallbacks hold, and printed as an ellipsis."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


class _OwnFields(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return _UNKNOWN


_UNKNOWN = _Unknown(ELLIPSIS)


def questions(email: CompiledEmail) -> dict[str, Block]:
    """Return the blocks by name with the words of their questions and options; times of a calendar are left as they are."""
    context = _context(email)
    return {name: _block(block, context) for name, block in email.blocks.items()}


def _context(email: CompiledEmail) -> Mapping[str, Any]:
    sample = messages.sample(email.source)
    person = {name: _unknown(value) for name, value in sample.person.items()} | {"fields": _OwnFields()}
    known = contexts.about(person, _unknown(sample.data), {}, email.language)
    return {**known, "brand": email.source.brand(email.language)}


def _unknown(value: Any) -> Any:
    """Return the same shape of dicts and lists, with every value unknown."""
    if isinstance(value, Mapping):
        return {key: _unknown(each) for key, each in value.items()}
    return [_unknown(each) for each in value] if isinstance(value, list) else _UNKNOWN


def _block(block: Block, context: Mapping[str, Any]) -> Block:
    labels = tuple(replace(option, label=_said(option.label, context)) for option in block.options)
    return replace(block, question=_said(block.question, context), options=labels)


def _said(words: str, context: Mapping[str, Any]) -> str:
    if "{" not in words:
        return words
    try:
        return personalise.line(words, context)
    except CannotPersonalise:
        return " ".join(_FILLED_IN.sub(ELLIPSIS, words).split())
