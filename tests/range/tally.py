"""Counts what became of drawn traces: machines by whether and when they could be told, people by how long they waited."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

from tests.range.drawn_machines import machine
from tests.range.drawn_people import somebody
from tests.range.straight import Judged, Outcome, decidable, play

SOON_MS, FALLS_WITHIN_MS = 30_000, 1_000
UNTOLD_AT_MOST = 0.15  # of the drawn visits of machines
WAITING_AT_MOST = 0.01  # of people whose page ran scripts and who pressed
CHUNK = 2_000


@dataclass
class Tally:
    machines: int = 0
    people: int = 0
    scripted: int = 0
    early: Counter[str] = field(default_factory=Counter)  # told before their wait ended, and counted all the same
    standing: Counter[str] = field(default_factory=Counter)  # told later, and still standing at the end
    slow: Counter[str] = field(default_factory=Counter)  # told later, and fell more than a second after that
    untold: Counter[str] = field(default_factory=Counter)  # counted, and nobody can tell
    lost: Counter[str] = field(default_factory=Counter)  # people judged machines
    doubted: Counter[str] = field(default_factory=Counter)  # people left undecided
    waited: Counter[str] = field(default_factory=Counter)  # people whose press counted only after SOON_MS
    displaced: Counter[str] = field(
        default_factory=Counter
    )  # people whose open page a machine that nobody can tell was before
    over_hold: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)  # behind people lost or doubted
    undecided_machines: int = 0

    def add(self, other: Tally) -> None:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    def table(self) -> str:
        """What became of all of them, and the kinds that nobody can tell."""
        lines = [
            f"machines {self.machines:,}: told in time and counted {self.early.total()}, told later and standing "
            f"{self.standing.total()}, fell too late {self.slow.total()}, cannot be told and counted {self.untold.total():,} "
            f"({self.untold.total() / max(1, self.machines):.1%}), left undecided {self.undecided_machines:,}",
            f"people {self.people:,}, of which with scripts and a press {self.scripted:,}: lost {self.lost.total()}, left undecided "
            f"{self.doubted.total()}, waited over 30 s {self.waited.total()} ({self.waited.total() / max(1, self.scripted):.2%}), "
            f"over the hold {self.over_hold.total()}, an open page that a machine was before {self.displaced.total()}",
        ]
        lines += [f"  cannot be told: {count:6} {kind}" for kind, count in self.untold.most_common(12)]
        lines += [f"  left undecided: {count:6} {kind}" for kind, count in self.doubted.most_common(6)]
        return "\n".join(lines)

    def failures(self) -> list[str]:
        found = [
            f"{sum(each.values())} {what}: {each.most_common(5)}"
            for what, each in (
                ("machines counted though they could be told in time", self.early),
                ("machines stand though they can be told", self.standing),
                ("machines fell too late", self.slow),
                ("people lost", self.lost),
                ("people waited longer than the hold", self.over_hold),
            )
            if each
        ]
        if sum(self.untold.values()) > UNTOLD_AT_MOST * self.machines:
            found.append(f"{sum(self.untold.values())} of {self.machines} machines cannot be told")
        if sum(self.waited.values()) > WAITING_AT_MOST * max(1, self.scripted):
            found.append(f"{sum(self.waited.values())} of {self.scripted} people with scripts waited over 30 s")
        return found


def tally(outcomes: Iterable[Outcome]) -> Tally:
    found = Tally()
    for outcome in outcomes:
        (_person if outcome.trace.by_person else _machine)(found, outcome)
    return found


def _machine(found: Tally, outcome: Outcome) -> None:
    found.machines += 1
    kind, broken = outcome.trace.kind, decidable(outcome.trace, "machine")
    counted = [each for each in outcome.judged if each.counted_at]
    found.undecided_machines += any(each.verdict.name == "undecided" for each in outcome.judged)
    told = [(each, broken[each.step.seen.who]) for each in counted if each.step.seen.who in broken]
    found.early[kind] += any(at <= each.counted_at for each, at in told)
    found.standing[kind] += any(each.verdict.name == "person" for each, _ in told)
    found.slow[kind] += any(
        each.fell_at - max(at, each.counted_at) > FALLS_WITHIN_MS for each, at in told if each.fell_at
    )
    found.untold[kind] += len(told) < len(counted)


def _person(found: Tally, outcome: Outcome) -> None:
    trace = outcome.trace
    found.people += 1
    found.scripted += trace.scripted
    for question, option in trace.meant.items():
        own = [
            each
            for each in outcome.judged
            if (each.step.actor, each.hit.block, each.hit.choice) == ("person", question, option)
        ]
        if not own:
            others = any(each.counted_at and each.hit.block == question for each in outcome.judged)
            (found.displaced if others else found.lost)[trace.kind] += 1
            return
        last = own[-1]
        if last.verdict.name != "person":
            (found.lost if last.verdict.name == "machine" else found.doubted)[trace.kind] += 1
            found.rules["+".join(name for name, _ in last.verdict.signs)] += 1
            if (
                last.verdict.name == "undecided" and last.grade != "left_open"
            ):  # one that was left open may end undecided
                (found.waited if trace.scripted else found.over_hold)[trace.kind] += 1
            return
        _waited(found, outcome, last)


def _waited(found: Tally, outcome: Outcome, last: Judged) -> None:
    wait = last.counted_at - last.hit.at
    if outcome.trace.scripted and wait > SOON_MS:
        found.waited[outcome.trace.kind] += 1
    if wait > 300_000:
        found.over_hold[outcome.trace.kind] += 1


def _chunk(task: tuple[int, int, int]) -> Tally:
    machines, people, seed = task
    draw = Random(seed)
    traces = [*(machine(draw) for _ in range(machines)), *(somebody(draw) for _ in range(people))]
    return tally(play(trace) for trace in traces)


def run(machines: int, people: int, seed: int, processes: int = 2) -> Tally:
    """Draws and judges so many of each; the same for the same seed."""
    tasks = [(_share(machines, at), _share(people, at), seed * 10_000 + at) for at in range(_chunks(machines, people))]
    found = Tally()
    if processes == 1 or len(tasks) == 1:
        for task in tasks:
            found.add(_chunk(task))
        return found
    with multiprocessing.Pool(processes) as pool:
        for part in pool.imap(_chunk, tasks):
            found.add(part)
    return found


def _chunks(machines: int, people: int) -> int:
    return max(1, -(-(machines + people) // CHUNK))


def _share(total: int, at: int) -> int:
    return max(0, min(CHUNK // 2, total - at * (CHUNK // 2)))
