"""Answers with what the bounds ask of them: whose they are, and which belong together. Pure."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple

from server.capture.observation import Observation

Sign = tuple[str, dict[str, int]]  # the name of a rule and its numbers; whole seconds, rounded up
Signs = dict[int, list[Sign]]  # by the place of the hit


class Act(NamedTuple):
    """An answer, its place among the hits, and whose it is: its client, and whether it was touched."""

    place: int
    hit: Observation
    client: Hashable
    whose: Hashable


Acts = Sequence[Act]


def own(acts: Acts, part: Acts) -> Acts:
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


def of_hit(place: int, hit: Observation) -> Act:
    """A mail program's requests come from anywhere in its maker's network, so its channel and agent name it."""
    client = hit.client if hit.channel == "page" else (hit.channel, hit.agent)
    return Act(place, hit, client, (*client, bool(hit.gesture)))


def groups(acts: Iterable[Act], key: Callable[[Act], Hashable]) -> list[Acts]:
    found: dict[Hashable, list[Act]] = {}
    for act in acts:
        found.setdefault(key(act), []).append(act)
    return list(found.values())


def bursts(acts: Acts, gap_ms: int) -> list[Acts]:
    """Parted where more than `gap_ms` lie between two answers."""
    found: list[list[Act]] = []
    for act in acts:
        if not found or act.hit.at - found[-1][-1].hit.at > gap_ms:
            found.append([])
        found[-1].append(act)
    return list(found)


def accuse(signs: Signs, acts: Iterable[Act], name: str, numbers: dict[str, int] | None = None) -> None:
    for act in acts:
        if not is_accused(signs, act, name):
            signs.setdefault(act.place, []).append((name, numbers or {}))


def is_accused(signs: Signs, act: Act, name: str) -> bool:
    return act.place in signs and any(sign == name for sign, _ in signs[act.place])
