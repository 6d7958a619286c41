"""Defines the rows of the table of conditions, and the limits of rules. This file imports nothing of Acto."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

NODES_MOST, DEPTH_MOST = 50, 8  # of one rule
DAYS_MOST, TEXT_MOST, OPTIONS_MOST, IDS_MOST = 3650, 200, 50, 500
COUNT_MOST = 10_000  # a count is exact up to this number


class Field(NamedTuple):
    """One field. `kind` names the values that it takes; an optional field may be empty."""

    name: str
    kind: str
    label: str
    optional: bool = False


class Word(NamedTuple):
    """A condition: its name in a rule, its group and label in the form, its fields, and its sentences.

    Each sentence is a pair, of a contact that meets the condition and of one that does not. The field `by` selects the pair: by its
    value, or by whether it has one (`some`, `none`).
    """

    name: str
    group: str
    label: str
    fields: tuple[Field, ...]
    by: str
    sentences: Mapping[str, tuple[str, str]]
