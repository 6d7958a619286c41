"""A block as one person reads it: every template in it filled in. The formats that are JSON or headers are made from these."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from builder import offers, personalise
from builder.blocks import Block, Option

Context = Mapping[str, Any]


def spoken(block: Block, context: Context) -> Block:
    """The block with its offered times and this person's texts. Raises CannotPersonalise."""
    whole = offers.resolved(block, context["data"])
    return replace(
        whole,
        question=_said(whole.question, context),
        low=_said(whole.low, context),
        high=_said(whole.high, context),
        placeholder=_said(whole.placeholder, context),
        options=tuple(_option(option, context) for option in whole.options),
    )


def _option(option: Option, context: Context) -> Option:
    if "{" not in option.label and not option.content:
        return option
    content = personalise.html(option.content, context) if option.content else ""
    return replace(option, label=_said(option.label, context), content=content)


def _said(template: str, context: Context) -> str:
    return personalise.line(template, context) if "{" in template else template
