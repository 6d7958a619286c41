"""Forecasts a campaign: what the gate would say now about each of its people, and when the last message would leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from server.campaigns import audience, plans
from server.campaigns.plans import Plan
from server.contacts import place
from server.sending import gate, gate_facts, pace
from server.sending.gate import Go, Stop, Wait
from server.sending.gate_facts import Asked, Candidate
from server.settings import Settings
from server.store import Session

EXACT = 10_000  # people that are asked one by one; of more, these stand for the rest


class Group(NamedTuple):
    """People with the same verdict. `until_ms` is the first moment at which one of them would get it; 0 for stops."""

    reason: str
    people: int
    until_ms: int = 0


@dataclass(frozen=True)
class Forecast:
    """`total` counts up to EXACT + 1 people; `is_whole` tells whether all were asked."""

    total: int
    is_whole: bool
    goes: int
    waits: tuple[Group, ...]
    stops: tuple[Group, ...]
    languages: tuple[tuple[str, int], ...]
    no_country: int
    per_second: int
    seconds: int


class Verdict(NamedTuple):
    """A person and what the gate would say."""

    candidate: Candidate
    says: gate.GateVerdict


def work_out(tx: Session, settings: Settings, plan: Plan, mail_class: str, stream: str, now: int) -> Forecast:
    """Ask the gate about the people of a plan, as far as EXACT."""
    goes, waits, stops = 0, Counter[str](), Counter[str]()
    first: dict[str, int] = {}
    languages, total, no_country = Counter[str](), 0, 0
    for each in verdicts(tx, settings, plan, mail_class, now, EXACT):
        total += 1
        languages[each.candidate.contact["language"]] += 1
        no_country += not (each.candidate.contact["country"] or each.candidate.contact["time_zone"])
        if isinstance(each.says, Go):
            goes += 1
        elif isinstance(each.says, Wait):
            waits[each.says.reason] += 1
            first[each.says.reason] = min(each.says.until_ms, first.get(each.says.reason, each.says.until_ms))
        else:
            stops[each.says.reason] += 1
    is_whole = total < EXACT or audience.count(tx, plan.audience, now, EXACT + 1) == EXACT
    rate = pace.of(tx, settings, stream, now)
    return Forecast(
        total=total if is_whole else EXACT + 1,
        is_whole=is_whole,
        goes=goes,
        waits=tuple(Group(reason, number, first[reason]) for reason, number in waits.most_common()),
        stops=tuple(Group(reason, number) for reason, number in stops.most_common()),
        languages=tuple(languages.most_common()),
        no_country=no_country,
        per_second=rate,
        seconds=goes // rate if rate else 0,
    )


def verdicts(tx: Session, settings: Settings, plan: Plan, mail_class: str, now: int, most: int) -> Iterator[Verdict]:
    """Yield up to `most` people with the gate's verdict at the moment at which they would get it."""
    for people in audience.pages(tx, plan.audience, now, most):
        asked = [Asked(person["id"], mail_class, deadline=plans.deadline_at(plan)) for person in people]
        for known in gate_facts.load(tx, settings, asked, now):
            if known is not None:
                due = plans.due_at(plan, place.zone(known.contact, settings), now)
                yield Verdict(known, gate.decide(gate.at(known.facts, due)))


def group_of(verdict: gate.GateVerdict) -> str:
    """Return the name of a verdict's group: goes, or its reason."""
    return verdict.reason if isinstance(verdict, Stop | Wait) else "goes"
