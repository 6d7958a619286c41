"""`python -m tests.range.fit`: weights for the signs, fitted to drawn visits; a person reads them and commits them to rules.py by hand.

Logistic regression over the answers in which no bound is broken: how much more often a machine shows a sign than a person, given the
others. Printed on the scale of the table, where DOUBT is the weight at which an answer becomes undecided. A sign that people show in
ways that add up is committed lighter than fitted, so that no person without scripts is left undecided for where they work.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from random import Random

from server.capture.rules import BOUNDS, DOUBT, WEIGHTS
from tests.range import straight

Row = tuple[frozenset[str], bool]  # the signs of an answer, and whether a machine gave it
SCALE = 20  # points of the table for one unit of log odds
ROUNDS, RATE = 60, 0.05


def rows(traces: int, seed: int) -> list[Row]:
    """The answers of drawn mails that break no bound."""
    found = []
    for trace in straight.drawn(traces // 2, traces // 2, seed):
        for each in straight.play(trace).judged:
            names = frozenset(name for name, _ in each.verdict.signs)
            if names.isdisjoint(BOUNDS):
                found.append((names, each.step.actor != "person"))
    return found


def fitted(found: Sequence[Row], draw: Random) -> dict[str, float]:
    """The log odds of each sign."""
    weights: dict[str, float] = dict.fromkeys(WEIGHTS, 0.0)
    base, order = 0.0, list(found)
    for _ in range(ROUNDS):
        draw.shuffle(order)
        for names, machine in order:
            error = machine - _chance(base + sum(weights.get(name, 0.0) for name in names))
            base += RATE * error
            for name in names & weights.keys():
                weights[name] += RATE * error - RATE * 1e-3 * weights[name]
    return weights


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def table(found: Sequence[Row], weights: dict[str, float]) -> Iterable[str]:
    shown = Counter((name, machine) for names, machine in found for name in names)
    yield f"{'sign':22}{'machines':>9}{'people':>9}{'fitted':>8}{'in the table':>14}   (DOUBT {DOUBT})"
    for name, weight in WEIGHTS.items():
        yield f"{name:22}{shown[name, True]:9}{shown[name, False]:9}{weights[name] * SCALE:8.0f}{weight:14}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.range.fit", description=__doc__)
    parser.add_argument("--traces", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args()
    found = rows(options.traces, options.seed)
    print("\n".join(table(found, fitted(found, Random(options.seed)))))


if __name__ == "__main__":
    main()
