"""What the hits of one message show together: who opened more, and faster, than a person can. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from server.capture.observation import Observation
from server.capture.rules import Rules

Sign = tuple[str, dict[str, int]]  # the name of a rule and its numbers; whole seconds, rounded up
Signs = dict[int, list[Sign]]  # by the place of the hit


class Burst(NamedTuple):
    """`start` and `end` in milliseconds UTC."""

    name: str
    numbers: dict[str, int]
    start: int
    end: int


def find(hits: Sequence[Observation], exclusive: frozenset[str], rules: Rules) -> Signs:
    """The signs of bursts for each hit that one covers: first each client by itself, then what many clients did together.

    Who touched a page is not taken for one of the many, unless the many all touched pages.
    """
    if sum(hit.follows_link for hit in hits) < 2:
        return {}  # as with nearly everybody: one link opened is no burst, however often it is answered
    signs: Signs = {}
    touched = {hit.client for hit in hits if hit.gesture}
    alone: list[int] = []
    for places in _by_client(hits).values():
        found = _bursts([hits[place] for place in places], exclusive, rules)
        for burst in found:
            _cover(signs, hits, places, burst, rules.near_ms)
        if not found:
            alone += places
    for together in (
        [place for place in alone if hits[place].client not in touched],
        [place for place in alone if hits[place].client in touched],
    ):
        places = sorted(together, key=lambda place: hits[place].at)
        _of_many(signs, hits, places, exclusive, rules)
    return signs


def _by_client(hits: Sequence[Observation]) -> dict[tuple[str, str], list[int]]:
    clients: dict[tuple[str, str], list[int]] = {}
    for place, hit in enumerate(hits):
        if hit.channel == "page" and hit.purpose != "state":
            clients.setdefault(hit.client, []).append(place)
    return clients


def _of_many(
    signs: Signs, hits: Sequence[Observation], places: Sequence[int], exclusive: frozenset[str], rules: Rules
) -> None:
    chosen = [hits[place] for place in places]
    if len({hit.client for hit in chosen}) < 2:
        return
    found = _bursts(chosen, exclusive, rules)
    for burst in found:
        _cover(signs, hits, places, burst._replace(name="spread_burst"), rules.links_ms)
    spread = None if found else _networks(chosen, rules)
    if spread and not any(hit.gesture for hit in chosen):
        _cover(signs, hits, places, spread, rules.links_ms)


def _cover(signs: Signs, hits: Sequence[Observation], places: Iterable[int], burst: Burst, near_ms: int) -> None:
    """A client's burst tells of its whole visit; that of many clients, of little more than what happened between its ends."""
    for place in places:
        shown = signs.setdefault(place, [])
        if burst.start - near_ms <= hits[place].at <= burst.end + near_ms and not any(
            name == burst.name for name, _ in shown
        ):
            shown.append((burst.name, burst.numbers))


def _bursts(hits: Sequence[Observation], exclusive: frozenset[str], rules: Rules) -> list[Burst]:
    """Every burst among these hits: a gateway that looks at a delivery looks again at a click."""
    opened, found, start = _opened(hits), list[Burst](), 0
    while start < len(opened) - 1:
        burst, end = _burst(opened, start, exclusive, rules)
        found += [burst] if burst else []
        start = end if burst else start + 1
    return found


def _burst(
    opened: Sequence[Observation], start: int, exclusive: frozenset[str], rules: Rules
) -> tuple[Burst | None, int]:
    """The burst that begins here, if one does, and where it has ended: it goes on as long as the next link comes as soon as its
    first did.
    """
    name, found, end = "", None, start
    window = _Window(opened[start], exclusive)
    for end in range(start + 1, len(opened)):
        hit = opened[end]
        if hit.at - (window.end if name else window.start) > rules.links_ms:
            return found, end
        window.add(hit)
        name = name or _named(window, rules)
        if name:
            found = Burst(name, window.numbers(), window.start, hit.at)
    return found, end + 1


def _opened(hits: Sequence[Observation]) -> list[Observation]:
    """Links opened, one after another: the same link again right after itself tells nothing."""
    opened: list[Observation] = []
    for hit in hits:
        if hit.follows_link and (not opened or opened[-1].link != hit.link):
            opened.append(hit)
    return opened


class _Window:
    """What was opened from one moment on."""

    def __init__(self, first: Observation, exclusive: frozenset[str]) -> None:
        self.start, self.end = first.at, first.at
        self._exclusive = exclusive
        self.links: set[tuple[str, str, str]] = set()
        self._options: dict[str, set[str]] = {}
        self.leaves = False
        self.add(first)

    def add(self, hit: Observation) -> None:
        self.end = hit.at
        self.links.add(hit.link)
        self.leaves = self.leaves or hit.purpose == "unsubscribe"
        if hit.block in self._exclusive and hit.choice:
            self._options.setdefault(hit.block, set()).add(hit.choice)

    @property
    def span_ms(self) -> int:
        return self.end - self.start

    @property
    def options(self) -> int:
        """Of the question of which most were opened."""
        return max(map(len, self._options.values()), default=0)

    def numbers(self) -> dict[str, int]:
        return {"options": self.options, "links": len(self.links), "seconds": -(-self.span_ms // 1000)}


def _named(window: _Window, rules: Rules) -> str:
    return next((name for name, holds in _SHAPES.items() if holds(window, rules)), "")


_SHAPES: dict[str, Callable[[_Window, Rules], bool]] = {
    "options_burst": lambda seen, rules: (
        seen.options >= rules.options and (seen.span_ms <= rules.options_ms or len(seen.links) >= rules.links)
    ),
    "sweep": lambda seen, rules: (
        seen.leaves and len(seen.links) >= rules.sweep_links and seen.span_ms <= rules.sweep_ms
    ),
    "links_burst": lambda seen, rules: len(seen.links) >= rules.many_links and seen.span_ms <= rules.sweep_ms,
}


def _networks(hits: Sequence[Observation], rules: Rules) -> Burst | None:
    """Several networks at several links; a link that a gateway fetches again as it is clicked is the same link."""
    opened = [hit for hit in hits if hit.follows_link and hit.network]
    for start, first in enumerate(opened):
        near = [hit for hit in opened[start:] if hit.at - first.at <= rules.networks_ms]
        networks, links = {hit.network for hit in near}, {hit.link for hit in near}
        if len(networks) >= rules.networks and len(links) > 1:
            seconds = -(-(near[-1].at - first.at) // 1000)
            return Burst("networks", {"networks": len(networks), "seconds": seconds}, first.at, near[-1].at)
    return None
