"""Fills the templates of a block for one person; the formats that are JSON or headers are made from the result."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from builder import offers, personalise
from builder.blocks import Block, Option
from builder.formats.text import plain, tidy

Context = Mapping[str, Any]


def personalised(block: Block, context: Context) -> Block:
    """Fill a block's texts, its parts as plain text, and the times still offered. Raises CannotPersonalise."""
    if _is_fixed(block):
        return block
    whole = _ahead(offers.resolved(block, context["data"]), context)
    return replace(
        whole,
        question=_said(whole.question, context),
        low=_said(whole.low, context),
        high=_said(whole.high, context),
        placeholder=_said(whole.placeholder, context),
        options=tuple(_option(option, context) for option in whole.options),
    )


@lru_cache(maxsize=512)
def _is_fixed(block: Block) -> bool:
    """Return whether the block reads the same for everybody, as most do."""
    texts = (block.question, block.low, block.high, block.placeholder, *(option.label for option in block.options))
    return not block.slots and not block.opens and not any("{" in text for text in texts)


def _ahead(block: Block, context: Context) -> Block:
    """Drop the times that were past when the message was written; outside a message all of them stay."""
    if not block.slots or "acto" not in context:
        return block
    ahead = {option["value"] for option in context["acto"]["options"][block.name]}
    past = {option.value for option in offers.offered(block, context["data"])} - ahead
    return replace(block, options=tuple(option for option in block.options if option.value not in past))


def _option(option: Option, context: Context) -> Option:
    if "{" not in option.label and not option.content:
        return option
    content = tidy(personalise.text(plain(option.content), context)).strip() if option.content else ""
    return replace(option, label=_said(option.label, context), content=content)


def _said(template: str, context: Context) -> str:
    return personalise.line(template, context) if "{" in template else template
