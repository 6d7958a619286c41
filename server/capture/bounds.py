"""Finds the answers of a message that break a bound of what a person does. Pure.

A client is a network and an agent. Two clients may share both, so answers are first looked at by the visit id that a browser keeps
and by bursts of time: a part that breaks a bound by itself is accused alone, and only what is left over is looked at together. The id
can only separate; nobody is accused for having the same one.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import lru_cache, partial
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from server.capture.observation import Observation, seconds
from server.capture.rules import NOT_PROGRAMS, PROGRAMS, Rules

Sign = tuple[str, dict[str, int]]  # the name of a rule and its numbers; whole seconds, rounded up
Signs = dict[int, list[Sign]]  # by the place of the hit


class Act(NamedTuple):
    """An answer, its place among the hits, and whose it is: its client, and whether it was touched."""

    place: int
    hit: Observation
    client: Hashable
    whose: Hashable


Acts = Sequence[Act]
Way = Callable[[Acts], list[Acts]]


def find(hits: Sequence[Observation], exclusive: frozenset[str], rules: Rules) -> Signs:
    """The signs of broken bounds for each answer among `hits`; `exclusive` are the questions that take one option."""
    signs: Signs = {}
    acts = [_act(place, hit) for place, hit in enumerate(hits) if hit.acts and not hit.vouched]
    for act in acts:
        for name, holds in _DECLARED.items():
            if holds(act.hit) and not _is_accused(signs, act, name):
                _accuse(signs, _own(acts, [act]), name)
        if _is_instant(act.hit, rules):  # alone: the second half of a double click lands on the page that follows
            _accuse(signs, [act], "instant")
    if len(acts) > 1:
        _contradictions(signs, acts, exclusive, rules)
        _rapid(signs, acts, exclusive, rules)
        _goes_through(signs, acts, exclusive, rules)
        _quick_forms(signs, acts, hits, rules)
    return signs


def _contradictions(signs: Signs, acts: Acts, exclusive: frozenset[str], rules: Rules) -> None:
    chosen = [act for act in acts if act.hit.block in exclusive]
    if len({act.hit.page for act in chosen}) < 3:
        return  # two pages are one correction at most
    left: list[Act] = []
    for group in _groups(chosen, attrgetter("whose")):
        broken, fine = _broken_parts(group, exclusive, rules)
        for part in broken:
            _accuse(signs, _own(acts, part), "contradictions", _numbers(part, exclusive))
        left += fine
    _of_several_clients(signs, sorted(act for act in left if act.hit.gesture), acts, exclusive, rules)


def _of_several_clients(signs: Signs, touched: Acts, acts: Acts, exclusive: frozenset[str], rules: Rules) -> None:
    """Leaves undecided what several clients pressed that no person did: one of them may be a person, and nobody can say which."""
    for way in (partial(_bursts, gap_ms=rules.clusters_ms[-1]), _TOGETHER):
        accused: set[int] = set()
        for part in way(touched) if _exceeds(touched, exclusive, rules) else ():
            guilty = _guilty(part, exclusive, rules) if _exceeds(part, exclusive, rules) else set()
            for client in guilty:
                own = _own(acts, [act for act in part if act.client == client])
                numbers = {"clients": len(guilty), **_numbers(part, exclusive)}
                _accuse(signs, own, "among_contradictions", numbers)
                accused.update(act.place for act in own)
        touched = [act for act in touched if act.place not in accused]


def _guilty(part: Acts, exclusive: frozenset[str], rules: Rules) -> set[Hashable]:
    """The clients with the most answers, if without them the rest could be a person's; else all."""
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
    """The parts that break the budget by themselves, and the rest: by visit, by bursts, at last all together."""
    broken: list[Acts] = []
    bursts: list[Way] = [partial(_bursts, gap_ms=gap) for gap in rules.clusters_ms]
    for way in (_BY_VISIT, *bursts, _TOGETHER):
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
    """By question: how often an answer differs from the one before it and comes from another page."""
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


def _own(acts: Acts, part: Acts) -> Acts:
    """The answers of the client whose answers `part` are: of the same visits, or without any, of the time that the part lasts."""
    visits, whose = {each.hit.visit for each in part}, part[0].whose
    return [
        act
        for act in acts
        if act.whose == whose and (act.hit.visit in visits if act.hit.visit else _is_near(act, part))
    ]


def _is_near(act: Act, part: Acts) -> bool:
    """Whether an answer of a client that keeps no visit id belongs to a part: by its time; in a mail that answers in place, always."""
    return act.hit.channel != "page" or part[0].hit.at <= act.hit.at <= part[-1].hit.at


