"""Judges each answer of a message from its own signs and from all answers around it. Pure and versioned.

It uses no database and no clock, so that stored answers can be judged again when the rules change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

from server import jsontext
from server.capture import bounds
from server.capture.answer_groups import Sign
from server.capture.observation import Observation
from server.capture.openings import Openings
from server.capture.rules import BOUNDS, DOUBT, WEIGHTS, Rules

Hits = Sequence[Observation]
Name = Literal["machine", "person", "undecided"]
HEAVIEST = 1000  # broken bounds are listed before every weight


class Verdict(NamedTuple):
    """A verdict with the signs that led to it, heaviest first."""

    name: Name
    signs: tuple[Sign, ...] = ()

    @property
    def stored(self) -> str:
        """The signs as a JSON list."""
        return jsontext.dumps(self.signs) if self.signs else "[]"


class Around(NamedTuple):
    """The facts beyond the hits. `sent_at` is ms UTC; `exclusive` are the questions that take one option; `crowds` counts by
    network the unrelated people whose mail it touched around the answers.
    """

    sent_at: int
    exclusive: frozenset[str] = frozenset()
    crowds: Mapping[str, int] = {}


def judge(hits: Hits, around: Around, rules: Rules) -> list[Verdict]:
    """Return a verdict for each of `hits`, which are all hits of one message in the order they arrived."""
    message = _Message(hits, around, rules)
    return [message.verdict(place) for place in range(len(hits))]


def judge_answers(hits: Hits, around: Around, rules: Rules) -> dict[int, Verdict]:
    """Return the verdicts of the answers among `hits`, by their places."""
    message = _Message(hits, around, rules)
    return {place: message.verdict(place) for place, hit in enumerate(hits) if hit.acts}


def judge_last(hits: Hits, around: Around, rules: Rules) -> tuple[Verdict, bool]:
    """Return the verdict of the last hit, and whether it may change the verdicts of earlier answers.

    It cannot if no bound is broken and no other client answered the question otherwise.
    """
    message = _Message(hits, around, rules)
    return message.verdict(len(hits) - 1), bool(message.broken) or message.is_contradicted(hits[-1])


class _Message:
    """All hits of one message, with the indexes that every verdict uses."""

    def __init__(self, hits: Hits, around: Around, rules: Rules) -> None:
        self.hits, self.around, self.rules = hits, around, rules
        self.acts = [hit for hit in hits if hit.acts]
        self.answers: dict[str, list[Observation]] = {}  # by the question that takes one option
        for hit in self.acts:
            if hit.block in around.exclusive:
                self.answers.setdefault(hit.block, []).append(hit)
        self.openings = Openings(hits)
        self.broken = bounds.find(hits, around.exclusive, rules)
        self._find_floods()
        self.first_at: dict[tuple[str, str], int] = {}
        for hit in hits:
            self.first_at.setdefault(hit.client, hit.at)
        self.heads = [hit for hit in hits if hit.method == "HEAD"]

    def _find_floods(self) -> None:
        """Add a burst to every untouched answer of the browser that made it; without a visit id, only to those from its pages."""
        untouched = [place for place, hit in enumerate(self.hits) if hit.acts and not hit.gesture and not hit.vouched]
        floods = {
            place: sign
            for place in untouched
            if (sign := self.openings.flood(self.hits[place], self.rules)) is not None
        }
        for place in untouched if floods else ():
            hit = self.hits[place]
            same = [
                sign
                for other, sign in floods.items()
                if other == place
                or (hit.visit and (hit.client, hit.visit) == (self.hits[other].client, self.hits[other].visit))
            ]
            self.broken.setdefault(place, []).extend(same[:1])

    def verdict(self, place: int) -> Verdict:
        hit = self.hits[place]
        if hit.vouched:
            return Verdict("person", (("vouched", {}),))
        signs = [*self.broken.get(place, ()), *self._signs(hit)]
        if len(signs) > 1:
            signs.sort(key=_heaviness, reverse=True)
        if any(name in BOUNDS for name, _ in signs):
            return Verdict("machine", tuple(signs))
        if self.rules.strict and not hit.gesture:
            return Verdict("undecided", (*signs, ("strict", {})))
        weight = sum(WEIGHTS[name] for name, _ in signs)
        return Verdict("undecided" if weight >= DOUBT else "person", tuple(signs))

    def _signs(self, hit: Observation) -> list[Sign]:
        around, rules = self.around, self.rules
        table = _TOUCHED if hit.gesture else _UNTOUCHED
        signs: list[Sign] = [(name, {}) for name, holds in table.items() if holds(hit, around, rules)]
        away = hit.at - self.first_at[hit.client]
        if rules.return_ms <= away <= rules.return_within_ms:
            signs.append(("returned", {"minutes": away // 60_000}))
        if len(self.acts) > 1 and hit.acts and (seconds := self._contrast(hit)) is not None:
            signs.append(("contrast", {"seconds": seconds}))
        if hit.gesture:
            return signs
        if any(each.client == hit.client and abs(each.at - hit.at) <= rules.near_ms for each in self.heads):
            signs.append(("head", {}))
        if (people := around.crowds.get(hit.network, 0)) >= rules.crowd:
            signs.append(("crowd", {"people": people}))
        return signs + self.openings.signs(hit, around.exclusive, rules)

    def is_contradicted(self, hit: Observation) -> bool:
        """Return whether another client gave another answer to the question."""
        return any(
            other.choice != hit.choice and other.client != hit.client for other in self.answers.get(hit.block, ())
        )

    def _contrast(self, hit: Observation) -> int | None:
        """Return the seconds to another client's different answer if this one is the suspect of the two, else None.

        The suspect is the answer whose client opened more links; of two touched ones, then the one that strayed from its link;
        otherwise a person changed their mind. A browser that changed its network keeps its visit id and is not compared with
        itself; nor is a mail that answers in place, because its requests come through its maker's network.
        """
        for other in self.answers.get(hit.block, ()):
            if other.choice == hit.choice or other.client == hit.client:
                continue
            same = (hit.visit and hit.visit == other.visit) or (hit.channel != "page" and hit.channel == other.channel)
            if not same and abs(other.at - hit.at) <= self.rules.near_ms and self._is_suspect(hit, other):
                return abs(other.at - hit.at) // 1000
        return None

    def _is_suspect(self, hit: Observation, other: Observation) -> bool:
        more = self.openings.links(hit.client) - self.openings.links(other.client)
        if not hit.gesture or not other.gesture:
            return not hit.gesture and more >= self.rules.many_links
        if abs(more) > 1:
            return more > 0
        return self.openings.strayed(hit) and not self.openings.strayed(other)


def _heaviness(sign: Sign) -> int:
    return abs(WEIGHTS.get(sign[0], HEAVIEST))


Holds = Callable[[Observation, Around, Rules], bool]
_TOUCHED: dict[str, Holds] = {  # signs of one hit alone
    "gesture": lambda hit, around, rules: True,
    "activated": lambda hit, around, rules: hit.facts.get("Sec-Fetch-User") == "?1" and hit.acts,
    "dwelt": lambda hit, around, rules: int(hit.facts.get("dwell", 0)) >= rules.dwell_ms,
    "visible": lambda hit, around, rules: hit.facts.get("visible") == "1",
}
_UNTOUCHED: dict[str, Holds] = {
    **{name: holds for name, holds in _TOUCHED.items() if name != "gesture"},
    "no_agent": lambda hit, around, rules: not hit.agent,
    "prefetch": lambda hit, around, rules: hit.prefetched,
    "script_only": lambda hit, around, rules: hit.acts and "dwell" in hit.facts and "left" not in hit.facts,
    "bare": lambda hit, around, rules: (
        rules.https
        and "left" not in hit.facts
        and hit.agent.startswith("Mozilla/")
        and not any(name.startswith("Sec-") for name in hit.facts)
    ),
    "early": lambda hit, around, rules: 0 <= hit.at - around.sent_at < rules.early_ms,
}
