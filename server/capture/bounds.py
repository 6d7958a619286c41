"""Finds the answers of a message that break a bound, which means that no person gives answers like that. Pure.

`verdicts` calls it before it weighs signs; `rules.BOUNDS` lists the bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import attrgetter

from server.capture import contradictions
from server.capture.answer_groups import Acts, Signs, accuse, groups, is_accused, of_hit, own
from server.capture.observation import Observation, seconds
from server.capture.rules import NOT_PROGRAMS, PROGRAMS, Rules


def find(hits: Sequence[Observation], exclusive: frozenset[str], rules: Rules) -> Signs:
    """Return the signs of broken bounds for each answer among `hits`; `exclusive` are the questions that take one option."""
    signs: Signs = {}
    acts = [of_hit(place, hit) for place, hit in enumerate(hits) if hit.acts and not hit.vouched]
    for act in acts:
        for name, holds in _DECLARED.items():
            if holds(act.hit) and not is_accused(signs, act, name):
                accuse(signs, own(acts, [act]), name)
        if _is_instant(act.hit, rules):  # alone: the second half of a double click lands on the page that follows
            accuse(signs, [act], "instant")
    if len(acts) > 1:
        most = _most_options(acts, exclusive)
        if most > 1:
            contradictions.find(signs, acts, exclusive, rules)
        if most >= rules.fast_presses:
            _rapid(signs, acts, exclusive, rules)
        if most >= rules.goes_through:
            _goes_through(signs, acts, exclusive, rules)
        _quick_forms(signs, acts, hits, rules)
    return signs


def _most_options(acts: Acts, exclusive: frozenset[str]) -> int:
    """Count the different options answered of one question, and return the highest count."""
    options: dict[str, set[str]] = {}
    for act in acts:
        if act.hit.block in exclusive:
            options.setdefault(act.hit.block, set()).add(act.hit.choice)
    return max(map(len, options.values()), default=0)


def _rapid(signs: Signs, acts: Acts, exclusive: frozenset[str], rules: Rules) -> None:
    for group in groups(acts, lambda act: (act.hit.page, act.hit.block, act.client)):
        if group[0].hit.block not in exclusive:
            continue
        seen_until = 0
        for start, first in enumerate(group):
            if first.place < seen_until:
                continue
            near = [act for act in group[start:] if act.hit.at - first.hit.at <= rules.fast_ms]
            if len({act.hit.choice for act in near}) >= rules.fast_presses:
                numbers = {"answers": len(near), "seconds": seconds([act.hit for act in near])}
                accuse(signs, own(acts, near), "rapid", numbers)
                seen_until = near[-1].place


def _goes_through(signs: Signs, acts: Acts, exclusive: frozenset[str], rules: Rules) -> None:
    """Add the sign `goes_through` to a client that tried several options of each of several questions in a mail that answers in
    place.
    """
    in_place = [act for act in acts if act.hit.channel != "page" and act.hit.block in exclusive]
    for group in groups(in_place, attrgetter("client")):
        choices: dict[str, set[str]] = {}
        for act in group:
            choices.setdefault(act.hit.block, set()).add(act.hit.choice)
        tried = [len(each) for each in choices.values() if len(each) >= rules.goes_through]
        if len(tried) > 1:
            accuse(signs, group, "goes_through", {"answers": sum(tried), "questions": len(tried)})


def _quick_forms(signs: Signs, acts: Acts, hits: Sequence[Observation], rules: Rules) -> None:
    forms = [act for act in acts if not act.hit.gesture and "left" not in act.hit.facts]
    if len(forms) < 2:
        return
    opened = {hit.page: hit.at for hit in reversed(hits) if not hit.acts and hit.nonce and hit.purpose == "answer"}
    forms = [act for act in forms if act.hit.page in opened]
    for group in groups(forms, attrgetter("client")):
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
                accuse(signs, accused, name, {"forms": len(waits), "seconds": -(-within // 1000)})


def _is_instant(hit: Observation, rules: Rules) -> bool:
    return bool(hit.gesture) and int(hit.facts.get("dwell", rules.instant_ms)) < rules.instant_ms


@lru_cache(maxsize=4096)
def is_program(agent: str) -> bool:
    """Return whether a user agent names an unfurler, a preview or a library."""
    name = agent.lower()
    return any(word in name for word in PROGRAMS) and not any(word in name for word in NOT_PROGRAMS)


_DECLARED: dict[str, Callable[[Observation], bool]] = {
    "webdriver": lambda hit: hit.facts.get("webdriver") == "1",
    "named": lambda hit: hit.channel == "page" and is_program(hit.agent),
}
