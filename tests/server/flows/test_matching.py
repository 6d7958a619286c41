"""Which flows something sets off: the answer, the conditions, the time where people are. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from server.flows import matching
from server.flows.matching import Cause
from tests.server.flows.acting import TASK, URGENT, flow

MONDAY_10_IN_BOGOTA = 1_803_913_200_000
HOUR = 3_600_000
SAID = Cause("answered", "ana", MONDAY_10_IN_BOGOTA, "m1", "diagnosis", "when", ("this_month",))


@dataclass(frozen=True)
class About:
    mail_class: str = "marketing"
    topic: str = "consulting"
    stage: str = "warm"
    tags: frozenset[str] = frozenset({"vip"})

    def is_in(self, segment: str, now: int) -> bool:
        return segment == "Clients"


@pytest.mark.parametrize(
    ("cause", "fires"),
    [
        (SAID, True),
        (SAID._replace(email="another"), True),
        (SAID._replace(values=("someday",)), False),
        (SAID._replace(values=("someday", "this_month")), True),
        (SAID._replace(block="need"), False),
    ],
)
def test_a_flow_fires_on_the_answer_it_waits_for_in_any_email(cause: Cause, fires: bool) -> None:
    assert matching.fits(flow(URGENT + TASK), cause) is fires


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ('class = "marketing"', True),
        ('class = "transactional"', False),
        ('topic = "consulting"', True),
        ('topic = "orders"', False),
        ('stage = "warm"', True),
        ('stage = "hot"', False),
        ('tag = "vip"', True),
        ('tag = "new"', False),
        ('without_tag = "vip"', False),
        ('without_tag = "new"', True),
        ('days = ["mon"]\nzone = "America/Bogota"', True),
        ('days = ["tue", "sun"]\nzone = "America/Bogota"', False),
        ('hours = "08:00-18:00"\nzone = "America/Bogota"', True),
        ('hours = "08:00-10:00"\nzone = "America/Bogota"', False),
        ('hours = "15:00-16:00"\nzone = "UTC"', True),
        ('hours = "22:00-11:00"\nzone = "America/Bogota"', True),
        ('hours = "22:00-06:00"\nzone = "America/Bogota"', False),
        ('class = "marketing"\ntag = "new"', False),
    ],
)
def test_a_flow_fires_only_when_all_its_conditions_hold(condition: str, holds: bool) -> None:
    assert matching.holds(flow(f"{URGENT}[if]\n{condition}\n{TASK}"), About(), MONDAY_10_IN_BOGOTA) is holds


def test_the_time_of_day_is_that_of_the_zone_in_summer_and_in_winter() -> None:
    """Nine in Madrid is eight in London and, by UTC, another hour in January than in July."""
    at_nine = flow(f'{URGENT}[if]\nhours = "09:00-10:00"\nzone = "Europe/Madrid"\n{TASK}')
    january, july = 1_800_000_000_000, 1_815_350_400_000  # 2027-01-15 08:00 UTC, 2027-07-11 15:59 UTC
    july = july - july % (24 * HOUR) + 7 * HOUR
    assert matching.is_time(at_nine, january)
    assert matching.is_time(at_nine, july)
    assert not matching.is_time(at_nine, january - HOUR)
    assert not matching.is_time(at_nine, july + HOUR)
