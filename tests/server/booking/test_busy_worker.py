"""The short form of the long test, `python -m tests.calendars`: calendars that ask for too much stop no worker."""

from __future__ import annotations

import time

import pytest

from server.booking import ics_process
from server.store import Store
from tests.calendars import meeting
from tests.calendars.costly import OWN, REPORTED, event, published

NOW = 1_803_913_200_000
QUICK = ("a step of nothing", "31 February", "a zone of 3,000 daily rules")


def test_costly_calendars_are_named_while_another_one_and_400_mails_are_served(store: Store) -> None:
    costly = {name: REPORTED[name]() for name in QUICK}
    met = meeting.run(store, {**costly, "good": published(event())}, 400)
    assert met.received == 400 and met.mails < 20
    assert met.rows["good"]["fetched_at"] and met.rows["good"]["trouble"] == ""
    assert all(met.rows[name]["trouble"] for name in QUICK)


def test_a_costly_calendar_ends_within_its_limit() -> None:
    began = time.monotonic()
    with pytest.raises(ics_process.Unreadable, match="too_many_times"):
        ics_process.read(OWN["1,000 events of every day"](), NOW)
    assert time.monotonic() - began < ics_process.SECONDS
