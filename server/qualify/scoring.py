# How answers become a lead. This file imports nothing of Acto, so that a salesperson can read it from top to bottom.
"""A lead has three scores from 0 to 100. Each answered option adds the points its author gave it, or takes them away;
worth is the sum of the three, and the stage is the first row of STAGES that a lead reaches.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

DIMENSIONS = ("interest", "need", "urgency")
HIGHEST = 100  # of one dimension: ten small signs are not worth more than one clear one


class Stage(NamedTuple):
    """A stage is reached with at least this worth and at least this urgency."""

    name: str
    worth: int
    urgency: int


STAGES = (
    Stage("hot", worth=80, urgency=30),  # worth a call today: enough reason, and soon
    Stage("warm", worth=30, urgency=0),  # worth a next step
    Stage("cold", worth=0, urgency=0),
)


class Said(NamedTuple):
    """One confirmed answer: what was asked, what was said, and the points its options carry. `at` in milliseconds UTC."""

    email: str
    block: str
    question: str
    label: str
    interest: int
    need: int
    urgency: int
    at: int


class Reason(NamedTuple):
    """One point or more, and why."""

    dimension: str
    points: int
    question: str
    label: str
    at: int


class Score(NamedTuple):
    interest: int
    need: int
    urgency: int
    worth: int
    stage: str
    reasons: tuple[Reason, ...]


def score(said: Sequence[Said]) -> Score:
    """The scores of one person's confirmed answers, in any order; the strongest reason first.

    A question asked again in a later copy of the same email counts once, with its latest answer.
    """
    counting = _latest(said)
    reasons = [
        Reason(dimension, points, each.question, each.label, each.at)
        for each in counting
        for dimension in DIMENSIONS
        if (points := getattr(each, dimension))
    ]
    sums = {dimension: _sum(reasons, dimension) for dimension in DIMENSIONS}
    worth = sum(sums.values())
    ordered = sorted(reasons, key=lambda reason: (-abs(reason.points), -reason.at, reason.dimension))
    return Score(**sums, worth=worth, stage=stage(worth, sums["urgency"]), reasons=tuple(ordered))


def stage(worth: int, urgency: int) -> str:
    return next(row.name for row in STAGES if worth >= row.worth and urgency >= row.urgency)


def _latest(said: Sequence[Said]) -> list[Said]:
    newest: dict[tuple[str, str], int] = {}
    for each in said:
        key = (each.email, each.block)
        newest[key] = max(each.at, newest.get(key, each.at))
    return [each for each in said if each.at == newest[each.email, each.block]]


def _sum(reasons: Sequence[Reason], dimension: str) -> int:
    total = sum(reason.points for reason in reasons if reason.dimension == dimension)
    return max(0, min(HIGHEST, total))
