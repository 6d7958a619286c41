"""Finds answers that contradict each other more often than a person corrects themselves. Pure.

A client is a network and an agent. Two people may share both, so the answers are first split by the visit id that a browser
keeps and by bursts of time. A part that exceeds the budget alone is accused alone; only the rest is checked together. The visit
id only separates answers: no client is accused because two have the same one.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Hashable
from functools import partial
from itertools import pairwise
from operator import attrgetter

from server.capture.answer_groups import Act, Acts, Signs, accuse, bursts, groups, own
from server.capture.observation import Observation, seconds
from server.capture.rules import Rules

Way = Callable[[Acts], list[Acts]]


def find(signs: Signs, acts: Acts, exclusive: frozenset[str], rules: Rules) -> None:
    """Add the signs of answers beyond the budget of corrections; `exclusive` are the questions that take one option."""
    chosen = [act for act in acts if act.hit.block in exclusive]
    if len({act.hit.page for act in chosen}) < 3:
        return  # two pages are one correction at most
    left: list[Act] = []
    for group in groups(chosen, attrgetter("whose")):
        broken, fine = _broken_parts(group, exclusive, rules)
        for part in broken:
            accuse(signs, own(acts, part), "contradictions", _numbers(part, exclusive))
        left += fine
    _of_several_clients(signs, sorted(act for act in left if act.hit.gesture), acts, exclusive, rules)


def _of_several_clients(signs: Signs, touched: Acts, acts: Acts, exclusive: frozenset[str], rules: Rules) -> None:
    """Add a doubt to the presses of several clients that exceed the budget together: one of them may be a person's."""
    for way in (partial(bursts, gap_ms=rules.clusters_ms[-1]), _TOGETHER):
        accused: set[int] = set()
        for part in way(touched) if _exceeds(touched, exclusive, rules) else ():
            guilty = _guilty(part, exclusive, rules) if _exceeds(part, exclusive, rules) else set()
            for client in guilty:
                theirs = own(acts, [act for act in part if act.client == client])
                numbers = {"clients": len(guilty), **_numbers(part, exclusive)}
                accuse(signs, theirs, "among_contradictions", numbers)
                accused.update(act.place for act in theirs)
        touched = [act for act in touched if act.place not in accused]


def _guilty(part: Acts, exclusive: frozenset[str], rules: Rules) -> set[Hashable]:
    """Return the clients with the most answers if the rest stays within the budget without them; else all clients."""
    guilty: set[Hashable] = set()
    counts = Counter(act.client for act in part)
    for (client, most), (_, next_most) in pairwise([*counts.most_common(), ("", 0)]):
        if most <= next_most or not _exceeds([act for act in part if act.client not in guilty], exclusive, rules):
            break
        guilty.add(client)
    if guilty and not _exceeds([act for act in part if act.client not in guilty], exclusive, rules):
        return guilty
    return set(counts)


def _broken_parts(acts: Acts, exclusive: frozenset[str], rules: Rules) -> tuple[list[Acts], Acts]:
    """Split the answers by visit, then by bursts, then not at all; return the parts that exceed the budget alone, and the rest."""
    broken: list[Acts] = []
    by_bursts: list[Way] = [partial(bursts, gap_ms=gap) for gap in rules.clusters_ms]
    for way in (_BY_VISIT, *by_bursts, _TOGETHER):
        if not _exceeds(acts, exclusive, rules):
            break
        rest: list[Act] = []
        for part in way(acts):
            if _exceeds(part, exclusive, rules):
                broken.append(part)
            else:
                rest += part
        acts = sorted(rest)
    return broken, acts


def _exceeds(acts: Acts, exclusive: frozenset[str], rules: Rules) -> bool:
    counts = _corrections(acts, exclusive)
    most, total = max(counts.values(), default=0), sum(counts.values())
    return most > rules.corrections_a_question or total > rules.corrections_a_mail


def _corrections(acts: Acts, exclusive: frozenset[str]) -> dict[str, int]:
    """Count by question the answers that differ from the one before and come from another page."""
    last: dict[str, Observation] = {}
    counts: dict[str, int] = {}
    for act in acts:
        hit = act.hit
        before = last.get(hit.block)
        if hit.block in exclusive and before and before.page != hit.page and before.choice != hit.choice:
            counts[hit.block] = counts.get(hit.block, 0) + 1
        last[hit.block] = hit
    return counts


def _numbers(acts: Acts, exclusive: frozenset[str]) -> dict[str, int]:
    return {"corrections": sum(_corrections(acts, exclusive).values()), "seconds": seconds([act.hit for act in acts])}


_BY_VISIT: Way = partial(groups, key=lambda act: (act.client, act.hit.visit))
_TOGETHER: Way = partial(bursts, gap_ms=sys.maxsize)
