"""Which times a calendar has to give: on ordinary days, on those when clocks change, and around what is taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.booking import calendars, slots
from server.booking.calendars import Calendar, Wrong
from server.booking.slots import DAY_MS, MINUTE_MS, Occupied
from tests.server.booking.place import at, calendar, starts

MADRID, YORK, LORD_HOWE = ZoneInfo("Europe/Madrid"), ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe")
ZONES = (
    "America/Bogota",
    "Europe/Madrid",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/St_Johns",
)
NIGHT = ((time(0), time(6)),)


def test_a_working_day_is_cut_into_appointments_that_end_before_lunch() -> None:
    made = calendar("lucia", minutes=60)
    found = starts(made, "2027-03-02", at("2027-03-01T10:00"))
    assert found == ["09:00", "10:00", "11:00", "12:00", "14:00", "15:00", "16:00", "17:00"]


def test_an_hour_that_the_clocks_skip_is_no_time_to_meet() -> None:
    """Madrid, 28 March 2027: after 01:59 comes 03:00."""
    made = calendar("lucia", time_zone="Europe/Madrid", hours={6: NIGHT}, minutes=60)
    found = starts(made, "2027-03-28", at("2027-03-20T10:00", MADRID))
    assert found == ["00:00", "01:00", "03:00", "04:00", "05:00"]
    early = replace(made, hours={6: ((time(2, 30), time(4)),)}, minutes=30)
    assert starts(early, "2027-03-28", at("2027-03-20T10:00", MADRID)) == ["03:00", "03:30"], "opening skips to 03:00"
    inside = replace(made, hours={6: ((time(2), time(3)),)}, minutes=30)
    assert starts(inside, "2027-03-28", at("2027-03-20T10:00", MADRID)) == []


def test_the_hour_that_comes_twice_is_two_hours_long() -> None:
    """New York, 7 November 2027: after 01:59 comes 01:00 again."""
    made = calendar("lucia", time_zone="America/New_York", hours={6: ((time(0), time(3)),)}, minutes=60)
    now = at("2027-11-01T10:00", YORK)
    assert starts(made, "2027-11-07", now) == ["00:00", "01:00", "01:00", "02:00"]
    found = [slot.starts_at for slot in slots.free(made, Occupied(), now, now + 7 * DAY_MS, now)]
    assert len(set(found)) == 4, "four different moments, whatever the clock says"


def test_a_clock_that_changes_by_half_an_hour_is_followed() -> None:
    """Lord Howe, 3 October 2027: after 01:59 comes 02:30."""
    made = calendar("lucia", time_zone="Australia/Lord_Howe", hours={6: ((time(1), time(4)),)}, minutes=30)
    found = starts(made, "2027-10-03", at("2027-09-28T10:00", LORD_HOWE))
    assert found == ["01:00", "01:30", "02:30", "03:00", "03:30"]


def test_nine_o_clock_stays_nine_o_clock_across_the_change() -> None:
    made = calendar("lucia", time_zone="Europe/Madrid", hours=dict.fromkeys(range(7), ((time(9), time(10)),)))
    now = at("2027-03-26T10:00", MADRID)
    found = [slot.starts_at for slot in slots.free(made, Occupied(), now, now + 4 * DAY_MS, now)]
    assert {f"{datetime.fromtimestamp(start / 1000, MADRID):%H:%M}" for start in found} == {"09:00", "09:30"}
    assert {f"{datetime.fromtimestamp(start / 1000, UTC):%H:%M}" for start in found} == {
        "08:00",
        "08:30",
        "07:00",
        "07:30",
    }


@pytest.mark.parametrize(
    ("when", "why"),
    [
        ("2027-03-01T09:00", "past"),
        ("2027-03-01T10:30", "soon"),
        ("2027-06-01T09:00", "far"),
        ("2027-03-22T09:00", "holiday"),  # San José, moved to its Monday in Colombia
        ("2027-03-24T09:00", "holiday"),  # a day off of their own
        ("2027-03-02T08:00", "closed"),
        ("2027-03-02T09:10", "closed"),
        ("2027-03-02T13:00", "closed"),
        ("2027-03-02T09:00", ""),
    ],
)
def test_a_moment_that_cannot_be_had_says_why(when: str, why: str) -> None:
    made = calendar("lucia", country="CO", days_off=frozenset({date(2027, 3, 24)}))
    assert slots.refusal(made, Occupied(), at(when), at("2027-03-01T10:00")) == why


def test_holidays_are_those_of_the_region() -> None:
    madrid = calendar("lucia", time_zone="Europe/Madrid", country="ES-MD")
    now = at("2027-04-28T08:00", MADRID)
    assert not starts(madrid, "2027-05-03", now), "the second of May, moved from its Sunday"
    assert starts(replace(madrid, country="ES-CT"), "2027-05-03", now)
    assert starts(replace(madrid, country=""), "2027-05-01", now)


def test_an_appointment_keeps_its_buffers_free_and_its_owner_elsewhere_busy() -> None:
    made = calendar("lucia", minutes=30, before_minutes=10, after_minutes=15)
    nine, half_past, ten = at("2027-03-02T09:00"), at("2027-03-02T09:30"), at("2027-03-02T10:00")
    held = dict.fromkeys(slots.pieces(made, nine), ("call", nine))
    taken = Occupied({"lucia": held}, {}, {("lucia", nine): 1})
    assert [bool(slots.at(made, taken, start)) for start in (nine, half_past, ten)] == [False, False, True]
    busy = Occupied({}, {"lucia": [(ten + 40 * MINUTE_MS, ten + 60 * MINUTE_MS)]}, {})
    assert slots.at(made, busy, ten) is None, "the buffer after it would meet what her own calendar says"
    assert slots.at(replace(made, owners=("lucia", "pedro")), busy, ten), "Pedro could take it"


def test_a_group_has_as_many_seats_as_it_says() -> None:
    made, nine = calendar("lucia", capacity=3), at("2027-03-02T09:00")
    held = dict.fromkeys(slots.pieces(made, nine), ("call", nine))
    two = slots.at(made, Occupied({"lucia": held}, {}, {("lucia", nine): 2}), nine)
    assert two and two.room == 1
    assert slots.at(made, Occupied({"lucia": held}, {}, {("lucia", nine): 3}), nine) is None


@settings(max_examples=60, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    day=st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    minutes=st.integers(1, 24).map(lambda pieces: pieces * 5),
    begin=st.integers(0, 22),
    length=st.integers(1, 12),
    before=st.integers(0, 6).map(lambda pieces: pieces * 5),
)
def test_whatever_the_zone_and_the_day(
    zone: str, day: date, minutes: int, begin: int, length: int, before: int
) -> None:
    """Every slot is in the future, in order, as long as it says, within opening hours as the clock on the wall shows them."""
    span = (time(begin), time(min(begin + length, 23), 59 if begin + length > 23 else 0))
    made = Calendar("call", "Call", zone, dict.fromkeys(range(7), (span,)), minutes, before, owners=("lucia",))
    now = slots.midnight(day, made.zone)
    found = list(slots.free(made, Occupied(), now, now + 3 * DAY_MS, now))
    assert all(slot.starts_at >= now + made.notice_minutes * MINUTE_MS for slot in found)
    assert all(one.ends_at <= two.starts_at for one, two in pairwise(found))
    for slot in found:
        local = datetime.fromtimestamp(slot.starts_at / 1000, made.zone)
        assert slot.ends_at - slot.starts_at == minutes * MINUTE_MS
        assert slot.starts_at % (5 * MINUTE_MS) == 0 and local.time() >= span[0]
        assert local.time() <= span[1]
        assert slots.refusal(made, Occupied(), slot.starts_at, now) == ""


@settings(max_examples=60, deadline=None)
@given(
    taken=st.sets(st.integers(0, 15), max_size=10), before=st.sampled_from((0, 5, 15)), after=st.sampled_from((0, 10))
)
def test_what_is_free_never_meets_what_is_held(taken: set[int], before: int, after: int) -> None:
    made = calendar("lucia", before_minutes=before, after_minutes=after)
    now = at("2027-03-01T10:00")
    every = [slot.starts_at for slot in slots.free(made, Occupied(), now, now + DAY_MS, now)]
    held = {
        piece: ("other", every[at_]) for at_ in taken if at_ < len(every) for piece in slots.pieces(made, every[at_])
    }
    for slot in slots.free(made, Occupied({"lucia": held}), now, now + DAY_MS, now):
        assert not set(slots.pieces(made, slot.starts_at)) & set(held)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "Diagnosis Call"),
        ("title", " "),
        ("owners", ()),
        ("minutes", 7),
        ("minutes", 500),
        ("capacity", 0),
        ("time_zone", "Bogota"),
        ("time_zone", "../etc/passwd"),
        ("country", "XX"),
        ("country", "ES-XX"),
        ("hours", {}),
    ],
)
def test_a_calendar_that_cannot_be_is_named_by_its_field(field: str, value: object) -> None:
    with pytest.raises(Wrong) as caught:
        calendars.checked(calendar("lucia", **{field: value}) if field != "owners" else calendar())
    assert caught.value.field == field


@pytest.mark.parametrize("typed", ["9-5", "13:00-09:00", "09:00-12:00, 11:00-13:00", "morning", "25:00-26:00", "09:00"])
def test_hours_that_are_none_are_refused(typed: str) -> None:
    with pytest.raises(Wrong):
        calendars.hours_of({"mon": typed})


def test_hours_are_typed_as_they_are_shown() -> None:
    found = calendars.hours_of({"mon": "14:00-18:00, 9:00-13:00", "sat": "20:00-24:00"})
    assert (
        calendars.spans_text(found[0]) == "09:00-13:00, 14:00-18:00" and calendars.spans_text(found[5]) == "20:00-24:00"
    )
