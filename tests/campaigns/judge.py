"""Judges what left by rules that are written here a second time, from the law and the settings alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from server.campaigns.plans import Plan
from server.sending.gate import NEVER
from server.settings import Settings
from tests.campaigns.clocks import moment
from tests.campaigns.town import Person, Sent

DAY = 86_400_000


@dataclass
class Spans:
    """The plan of a campaign, when it may begin (ms) because it can be taken back before, its pauses and its stop."""

    plan: Plan = field(default_factory=lambda: Plan(""))
    begins: int = 0
    paused: list[tuple[int, int]] = field(default_factory=list)
    stopped: int | None = None

    def hold(self, at: int) -> None:
        self.paused.append((at, NEVER))

    def let_go(self, at: int) -> None:
        if self.paused and self.paused[-1][1] == NEVER:
            self.paused[-1] = (self.paused[-1][0], at)


def wrongs(
    sent: list[Sent],
    people: list[Person],
    left: Mapping[str, int],
    spans: Mapping[str, Spans],
    dropped: Mapping[str, int],
    settings: Settings,
) -> Iterator[str]:
    """Every message that should not have left, of those that the store can know.

    `left` says when a person left all marketing, `dropped` when a message was dropped after a restore.
    """
    of = {person.id: person for person in people}
    for (contact, what), number in Counter((each.contact, each.campaign or each.message) for each in sent).items():
        if number > 1:
            yield f"{contact} got {what} {number} times"
    for each in sent:
        if each.at >= dropped.get(each.message, NEVER):
            yield f"{each} after it was dropped at {dropped[each.message]}"
        if each.mail_class != "marketing":
            continue
        if each.contact in left and each.at > left[each.contact]:
            yield f"{each} after leaving at {left[each.contact]}"
        if (
            settings.marketing_hours == "law"
            and of[each.contact].country == "CO"
            and not _is_open(each.at, of[each.contact].zone)
        ):
            yield f"{each} outside the hours"
        yield from _of_campaign(each, spans.get(each.campaign, Spans()), of[each.contact].zone)
        yield from _caps(each, sent, settings)


def _of_campaign(each: Sent, spans: Spans, zone: str) -> Iterator[str]:
    plan = spans.plan
    if each.at < spans.begins:
        yield f"{each} while it could be taken back"
    if plan.timing != "now" and each.at < moment(plan.starts_on, zone if plan.timing == "local" else plan.time_zone):
        yield f"{each} before {plan.starts_on}"
    if plan.deadline_on and each.at >= moment(plan.deadline_on, plan.time_zone):
        yield f"{each} after its deadline {plan.deadline_on}"
    if spans.stopped is not None and each.at > spans.stopped:
        yield f"{each} after it was stopped"
    if any(begin < each.at < end for begin, end in spans.paused):
        yield f"{each} while it was paused"


def _caps(each: Sent, sent: list[Sent], settings: Settings) -> Iterator[str]:
    for most, window in ((settings.marketing_per_day, DAY), (settings.marketing_per_week, 7 * DAY)):
        near = [
            other
            for other in sent
            if other.contact == each.contact
            and other.mail_class == "marketing"
            and each.at - window < other.at <= each.at
        ]
        if most and len(near) > most:
            yield f"{each} is number {len(near)} within {window} ms"


@cache
def _holidays(year: int) -> frozenset[object]:
    return frozenset(holidays.country_holidays("CO", years=year))


def _is_open(at: int, zone: str) -> bool:
    """Ley 2300 de 2023: Monday to Friday 7 to 19, Saturday 8 to 15, never on Sundays and holidays."""
    there = datetime.fromtimestamp(at / 1000, ZoneInfo(zone))
    if there.weekday() == 6 or there.date() in _holidays(there.year):
        return False
    return 8 <= there.hour < 15 if there.weekday() == 5 else 7 <= there.hour < 19
