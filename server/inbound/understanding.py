"""Defines the results of reading a reply: for one question (a claim), and for all questions of a mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from builder.blocks import Block


@dataclass(frozen=True)
class Claim:
    """The values that a reply gives for one question, and the pieces that state them; `values` is None without any.

    `conflict` tells that it is about this question but unclear; `more` that these pieces say something else besides.
    """

    values: tuple[str, ...] | None = None
    pieces: frozenset[int] = frozenset()
    conflict: bool = False
    more: bool = False


@dataclass(frozen=True)
class Understood:
    """The result for all questions. `answers` by block; `more` is true if the reply says something besides the answers."""

    reading: Literal["answer", "unsubscribe", "unclear"]
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    more: bool = False


NOTHING, CONFLICT = Claim(), Claim(conflict=True)
UNCLEAR = Understood("unclear")


def claim_of(block: Block, found: Mapping[int, str], *, more: bool = False) -> Claim:
    """Make the claim of pieces with one value each: CONFLICT for more values than the question takes."""
    chosen = set(found.values())
    if not chosen:
        return NOTHING
    if len(chosen) > 1 and not block.many:
        return CONFLICT
    values = tuple(option.value for option in block.options if option.value in chosen)
    return Claim(values, frozenset(found), more=more)
