# The rules of scoring. This file imports nothing of Acto, so that it can be read alone, also by sales.
"""Computes the score of a lead from its answers: interest, need and urgency from 0 to 100 for each product.

Each answered option adds or subtracts the points that its author gave it; points fade by half in every half-life. `worth`, the sum
of the three, is the score of a product. Its stage is the first in the scoring model whose least worth and least urgency it reaches,
or a better one that a recent answer guarantees (`floor`). The score of a lead is that of its best product.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

DIMENSIONS = ("interest", "need", "urgency")
HIGHEST = 100  # of one dimension, so that many small signs do not exceed a clear one
DAY_MS = 86_400_000
STATED, BEHAVED = "stated", "behaved"  # answered, or only looked at


class Stage(NamedTuple):
    """A stage with the least worth and urgency that reach it."""

    name: str
    worth: int
    urgency: int


class ScoringModel(NamedTuple):
    """The numbers that sales and marketing may change. Half-lives and `floor_days` in days; `behaviour_most` in points a dimension."""

    stages: tuple[Stage, ...] = (
        Stage("hot", worth=80, urgency=30),  # deserves a call today
        Stage("warm", worth=30, urgency=0),  # deserves a next step
        Stage("cold", worth=0, urgency=0),
    )
    half_lives: Mapping[str, int] = {"interest": 90, "need": 180, "urgency": 30}
    behaviour_most: int = 20  # the limit for pages looked at
    floor_days: int = 30  # how long an answer guarantees its stage


class ScoredAnswer(NamedTuple):
    """One answered option: question, answer, and its points. `at` in milliseconds UTC.

    `product` is what the points are about; `floor` the stage that the answer guarantees; `source` STATED or BEHAVED.
    """

    email: str
    block: str
    question: str
    label: str
    interest: int
    need: int
    urgency: int
    at: int
    product: str = ""
    floor: str = ""
    source: str = STATED


class Reason(NamedTuple):
    """One reason for a score: `given` points on the day of the answer, `points` of them left; or a `floor`, then without points."""

    dimension: str
    points: int
    question: str
    label: str
    at: int
    given: int
    product: str = ""
    floor: str = ""
    source: str = STATED


Stored = Mapping[str, Any]  # a Reason by its fields


class Product(NamedTuple):
    """The score of a lead for one product."""

    product: str
    interest: int
    need: int
    urgency: int
    worth: int
    stage: str


class Score(NamedTuple):
    """The score of a lead: that of its best product, every product with reasons, and every reason, the strongest first."""

    product: str
    interest: int
    need: int
    urgency: int
    worth: int
    stage: str
    products: tuple[Product, ...]
    reasons: tuple[Reason, ...]


def score(said: Sequence[ScoredAnswer], table: ScoringModel, today: int) -> Score:
    """Compute the score of one person's confirmed answers, in any order, on a day (whole days since 1970, UTC).

    A question asked again in a later copy of the same email counts once, with its latest answer.
    """
    return again([reason for each in _latest(said) for reason in _reasons(each)], table, today)


def again(reasons: Iterable[Reason], table: ScoringModel, today: int) -> Score:
    """Compute the score again from its reasons, on another day or by another table."""
    left = [_faded(reason, table, today) for reason in reasons]
    of: dict[str, list[Reason]] = {}
    for reason in left:
        of.setdefault(reason.product, []).append(reason)
    products = [_product(name, some, table, today) for name, some in of.items()]
    products.sort(key=lambda row: (-row.worth, row.product))
    best = products[0] if products else Product("", 0, 0, 0, 0, table.stages[-1].name)
    left.sort(key=lambda reason: (-abs(reason.points), -abs(reason.given), -reason.at, reason.dimension))
    return Score(*best, products=tuple(products), reasons=tuple(left))


def uncounted(reason: Stored, reasons: Iterable[Stored]) -> bool:
    """Return whether a reason does not count: the person only looked, and said no to the same product."""
    refused = {row["product"] for row in reasons if row["source"] == STATED and row["points"] < 0}
    return reason["source"] == BEHAVED and reason["product"] in refused


def strongest(reasons: Sequence[Stored]) -> Stored:
    """Return the reason to show in one sentence: the strongest for a call, or against it if there is no other."""
    counting = [row for row in reasons if not uncounted(row, reasons)] or reasons
    floors = [row for row in counting if row["floor"]]
    return next((row for row in [*floors, *counting] if row["floor"] or row["points"] > 0), counting[0])


def _latest(said: Sequence[ScoredAnswer]) -> list[ScoredAnswer]:
    newest: dict[tuple[str, str], int] = {}
    for each in said:
        key = (each.email, each.block)
        newest[key] = max(each.at, newest.get(key, each.at))
    return [each for each in said if each.at == newest[each.email, each.block]]


def _reasons(said: ScoredAnswer) -> list[Reason]:
    question, label, at, product, source = said.question, said.label, said.at, said.product, said.source
    found = [
        Reason(name, points, question, label, at, points, product, "", source)
        for name, points in zip(DIMENSIONS, (said.interest, said.need, said.urgency), strict=True)
        if points
    ]
    if said.floor:
        found.append(Reason("", 0, question, label, at, 0, product, said.floor, source))
    return found


def _faded(reason: Reason, table: ScoringModel, today: int) -> Reason:
    """Return the reason with the points left on that day. Negative points fade too."""
    days = today - reason.at // DAY_MS
    if (days <= 0 and reason.points == reason.given) or not reason.given:
        return reason
    left = reason.given * 0.5 ** (max(0, days) / table.half_lives[reason.dimension])
    return reason._replace(points=int(left + 0.5) if left > 0 else -int(-left + 0.5))


def _product(name: str, reasons: Sequence[Reason], table: ScoringModel, today: int) -> Product:
    interest, need, urgency = _sums(reasons, table)
    worth = interest + need + urgency
    stage = _stage(worth, urgency, table)
    if floor := _floor(reasons, table, today):
        worth, stage = max(worth, floor.worth), min(stage, floor, key=table.stages.index)
    return Product(name, interest, need, urgency, worth, stage.name)


def _sums(reasons: Sequence[Reason], table: ScoringModel) -> list[int]:
    """Sum the points of each dimension. Pages looked at add up to a limit, and nothing if an answer was negative."""
    stated, looked, most = dict.fromkeys(DIMENSIONS, 0), dict.fromkeys(DIMENSIONS, 0), table.behaviour_most
    for reason in reasons:
        if reason.source == STATED:
            if reason.points:
                stated[reason.dimension] += reason.points
            if reason.points < 0:
                most = 0
        else:
            looked[reason.dimension] += reason.points
    return [max(0, min(HIGHEST, stated[name] + min(looked[name], most))) for name in DIMENSIONS]


def _floor(reasons: Sequence[Reason], table: ScoringModel, today: int) -> Stage | None:
    """Return the best stage that a recent answer guarantees, whatever its points."""
    names = {reason.floor for reason in reasons if reason.floor and today - reason.at // DAY_MS <= table.floor_days}
    return next((stage for stage in table.stages if stage.name in names), None)


def _stage(worth: int, urgency: int, table: ScoringModel) -> Stage:
    return next(row for row in table.stages if worth >= row.worth and urgency >= row.urgency)