def _rapid(signs: Signs, acts: Acts, exclusive: frozenset[str], rules: Rules) -> None:
    for group in _groups(acts, lambda act: (act.hit.page, act.hit.block, act.client)):
        if group[0].hit.block not in exclusive:
            continue
        seen_until = 0
        for start, first in enumerate(group):
            if first.place < seen_until:
                continue
            near = [act for act in group[start:] if act.hit.at - first.hit.at <= rules.fast_ms]
            if len({act.hit.choice for act in near}) >= rules.fast_presses:
                numbers = {"answers": len(near), "seconds": seconds([act.hit for act in near])}
                _accuse(signs, _own(acts, near), "rapid", numbers)
                seen_until = near[-1].place


def _goes_through(signs: Signs, acts: Acts, exclusive: frozenset[str], rules: Rules) -> None:
    """Accuses whoever, in a mail that answers in place, tried several answers to each of several questions."""
    in_place = [act for act in acts if act.hit.channel != "page" and act.hit.block in exclusive]
    for group in _groups(in_place, attrgetter("client")):
        choices: dict[str, set[str]] = {}
        for act in group:
            choices.setdefault(act.hit.block, set()).add(act.hit.choice)
        tried = [len(each) for each in choices.values() if len(each) >= rules.goes_through]
        if len(tried) > 1:
            _accuse(signs, group, "goes_through", {"answers": sum(tried), "questions": len(tried)})


def _quick_forms(signs: Signs, acts: Acts, hits: Sequence[Observation], rules: Rules) -> None:
    opened = {hit.page: hit.at for hit in reversed(hits) if not hit.acts and hit.nonce and hit.purpose == "answer"}
    forms = [act for act in acts if not act.hit.gesture and act.hit.page in opened and "left" not in act.hit.facts]
    for group in _groups(forms, attrgetter("client")):
        pressed = [act for act in group if act.hit.facts.get("Sec-Fetch-User") == "?1"]
        posted = [act for act in group if act not in pressed]
        for part, accused, name in ((posted, group, "quick_forms"), (pressed, pressed, "quick_presses")):
            waits: dict[str, int] = {}
            for act in part:
                waits.setdefault(act.hit.block, act.hit.at - opened[act.hit.page])
            within = next(
                (most for many, most in rules.quick if sum(wait <= most for wait in waits.values()) >= many), 0
            )
            if within:
                _accuse(signs, accused, name, {"forms": len(waits), "seconds": -(-within // 1000)})


def _act(place: int, hit: Observation) -> Act:
    """A mail program's requests come from anywhere in its maker's network, so its channel and agent name it."""
    client = hit.client if hit.channel == "page" else (hit.channel, hit.agent)
    return Act(place, hit, client, (*client, bool(hit.gesture)))


def _groups(acts: Iterable[Act], key: Callable[[Act], Hashable]) -> list[Acts]:
    found: dict[Hashable, list[Act]] = {}
    for act in acts:
        found.setdefault(key(act), []).append(act)
    return list(found.values())


def _bursts(acts: Acts, gap_ms: int) -> list[Acts]:
    """Parted where more than `gap_ms` lie between two answers."""
    found: list[list[Act]] = []
    for act in acts:
        if not found or act.hit.at - found[-1][-1].hit.at > gap_ms:
            found.append([])
        found[-1].append(act)
    return list(found)


def _accuse(signs: Signs, acts: Iterable[Act], name: str, numbers: dict[str, int] | None = None) -> None:
    for act in acts:
        if not _is_accused(signs, act, name):
            signs.setdefault(act.place, []).append((name, numbers or {}))


def _is_accused(signs: Signs, act: Act, name: str) -> bool:
    return act.place in signs and any(sign == name for sign, _ in signs[act.place])


def _is_instant(hit: Observation, rules: Rules) -> bool:
    return bool(hit.gesture) and int(hit.facts.get("dwell", rules.instant_ms)) < rules.instant_ms


@lru_cache(maxsize=4096)
def is_program(agent: str) -> bool:
    """Whether an agent names an unfurler, a preview or a library."""
    name = agent.lower()
    return any(word in name for word in PROGRAMS) and not any(word in name for word in NOT_PROGRAMS)


_BY_VISIT: Way = partial(_groups, key=lambda act: (act.client, act.hit.visit))
_TOGETHER: Way = partial(_bursts, gap_ms=sys.maxsize)
_DECLARED: dict[str, Callable[[Observation], bool]] = {
    "webdriver": lambda hit: hit.facts.get("webdriver") == "1",
    "named": lambda hit: hit.channel == "page" and is_program(hit.agent),
}
