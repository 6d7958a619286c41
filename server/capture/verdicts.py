"""Who did it: a verdict for each hit of a message, from its own signs and those of the hits around it. Pure and versioned.

Nothing here knows of a database or a clock, so that all of history can be judged again when the rules change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from server import jsontext
from server.capture import bursts
from server.capture.bursts import Sign
from server.capture.observation import Observation
from server.capture.rules import MACHINE, NOT_PROGRAMS, PERSON, PROGRAMS, WEIGHTS, Rules

Name = Literal["machine", "person", "undecided"]


class Verdict(NamedTuple):
    """`signs` are what it was drawn from, those that weigh most first."""

    name: Name
    signs: tuple[Sign, ...] = ()

    @property
    def stored(self) -> str:
        """The signs as JSON."""
        return jsontext.dumps(self.signs) if self.signs else "[]"


class Around(NamedTuple):
    """What there is to know besides the hits: when the message left (ms UTC), the questions that take one option, and how many
    unrelated people's mail a network touched in the minutes around (see `crowds`).
    """

    sent_at: int
    exclusive: frozenset[str] = frozenset()
    crowds: Mapping[str, int] = {}


def judge(hits: Sequence[Observation], around: Around, rules: Rules) -> list[Verdict]:
    """A verdict for each of `hits`: all of one message, or all that are near enough to matter, in the order they arrived."""
    shown = bursts.find(hits, around.exclusive, rules) if len(hits) > 1 else {}
    return [_verdict(hit, shown.get(place, ()), hits, around, rules) for place, hit in enumerate(hits)]


def judge_last(hits: Sequence[Observation], around: Around, rules: Rules) -> Verdict:
    """The verdict of the last one alone: all that an answer waits for when nothing suspicious is near."""
    shown = bursts.find(hits, around.exclusive, rules) if len(hits) > 1 else {}
    return _verdict(hits[-1], shown.get(len(hits) - 1, ()), hits, around, rules)


def _verdict(
    hit: Observation, shown: Sequence[Sign], hits: Sequence[Observation], around: Around, rules: Rules
) -> Verdict:
    if hit.vouched:
        return Verdict("person", (("vouched", {}),))
    signs = [*shown]
    if hit.channel == "page":
        visit = [each for each in hits if each.client == hit.client] if len(hits) > 1 else [hit]
        signs += _signs(hit, visit, hits, around, rules)
    signs.sort(key=lambda sign: -abs(WEIGHTS[sign[0]]))
    weight = sum(WEIGHTS[name] for name, _ in signs)
    return Verdict("machine" if weight >= MACHINE else "person" if weight <= PERSON else "undecided", tuple(signs))


def _signs(
    hit: Observation, visit: Sequence[Observation], hits: Sequence[Observation], around: Around, rules: Rules
) -> list[Sign]:
    signs: list[Sign] = [(name, {}) for name, holds in _OWN.items() if holds(hit, around, rules)]
    if len(visit) > 1 or hit.method == "HEAD":
        near = [each for each in visit if abs(each.at - hit.at) <= rules.near_ms]
        if any(each.method == "HEAD" for each in near):
            signs.append(("head", {}))
        away = hit.at - min(each.at for each in visit)
        if rules.return_ms <= away <= rules.return_within_ms:
            signs.append(("returned", {"minutes": away // 60_000}))
    if hit.acts and len(hits) > 1 and (seconds := _contrast(hit, hits, around, rules)) is not None:
        signs.append(("contrast", {"seconds": seconds}))
    if (people := around.crowds.get(hit.network, 0)) >= rules.crowd and not hit.gesture:
        signs.append(("crowd", {"people": people}))
    return signs


@lru_cache(maxsize=4096)
def _is_program(agent: str) -> bool:
    name = agent.lower()
    return any(word in name for word in PROGRAMS) and not any(word in name for word in NOT_PROGRAMS)


Holds = Callable[[Observation, Around, Rules], bool]
_OWN: dict[str, Holds] = {  # what one hit shows by itself
    "gesture": lambda hit, around, rules: bool(hit.gesture),
    "webdriver": lambda hit, around, rules: hit.facts.get("webdriver") == "1",
    "no_agent": lambda hit, around, rules: not hit.agent,
    "named": lambda hit, around, rules: _is_program(hit.agent),
    "prefetch": lambda hit, around, rules: hit.prefetched,
    "script_only": lambda hit, around, rules: (
        hit.acts and "dwell" in hit.facts and not hit.gesture and hit.facts.get("self") != "1"
    ),
    "bare": lambda hit, around, rules: (
        rules.https and hit.agent.startswith("Mozilla/") and not any(name.startswith("Sec-") for name in hit.facts)
    ),
    "early": lambda hit, around, rules: 0 <= hit.at - around.sent_at < rules.early_ms,
    "activated": lambda hit, around, rules: hit.facts.get("Sec-Fetch-User") == "?1" and hit.acts,
    "dwelt": lambda hit, around, rules: int(hit.facts.get("dwell", 0)) >= rules.dwell_ms,
    "visible": lambda hit, around, rules: hit.facts.get("visible") == "1",
}


def _contrast(hit: Observation, hits: Sequence[Observation], around: Around, rules: Rules) -> int | None:
    """Seconds to the other client's different answer when this one is the suspect of the two, else None.

    Of two such answers the suspect is the one without a touch, or that strayed from the link it opened; else the later.
    """
    if hit.block not in around.exclusive:
        return None
    for other in hits:
        opposed = other.acts and other.block == hit.block and other.choice != hit.choice and other.client != hit.client
        if opposed and abs(other.at - hit.at) <= rules.near_ms and _is_suspect(hit, other, hits):
            return abs(other.at - hit.at) // 1000
    return None


def _is_suspect(hit: Observation, other: Observation, hits: Sequence[Observation]) -> bool:
    if bool(hit.gesture) != bool(other.gesture):
        return not hit.gesture
    ours, theirs = _strayed(hit, hits), _strayed(other, hits)
    return ours if ours != theirs else other.at <= hit.at


def _strayed(hit: Observation, hits: Sequence[Observation]) -> bool:
    """Whether the client opened another option of the question, and not the one it answered."""
    opened = {each.choice for each in hits if each.client == hit.client and each.block == hit.block and not each.acts}
    return bool(opened - {""}) and hit.choice not in opened
