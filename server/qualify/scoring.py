# How answers become a lead. This file imports nothing of Acto, so that a salesperson can read it from top to bottom.
"""For each product, a lead has three scores from 0 to 100. Each answered option adds the points its author gave it, or takes
them away; points fade with time, by half in every half-life. Worth is the sum of the three, and the stage is the first row of
the table's stages that is reached. A lead is worth what its most promising product is worth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

DIMENSIONS = ("interest", "need", "urgency")
HIGHEST = 100  # of one dimension: ten small signs are not worth more than one clear one
DAY_MS = 86_400_000
STATED, BEHAVED = "stated", "behaved"  # what a person said, and what a person only looked at


class Stage(NamedTuple):
    """A stage is reached with at least this worth and at least this urgency."""

    name: str
    worth: int
    urgency: int


class ScoringModel(NamedTuple):
    """What sales and marketing may change. Half-lives and `floor_days` in days; `behaviour_most` in points a dimension."""

    stages: tuple[Stage, ...] = (
        Stage("hot", worth=80, urgency=30),  # worth a call today: enough reason, and soon
        Stage("warm", worth=30, urgency=0),  # worth a next step
        Stage("cold", worth=0, urgency=0),
    )
    half_lives: Mapping[str, int] = {"interest": 90, "need": 180, "urgency": 30}
    behaviour_most: int = 20  # looking is not asking: however much somebody looks, it is worth no more than this
    floor_days: int = 30  # how long an answer that is worth a stage by itself is


class ScoredAnswer(NamedTuple):
    """One answered option: what was asked, what was said, and the points it carries. `at` in milliseconds UTC.

    `product` is what the points are about; `floor` the stage that the answer is worth at least; `source` STATED or BEHAVED.
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
    """Why: `given` points on the day it was said, `points` of them left; or a `floor`, then without points."""

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
    """What a lead is worth for one product."""

    product: str
    interest: int
    need: int
    urgency: int
    worth: int
    stage: str


class Score(NamedTuple):
    """The most promising product, every product with reasons, and every reason, the strongest first."""

    product: str
    interest: int
    need: int
    urgency: int
    worth: int
    stage: str
    products: tuple[Product, ...]
    reasons: tuple[Reason, ...]


def score(said: Sequence[ScoredAnswer], table: ScoringModel, today: int) -> Score:
    """The scores of one person's confirmed answers, in any order, on a day (whole days since 1970, UTC).

    A question asked again in a later copy of the same email counts once, with its latest answer.
    """
    return again([reason for each in _latest(said) for reason in _reasons(each)], table, today)


def again(reasons: Iterable[Reason], table: ScoringModel, today: int) -> Score:
    """The same on another day or by another table: the reasons are all that counts of the answers."""
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
    """Whether a reason counts for nothing: they only looked, and said no to the same product."""
    refused = {row["product"] for row in reasons if row["source"] == STATED and row["points"] < 0}
    return reason["source"] == BEHAVED and reason["product"] in refused


def strongest(reasons: Sequence[Stored]) -> Stored:
    """What to say of somebody in one sentence: what speaks for a call, and against it only when nothing does."""
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
    """With the points that are left. Both a yes and a no fade."""
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
    """For each dimension. What somebody said outranks what they looked at: looking adds a little, and nothing to a no."""
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
    """The best stage that a recent answer is worth by itself, whatever its points."""
    names = {reason.floor for reason in reasons if reason.floor and today - reason.at // DAY_MS <= table.floor_days}
    return next((stage for stage in table.stages if stage.name in names), None)


def _stage(worth: int, urgency: int, table: ScoringModel) -> Stage:
    return next(row for row in table.stages if worth >= row.worth and urgency >= row.urgency)
