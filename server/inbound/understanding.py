"""What a reply was understood to say: of one question (a claim), and of all questions of a mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from builder.blocks import Block


@dataclass(frozen=True)
class Claim:
    """The values a reply gives for one question, and the pieces of it that say so; `values` are None where it gives none.

    `conflict` says that it speaks of this question in a way that is not clear; `more` that these pieces say something besides.
    """

    values: tuple[str, ...] | None = None
    pieces: frozenset[int] = frozenset()
    conflict: bool = False
    more: bool = False


@dataclass(frozen=True)
class Understood:
    """`answers` by block; `more` is true where the reply says something besides that no answer holds."""

    reading: Literal["answer", "unsubscribe", "unclear"]
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    more: bool = False


NOTHING, CONFLICT = Claim(), Claim(conflict=True)
UNCLEAR = Understood("unclear")


def claim_of(block: Block, found: Mapping[int, str], *, more: bool = False) -> Claim:
    """The claim of pieces with one value each: as many values as the question takes."""
    chosen = set(found.values())
    if not chosen:
        return NOTHING
    if len(chosen) > 1 and not block.many:
        return CONFLICT
    values = tuple(option.value for option in block.options if option.value in chosen)
    return Claim(values, frozenset(found), more=more)
