"""Times on recipient pages name their zone and let it be changed; an appointment goes into any calendar, a cancelled one into none."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import icalendar
import pytest

from builder import times
from server.booking import notifications
from server.contacts import zones
from tests.server.booking.place import Place, place
from tests.server.world import World

LINK = "https://meet.example/brujula"
LIMA, MADRID = "America/Lima", "Europe/Madrid"


@pytest.fixture
def office(world: World) -> Place:
    """Ana is booked on the first time that is free, for a call."""
    made = place(world, place=LINK)
    assert world.post("ana", "slot", made.free()[0], gesture="pointer").status_code == 200
    notifications.tell_due(world.store, world.settings, world.keyring, world.now + 60_000)
    return made


def page(office: Place, query: str = "", name: str = "ana") -> str:
    return unescape(office.world.visitor().get(f"/b/{token(office, name)}{query}").text)


def token(office: Place, name: str = "ana") -> str:
    (booking,) = office.bookings(name)
    return office.world.keyring.sign(
        "booking", str(booking["contact_id"]), str(booking["id"]), "", office.world.now // 1000
    )


def hour(office: Place, zone: str, number: int = 0) -> str:
    (booking,) = office.bookings("ana")
    start = int(str(booking["starts_at"])) if number == 0 else times.slot_start(office.free()[number])
    assert start
    return f"{datetime.fromtimestamp(start / 1000, ZoneInfo(zone)):%H:%M}"


def test_an_appointment_names_its_zone_and_another_one_changes_what_is_shown_and_nothing_else(office: Place) -> None:
    before = office.bookings("ana")
    assert f"{hour(office, 'America/Bogota')} (hora de Bogotá)" in page(office)
    there = page(office, f"?zone={MADRID}")
    assert f"{hour(office, MADRID)} (hora de Madrid)" in there and "hora de Bogotá)" not in there
    assert f'<option value="{MADRID}" selected>' in there
    assert re.search(rf'href="/b/[^"]+/cancel\?zone={MADRID}"', there), "the choice goes along"
    for nonsense in ("Nowhere/Else", "../etc", "x" * 900, "%00"):
        assert "hora de Bogotá" in page(office, f"?zone={nonsense}")
    assert office.bookings("ana") == before


def test_the_question_shows_its_times_in_the_zone_that_was_chosen(office: Place) -> None:
    world = office.world
    first = office.free()[0]
    address = f"/a/{world.token('grace', 'slot')}"
    here, there = (unescape(world.visitor().get(address + query).text) for query in ("", f"?zone={MADRID}"))
    assert "hora de Bogotá" in here and "En hora de Madrid." in there and "hora de Bogotá)" not in there
    assert f'value="{first}"' in here and f'value="{first}"' in there, "the answer is the same"


def test_an_appointment_can_be_added_to_any_calendar(office: Place) -> None:
    shown = page(office)
    google = next(each for each in re.findall(r'href="([^"]+)"', shown) if "calendar.google.com" in each)
    outlook = next(each for each in re.findall(r'href="([^"]+)"', shown) if "outlook.live.com" in each)
    (booking,) = office.bookings("ana")
    start = datetime.fromtimestamp(int(str(booking["starts_at"])) / 1000, ZoneInfo("UTC"))
    assert parse_qs(urlsplit(google).query)["dates"][0].startswith(f"{start:%Y%m%dT%H%M%SZ}/")
    assert parse_qs(urlsplit(outlook).query)["startdt"] == [f"{start:%Y-%m-%dT%H:%M:%SZ}"]
    file = office.world.visitor().get(f"/b/{token(office)}/entry.ics")
    calendar = icalendar.Calendar.from_ical(file.data)
    (event,) = calendar.walk("VEVENT")
    assert (file.mimetype, calendar["method"], event["location"]) == ("text/calendar", "PUBLISH", LINK)
    assert event.decoded("dtstart") == start


def test_a_cancelled_appointment_shows_no_link_to_its_meeting_anywhere(office: Place) -> None:
    world = office.world
    assert LINK in page(office)
    assert world.visitor().post(f"/b/{token(office)}", data={"choice": "cancel"}).status_code == 200
    notifications.tell_due(world.store, world.settings, world.keyring, world.now + 120_000)
    shown = page(office)
    assert LINK not in shown and "calendar.google.com" not in shown
    assert world.visitor().get(f"/b/{token(office)}/entry.ics").status_code == 404
    with world.store.read() as tx:
        rows = [tx.notices.by_id(id=row["id"]) for row in tx.notices.newest(limit=9, offset=0)]
    gone = [row for row in rows if "CANCEL" in row["attachments"]]
    assert len(gone) == 2
    for row in gone:
        assert LINK not in row["text"] + row["html"]
        assert "bWVldC5leGFtcGxl" not in row["attachments"] and LINK not in row["attachments"]


@pytest.mark.parametrize("name", zones.OFFERED)
def test_every_zone_that_is_offered_is_one(name: str) -> None:
    assert zones.exists(name) and zones.display_name(name, "es")


def test_a_move_shows_the_old_time_struck_out_and_can_be_left(office: Place) -> None:
    old, step = hour(office, "America/Bogota"), office.free()[1]
    shown = page(office, f"/{step}")
    assert re.search(rf"<del>[^<]*{old}[^<]*</del>", shown) and "Sí, cambiarla" in shown
    assert re.search(r'<a href="/b/[^"]+">No, dejarla como está</a>', shown)
    assert office.booked("ana") != [step], "the page alone moves nothing"


def test_after_cancelling_another_time_can_be_taken(office: Place) -> None:
    world, step = office.world, office.free()[1]
    gone = unescape(world.visitor().post(f"/b/{token(office)}", data={"choice": "cancel"}).text)
    assert "<del>" in gone and "Elegir otra hora" in gone and office.booked("ana") == []
    world.visitor().post(f"/b/{token(office)}", data={"choice": step})
    assert office.booked("ana") == [step]
