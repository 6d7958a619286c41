"""Runs the scripts beside each other in the order of their times, and counts what became of them."""

from __future__ import annotations

import heapq
import json
from collections import Counter
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.range.hands import CHROME, Hands
from tests.range.town import Town

BURSTS = ((10, 0.005), (20, 0.022), (60, 0.664), (300, 0.283), (1800, 0.019), (86_400, 0.007))  # seconds, share: facts
TICK_MS = 1000  # as often as a worker looks
Scripts = Mapping[str, tuple[Callable[[Hands, Random], Any], int]]


@dataclass
class Kind:
    """What became of the sessions of one script. `taps` counts those on the page, `waits` are seconds."""

    sessions: int = 0
    confirmed: int = 0  # people: what they meant; machines: anything
    held: int = 0  # people who touched the page and waited longer than for patience
    waits: list[float] = field(default_factory=list)
    taps: list[int] = field(default_factory=list)
    unmasked: list[float] = field(
        default_factory=list
    )  # seconds from a machine's first hit until its touch was seen through
    blamed: Counter[str] = field(default_factory=Counter)  # rules behind what went wrong


@dataclass
class Session:
    kind: str
    hands: Hands
    script: Generator[float, None, dict[str, str] | None]
    person: bool
    meant: dict[str, str] = field(default_factory=dict)
    ever: set[tuple[str, str]] = field(default_factory=set)  # what was confirmed at any moment
    at: dict[str, int] = field(default_factory=dict)  # when each question's answer was confirmed, ms


def run(town: Town, machines: Scripts, people: Scripts, counts: tuple[int, int], seed: int = 4) -> dict[str, Kind]:
    """`counts` sessions of machines and of people, each with a mail of its own."""
    draw = Random(seed)
    start, mails = town.clock.now, iter(town.mails)
    queue: list[tuple[int, int, Session]] = []
    for person, scripts, number in ((False, machines, counts[0]), (True, people, counts[1])):
        for kind in draw.choices(list(scripts), [share for _, share in scripts.values()], k=number):
            mail = next(mails)
            hands = Hands(town.client, mail, f"200.{draw.randint(1, 250)}.{draw.randint(1, 250)}.7", CHROME)
            session = Session(kind, hands, scripts[kind][0](hands, draw), person)
            heapq.heappush(queue, (start + round(_begins(person, kind, draw) * 1000), len(queue), session))
    sessions = [session for _, _, session in queue]
    _play(town, queue, {session.hands.mail.message_id: session for session in sessions})
    return _counted(town, sessions)


def _begins(person: bool, kind: str, draw: Random) -> float:
    """Seconds after the sending: machines as they were seen in the field, people over half a day, some of them at once."""
    if kind == "posts one form":
        return draw.uniform(5, 240)
    if kind == "office of thirty":
        return 7200
    if person:
        return draw.choice((draw.uniform(5, 120), draw.uniform(60, 3600), draw.uniform(600, 40_000)))
    end, _ = draw.choices(BURSTS, [share for _, share in BURSTS])[0]
    begin = max([second for second, _ in BURSTS if second < end], default=0)
    return draw.uniform(begin, end)


def _play(town: Town, queue: list[tuple[int, int, Session]], by_message: dict[str, Session]) -> None:
    """Until nobody has anything left to do; between two steps the worker does what fell due."""
    order = len(queue)
    while queue:
        at, _, session = heapq.heappop(queue)
        _work(town, at, by_message)
        town.clock.now = max(at, town.clock.now)
        try:
            wait = next(session.script)
            order += 1
            heapq.heappush(queue, (town.clock.now + round(wait * 1000), order, session))
        except StopIteration as end:
            session.meant = end.value or {}
        town.later.flush()
        _look(town, session)
    _work(town, town.clock.now + 2 * town.rules.hold_ms, by_message)


def _work(town: Town, until: int, by_message: dict[str, Session]) -> None:
    """The worker's seconds up to `until`: only those in which something falls due cost anything."""
    while True:
        with town.store.read() as tx:
            due = tx.answers.due(now=until, limit=1)
            first = tx.answers.next_due() if due else None
        if not due or first is None:
            return
        town.clock.now = max(town.clock.now, min(until, first))
        with town.store.read() as tx:
            touched = {row["message_id"] for row in tx.answers.due(now=town.clock.now, limit=500)}
        town.settle()
        for message_id in touched:
            _look(town, by_message[message_id])


def _look(town: Town, session: Session) -> None:
    for row in town.answers(session.hands.mail):
        if row["state"] == "confirmed":
            said = (row["block"], *json.loads(row["value"]))
            if said[:2] not in session.ever:
                session.at[row["block"]] = town.clock.now
            session.ever.add(said[:2])


def _counted(town: Town, sessions: list[Session]) -> dict[str, Kind]:
    kinds: dict[str, Kind] = {}
    for session in sessions:
        kind = kinds.setdefault(session.kind, Kind())
        kind.sessions += 1
        (_person if session.person else _machine)(town, session, kind)
    return kinds


def _machine(town: Town, session: Session, kind: Kind) -> None:
    first = min((hit["at"] for hit in town.hits(session.hands.mail)), default=0)
    touched = [
        event for event in town.events(session.hands.mail) if event["grade"] == "gestured" and event["judged_at"]
    ]
    kind.unmasked += [(event["judged_at"] - first) / 1000 for event in touched]
    if session.ever:
        kind.confirmed += 1
        _blame(town, session, kind)


def _person(town: Town, session: Session, kind: Kind) -> None:
    """Confirmed when what they meant stands in the end, and nothing else was ever confirmed in its place by somebody else."""
    stand = {row["block"]: (row["state"], *json.loads(row["value"])) for row in town.answers(session.hands.mail)}
    right = all(stand.get(block) == ("confirmed", option) for block, option in session.meant.items())
    kind.confirmed += right
    rows = {row["block"]: row for row in town.answers(session.hands.mail)}
    late = False
    by_itself = {event["block"] for event in town.events(session.hands.mail) if "old_link" in event["reasons"]}
    for block in session.meant:
        if right and block in session.at:
            wait = (session.at[block] - rows[block]["answered_at"]) / 1000
            kind.waits.append(wait)
            kind.taps.append(0 if block in by_itself and rows[block]["grade"] == "posted" else 1)
            late |= rows[block]["grade"] == "gestured" and wait > town.rules.patience_ms / 1000 + 1
    kind.held += late
    if late or not right:
        _blame(town, session, kind)


def _blame(town: Town, session: Session, kind: Kind) -> None:
    for event in town.events(session.hands.mail):
        names = "+".join(name for name, _ in json.loads(event["signs"]))
        kind.blamed[f"{event['verdict']}: {names or 'no sign'}"] += 1
