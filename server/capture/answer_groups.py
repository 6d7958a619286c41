"""Groups the answers of a message by client, question and time for the bounds, and adds signs to them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple

from server.capture.observation import Observation

Sign = tuple[str, dict[str, int]]  # the name of a rule and its numbers; whole seconds, rounded up
Signs = dict[int, list[Sign]]  # by the place of the hit


class Act(NamedTuple):
    """One answer with its place among the hits. `client` names network and agent; `whose` also says whether the answer was touched."""

    place: int
    hit: Observation
    client: Hashable
    whose: Hashable


Acts = Sequence[Act]


def own(acts: Acts, part: Acts) -> Acts:
    """Return the client's other answers that belong to `part`: those of the same visits, or, without a visit id, of the same
    time span.
    """
    visits, whose = {each.hit.visit for each in part}, part[0].whose
    return [
        act
        for act in acts
        if act.whose == whose and (act.hit.visit in visits if act.hit.visit else _is_near(act, part))
    ]


def _is_near(act: Act, part: Acts) -> bool:
    """Return whether an answer without a visit id belongs to `part`: on a page by its time; in a mail that answers in place, always."""
    return act.hit.channel != "page" or part[0].hit.at <= act.hit.at <= part[-1].hit.at


def of_hit(place: int, hit: Observation) -> Act:
    """Make an `Act` of a hit. A mail program's requests are named by channel and agent, because they come from its maker's
    whole network.
    """
    client = hit.client if hit.channel == "page" else (hit.channel, hit.agent)
    return Act(place, hit, client, (*client, bool(hit.gesture)))


def groups(acts: Iterable[Act], key: Callable[[Act], Hashable]) -> list[Acts]:
    """Group answers by a key, in the order in which the keys first occur."""
    found: dict[Hashable, list[Act]] = {}
    for act in acts:
        found.setdefault(key(act), []).append(act)
    return list(found.values())


def bursts(acts: Acts, gap_ms: int) -> list[Acts]:
    """Split answers into bursts: a new one begins after a gap of more than `gap_ms`."""
    found: list[list[Act]] = []
    for act in acts:
        if not found or act.hit.at - found[-1][-1].hit.at > gap_ms:
            found.append([])
        found[-1].append(act)
    return list(found)


def accuse(signs: Signs, acts: Iterable[Act], name: str, numbers: dict[str, int] | None = None) -> None:
    """Add a sign to each of the answers, once for each name; `numbers` are the figures that its sentence shows."""
    for act in acts:
        if not is_accused(signs, act, name):
            signs.setdefault(act.place, []).append((name, numbers or {}))


def is_accused(signs: Signs, act: Act, name: str) -> bool:
    """Return whether an answer has the sign already."""
    return act.place in signs and any(sign == name for sign, _ in signs[act.place])
