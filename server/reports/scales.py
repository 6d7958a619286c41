"""Sums up the answers on a scale in the one number that people ask for: the Net Promoter Score, or a mean. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

NPS = "nps"
PROMOTER, PASSIVE = 9, 7  # the least marks of each (Reichheld 2003)
MEANS = {"stars": 5, "faces": 5, "ces": 7}  # scales of which a mean is told, and their highest mark


class Nps(NamedTuple):
    """People by what they would do. `score` is the share of promoters less the share of detractors, from -100 to 100."""

    score: int
    promoters: int
    passives: int
    detractors: int

    @property
    def people(self) -> int:
        """All who gave a mark."""
        return self.promoters + self.passives + self.detractors


class Week(NamedTuple):
    """The score of the answers of one week, which begins at `begins_at` (ms UTC)."""

    begins_at: int
    score: int
    people: int


def nps(marks: Mapping[int, int]) -> Nps | None:
    """Return the score of people by their mark (0 to 10); None for nobody."""
    people = sum(marks.values())
    if not people:
        return None
    promoters = sum(number for mark, number in marks.items() if mark >= PROMOTER)
    passives = sum(number for mark, number in marks.items() if PASSIVE <= mark < PROMOTER)
    detractors = people - promoters - passives
    return Nps(round(100 * (promoters - detractors) / people), promoters, passives, detractors)


def mean(marks: Mapping[int, int]) -> float | None:
    """Return the mean mark; None for nobody."""
    people = sum(marks.values())
    return sum(mark * number for mark, number in marks.items()) / people if people else None


def trend(rows: Iterable[tuple[int, int, int]]) -> list[Week]:
    """Return the score of each week in order, from (begin of the week in ms UTC, mark, people)."""
    weeks: dict[int, dict[int, int]] = {}
    for begins_at, mark, people in rows:
        marks = weeks.setdefault(begins_at, {})
        marks[mark] = marks.get(mark, 0) + people
    scored = [(begins_at, nps(marks)) for begins_at, marks in sorted(weeks.items())]
    return [Week(begins_at, found.score, found.people) for begins_at, found in scored if found]
