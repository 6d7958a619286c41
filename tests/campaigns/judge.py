"""Judges what left by rules that are written here a second time, from the law and the settings alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from server.settings import Settings
from tests.campaigns.town import Person, Sent

DAY = 86_400_000


@dataclass
class Spans:
    """The pauses, the stop and the deadline of a campaign."""

    deadline: int | None = None
    paused: list[tuple[int, int]] = field(default_factory=list)
    stopped: int | None = None


def wrongs(
    sent: list[Sent], people: list[Person], left: Mapping[str, int], spans: Mapping[str, Spans], settings: Settings
) -> Iterator[str]:
    """Every message that should not have left; `left` says when a person left all marketing."""
    of = {person.id: person for person in people}
    for (contact, campaign), number in Counter((each.contact, each.campaign) for each in sent if each.campaign).items():
        if number > 1:
            yield f"{contact} got {campaign} {number} times"
    for each in sent:
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
        yield from _of_campaign(each, spans.get(each.campaign, Spans()))
        yield from _caps(each, sent, settings)


def _of_campaign(each: Sent, spans: Spans) -> Iterator[str]:
    if spans.deadline is not None and each.at >= spans.deadline:
        yield f"{each} after its deadline {spans.deadline}"
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
