"""Calendars as programs write them: what is meant is read, what is odd is named, and what is over costs nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from server.booking import ics_process, ics_zones
from server.booking.ics_process import Reading, Unreadable
from tests.calendars.costly import NEVER, event, published

NOW = int(datetime(2026, 12, 1, 15, tzinfo=ZoneInfo("UTC")).timestamp() * 1000)
GOOD = "DTSTART:20261209T150000Z\r\nDTEND:20261209T160000Z"
NINTH = ("2026-12-09T10:00", "2026-12-09T11:00")
CUSTOM = (
    "BEGIN:VTIMEZONE\r\nTZID:Customized Time Zone\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\n"
    "TZOFFSETFROM:-0500\r\nTZOFFSETTO:-0500\r\nEND:STANDARD\r\nEND:VTIMEZONE"
)


def read(text: str, zone: str = "America/Bogota") -> Reading:
    return ics_process.read(text, NOW, zone)


def local(found: Reading, zone: str = "America/Bogota") -> list[tuple[str, str]]:
    """The busy times as the clocks of the zone show them."""
    return [(_clock(begin, zone), _clock(end, zone)) for begin, end in found.times]


def _clock(at: int, zone: str) -> str:
    return f"{datetime.fromtimestamp(at / 1000, ZoneInfo(zone)):%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize(
    "odd",
    [
        "DTSTART;VALUE=DATE:20261210T080000\r\nDTEND;VALUE=DATE:20261210T090000",
        event("20261210T100000Z", "RRULE:FREQ=HOURLY;COUNT=3"),
        "CATEGORIES:x",
        "DTSTART:",
        event("20261210T100000Z", "RRULE:FREQ=WEEKLY;BYDAY=XX"),
        # five more
        event("20261210T100000Z", "RRULE:FREQ=DAILY;INTERVAL=0"),
        event("20261210T100000Z", "RRULE:FREQ=FORTNIGHTLY"),
        event("20261310T100000Z"),
        "DTSTART:20261210T100000Z\r\nDURATION:an hour",
        event("20261210T100000Z", "RRULE:FREQ=DAILY;BYHOUR=1,2,3"),
        f"BEGIN:VALARM\r\n{event('20261210T100000Z')}",
    ],
)
def test_one_odd_event_is_named_and_leaves_the_others(odd: str) -> None:
    found = read(published(GOOD, f"SUMMARY:Ensayo\\, coro\r\n{odd}"))
    assert local(found) == [NINTH] and found.left_out == ["Ensayo, coro"] and not found.zones


@pytest.mark.parametrize(
    "broken",
    [
        "ATTENDEE",
        "ATTENDEE;CN=",
        "X-APPLE:\x00",
        "BEGIN:VALARM\r\nTRIGGER:x\r\nEND:VALARM",
        "END:VTODO",
        "=:;",
    ],
)
def test_what_says_nothing_of_the_time_may_be_broken(broken: str) -> None:
    found = read(published(GOOD, f"{broken}\r\n{event('20261210T150000Z')}"))
    assert len(found.times) == 2 and not found.left_out


@pytest.mark.parametrize(
    "zone",
    [
        *("tzone://Microsoft/Utc", "SA Pacific Standard Time", "(UTC-05:00) Bogotá, Lima, Quito", "GMT-0500"),
        *(
            '"(UTC-05:00) Bogota, Lima, Quito, Rio Branco"',
            "/freeassociation.sourceforge.net/America/Bogota",
            "UTC-05:00",
        ),
        *("America/Bogota", "Customized Time Zone", '"tzone://Microsoft/SA Pacific Standard Time"'),
    ],
)
def test_zones_of_outlook_and_of_the_calendar_itself_are_known(zone: str) -> None:
    hour = 15 if "Utc" in zone else 10
    times = f"DTSTART;TZID={zone}:20261209T{hour}0000\r\nDTEND;TZID={zone}:20261209T{hour + 1}0000"
    found = read(published(times, head=CUSTOM), "Asia/Tokyo")
    assert local(found) == [NINTH] and not found.zones and not found.left_out


@pytest.mark.parametrize(
    ("name", "iana"),
    [
        ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York"),
        ("(UTC-05:00) Hora del este (EE. UU. y Canadá)", "America/New_York"),
        ("(UTC+01:00) Bruselas, Copenhague, Madrid, París", "Europe/Brussels"),
        ("(UTC-06:00) Guadalajara, Ciudad de México, Monterrey", "America/Mexico_City"),
        ("(UTC) Coordinated Universal Time", "UTC"),
        ("(UTC-03:00) City of Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("Romance Standard Time", "Europe/Paris"),
        ("GMT+0530", ""),
        ("Casa de la abuela", ""),
        ("../../etc/passwd", ""),
    ],
)
def test_a_zone_is_known_by_each_of_its_names(name: str, iana: str) -> None:
    assert ics_zones.named(name) == iana


def test_hours_without_a_known_zone_are_the_owners_and_it_is_said() -> None:
    floating = "DTSTART:20261209T100000\r\nDTEND:20261209T110000"
    unknown = "DTSTART;TZID=Casa:20261210T100000\r\nDTEND;TZID=Casa:20261210T110000"
    for zone in ("America/Bogota", "Europe/Madrid", "Australia/Sydney"):
        found = read(published(floating, unknown, head="X-WR-TIMEZONE:Asia/Tokyo"), zone)
        assert local(found, zone) == [NINTH, ("2026-12-10T10:00", "2026-12-10T11:00")] and found.zones == ["Casa"]
    assert local(read(published(floating, head="X-WR-TIMEZONE:Asia/Tokyo"), ""), "Asia/Tokyo") == [NINTH]
    assert local(read(published(floating), ""), "UTC") == [NINTH]


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "America/Bogota", "Europe/Madrid", "Australia/Sydney"])
def test_a_day_without_hours_is_the_owners_day(zone: str) -> None:
    day = published("DTSTART;VALUE=DATE:20261209\r\nDTEND;VALUE=DATE:20261210")
    assert local(read(day, zone), zone) == [("2026-12-09T00:00", "2026-12-10T00:00")]
    repeated = published("DTSTART;VALUE=DATE:20261209\r\nRRULE:FREQ=DAILY;UNTIL=20261211")
    assert [begin for begin, _ in local(read(repeated, zone), zone)] == [f"2026-12-{at:02}T00:00" for at in (9, 10, 11)]


def test_the_day_that_a_rule_ends_with_counts_to_its_end() -> None:
    evening = "DTSTART;TZID=America/Bogota:20261209T200000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;UNTIL=20261211"
    assert [begin[:10] for begin, _ in local(read(published(evening)))] == ["2026-12-09", "2026-12-10", "2026-12-11"]


def test_a_long_leave_and_published_free_busy_periods_count() -> None:
    leave = read(published("DTSTART;VALUE=DATE:20250101\r\nDTEND;VALUE=DATE:20280101"))
    assert local(leave) == [("2025-01-01T00:00", "2028-01-01T00:00")]
    periods = (
        "BEGIN:VCALENDAR\r\nBEGIN:VFREEBUSY\r\nFREEBUSY;FBTYPE=BUSY:20261209T150000Z/PT1H,20261210T150000Z/20261210T160000Z\r\n"
        "FREEBUSY;FBTYPE=FREE:20261212T150000Z/PT1H\r\nEND:VFREEBUSY\r\nEND:VCALENDAR\r\n"
    )
    assert local(read(periods)) == [NINTH, ("2026-12-10T10:00", "2026-12-10T11:00")]


def test_repeated_moved_and_free_events_are_read_as_they_are_meant() -> None:
    assert len(read(published(f"{GOOD}\r\nRRULE:FREQ=WEEKLY;COUNT=3")).times) == 3
    assert read(published(f"{GOOD}\r\nTRANSP:TRANSPARENT")).times == []
    assert read(published(f"{GOOD}\r\nSTATUS:CANCELLED")).times == []
    moved = "UID:0@x\r\nRECURRENCE-ID:20261216T150000Z\r\nDTSTART:20261217T150000Z\r\nDTEND:20261217T160000Z"
    weekly = f"{GOOD}\r\nRRULE:FREQ=WEEKLY;COUNT=2\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\n{moved}"
    assert [begin for begin, _ in local(read(published(weekly)))] == ["2026-12-09T10:00", "2026-12-17T10:00"]


@pytest.mark.parametrize(
    "over",
    [
        ["DTSTART:20140107T100000Z\r\nDTEND:20140107T110000Z\r\nRRULE:FREQ=WEEKLY;UNTIL=20151231T000000Z"] * 101,
        [f"DTSTART:{datetime(2014, 1, 1) + timedelta(hours=at):%Y%m%dT%H%M%SZ}\r\nDURATION:PT0S" for at in range(50)],
        [f"DTSTART:{datetime(2014, 1, 1) + timedelta(hours=at):%Y%m%dT%H%M%SZ}" for at in range(20_001)],
        ["DTSTART;VALUE=DATE:20140107\r\nRRULE:FREQ=DAILY;UNTIL=20251231"] * 300,
        [f"DTSTART:20140107T100000Z\r\nDTEND:20140107T110000Z\r\nSUMMARY:{'x' * 300}"] * 5_001,
        ["DTSTART;TZID=Casa:20140107T100000\r\nDTEND;TZID=Casa:20140107T110000"] * 5_001,
        [
            "DTSTART:20140107T100000Z\r\nDTEND:20140107T110000Z\r\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;UNTIL=20150101"
        ]
        * 99,
    ],
)
def test_a_calendar_in_use_for_years_is_read(over: list[str]) -> None:
    found = read(published(*over, GOOD))
    assert local(found) == [NINTH] and not found.left_out and not found.zones


@pytest.mark.parametrize(
    "text",
    ["", "nothing", "BEGIN:VEVENT\r\nEND:VEVENT\r\n", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", published(GOOD)[:-30], "\x00" * 9],
)  # fmt: skip
def test_what_is_no_calendar_or_only_its_beginning_is_said_so(text: str) -> None:
    with pytest.raises(Unreadable, match="no_calendar"):
        read(text)


def test_an_event_that_costs_too_much_leaves_the_others() -> None:
    found = read(
        published(event("20261210T100000Z", NEVER), GOOD, event("20261211T100000Z", "RRULE:FREQ=WEEKLY;COUNT=2"))
    )
    assert len(found.times) == 3 and found.left_out == ["20261210"]


def test_a_reading_that_takes_longer_than_it_may_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ics_process, "SECONDS", 0.05)
    with pytest.raises(Unreadable, match="too_costly"):
        read(published(GOOD))


def test_more_memory_than_a_calendar_may_have_ends_its_process() -> None:
    with pytest.raises(Unreadable, match="too_costly"):
        read("BEGIN:VCALENDAR\r\n" + "A:1\n" * 12_000_000)


def test_two_rules_of_one_event_are_over_when_both_are() -> None:
    over = "RRULE:FREQ=WEEKLY;UNTIL=20150101T000000Z"
    weekly = f"DTSTART:20140107T100000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=9\r\n{over}"
    assert len(read(published(weekly)).times) == 1
    assert (
        read(published(weekly.replace("DURATION:PT1H", "DTEND:20140107T110000Z"))).times
        == read(published(weekly)).times
    )


def test_names_are_read_as_they_are_written_whatever_the_locale_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    assert read(published("SUMMARY:Ñandú 👩‍🚀")).left_out == ["Ñandú 👩‍🚀"]
