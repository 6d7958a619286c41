"""What the team sees of bookings: the coming ones, calendars with what they offer, the feed of each owner, and mistakes named."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from lxml import html

from builder import times
from server.booking import calendars, reservations
from server.booking.reservations import Guest
from tests.server.booking.place import BOGOTA, Place, place
from tests.server.world import World, csrf


@pytest.fixture
def office(world: World) -> Place:
    return place(world)


FORM = {
    "name": "demo",
    "title": "Demo",
    "time_zone": "Europe/Madrid",
    "mon.from0": "09:00",
    "mon.to0": "13:00",
    "tue.from0": "09:00",
    "tue.to0": "13:00",
    "tue.from1": "15:00",
    "tue.to1": "00:00",
    "minutes": "45",
    "before_minutes": "0",
    "after_minutes": "15",
    "notice_minutes": "120",
    "horizon_days": "20",
    "capacity": "1",
    "country": "ES-MD",
    "days_off": "2026-12-24",
    "active": "1",
}


def test_sales_sees_who_comes_and_moves_and_cancels_it(office: Place) -> None:
    first, second, *_ = office.free()
    sales = office.world.member("sales")
    office.world.post("ana", "slot", first)
    page = sales.get("/bookings")
    assert "Ana Díaz" in page.text and "Llamada de diagnóstico" in page.text
    booking = office.bookings("ana")[0]
    path = f"/bookings/{booking['contact_id']}/{booking['id']}"
    assert sales.post(path, data={"do": "move", "time": second}).status_code == 400, "a form of ours carries its token"
    sales.post(path, data={"do": "move", "time": second, "csrf_token": csrf(page)})
    assert office.booked("ana") == [second]
    sales.post(path, data={"do": "cancel", "csrf_token": csrf(page)})
    assert office.booked("ana") == []
    lead = sales.get(f"/leads/{booking['contact_id']}").text
    assert lead.count("Llamada de diagnóstico") >= 3, "booked, moved and cancelled stand in the timeline"


def test_a_booking_says_its_day_what_the_guest_answered_and_how_to_join(world: World) -> None:
    world.post("ana", "when", "this_month", gesture="pointer")
    office = place(world)
    office.world.store.write(
        lambda tx: calendars.save(tx, replace(office.calendar, place="https://meet.example/x"), office.world.now)
    )
    office.world.post("ana", "slot", office.free()[0])
    sales = office.world.member("sales")
    page = html.fromstring(sales.get("/bookings", headers={"Accept-Language": "es"}).text)
    assert re.match("(Hoy|Mañana) · ", page.xpath("string(//section/h2)"))
    (booked,) = page.xpath("//ul[contains(@class, 'bookings')]/li[.//a[@href='https://meet.example/x']]")
    assert "Este mes" in " ".join(each.text_content() for each in booked.xpath(".//p[@class='said']"))
    assert booked.xpath("string(.//a[@href='https://meet.example/x'])") == "Entrar a la reunión"
    assert "hora de Bogotá" in page.xpath("string(//p[@class='lead'])")


def test_a_time_in_the_timeline_is_said_as_it_was_asked_and_where_the_reader_is(office: Place) -> None:
    first = office.free()[0]
    office.world.post("ana", "slot", first)
    sales = office.world.member("sales")
    bogota = {"name": "", "language": "es", "time_zone": "America/Bogota"}
    sales.post("/account", data={**bogota, "csrf_token": csrf(sales.get("/account"))})
    lead = sales.get(f"/leads/{office.bookings('ana')[0]['contact_id']}").text
    starts = datetime.strptime(first, "%Y%m%dt%H%Mz").replace(tzinfo=UTC).astimezone(BOGOTA)
    hour = f"{starts:%H:%M}".lstrip("0")
    assert re.search(rf"Llamada de diagnóstico.{{0,80}}{hour}", lead, re.DOTALL)
    assert f"<strong>{first}</strong>" not in lead
    assert f"{starts:%H:%M} (hora de Bogotá)" in lead


def test_a_calendar_is_made_in_the_browser_and_shows_what_it_offers(office: Place) -> None:
    sales = office.world.member("sales")
    token = csrf(sales.get("/calendars/-"))
    made = sales.post("/calendars", data={**FORM, "owners": office.lucia, "csrf_token": token}, follow_redirects=True)
    assert made.status_code == 200 and len(re.findall(r"class=\"time\">\d\d:\d\d<", made.text)) >= 4
    again = sales.get("/calendars/demo").text
    times = dict(re.findall(r'name="(tue\.\w+)" value="([^"]*)"', again))
    assert times == {"tue.from0": "09:00", "tue.to0": "13:00", "tue.from1": "15:00", "tue.to1": "00:00"}
    assert '<option value="ES-MD" selected>' in again and "hora de Bogotá" in again
    taken = sales.post("/calendars", data={**FORM, "title": "Otra", "owners": office.lucia, "csrf_token": token})
    assert taken.status_code == 422 and "Ya hay un calendario con ese nombre" in taken.text
    changed = {**FORM, "known": "1", "title": "Otra", "owners": office.lucia, "csrf_token": token}
    assert "Otra" in sales.post("/calendars", data=changed, follow_redirects=True).text


def test_of_the_hours_only_the_day_that_cannot_be_is_marked(office: Place) -> None:
    sales = office.world.member("sales")
    wrong = {**FORM, "tue.to0": "08:00", "owners": office.lucia, "csrf_token": csrf(sales.get("/calendars/-"))}
    assert len(re.findall('class="of-day wrong"', sales.post("/calendars", data=wrong).text)) == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("minutes", "7", "de 5 en 5"),
        ("minutes", "²", "de 5 en 5"),
        ("mon.to0", "08:00", "Cada horario necesita un comienzo"),
        ("country", "ES-XX", "Un país como CO o ES"),
        ("days_off", "mañana", "Escribe los días como"),
        ("time_zone", "Madrid", "Elige una zona horaria"),
        ("name", "Mi Demo", "Un nombre de letras minúsculas"),
        ("owners", "", "Elige al menos a una persona"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(world: World, field: str, value: str, sentence: str) -> None:
    sales = world.member("sales")
    data = {**FORM, "owners": ["x"], field: value or [], "csrf_token": csrf(sales.get("/calendars/-"))}
    refused = sales.post("/calendars", data=data, headers={"Accept-Language": "es"})
    assert refused.status_code == 422 and sentence in refused.text


def test_a_length_is_shown_in_its_largest_unit_and_read_in_any(office: Place) -> None:
    lucia = office.world.signed_in("lucia@example.com")
    page = html.fromstring(lucia.get("/calendars/-").text)
    assert page.xpath("//select[@name='notice_minutes_unit']/option[@selected]/text()") == ["horas"]
    form = FORM | {"owners": office.lucia, "csrf_token": csrf(lucia.get("/calendars/-"))}
    lucia.post("/calendars", data=form | {"notice_minutes": "2", "notice_minutes_unit": "days"})
    with office.world.store.read() as tx:
        assert calendars.by_name(tx, "demo").notice_minutes == 2 * 1440
    page = html.fromstring(lucia.get("/calendars/demo").text)
    shown = {
        name: (
            page.xpath(f"//input[@name='{name}']/@value"),
            page.xpath(f"//select[@name='{name}_unit']/option[@selected]/@value"),
        )
        for name in ("minutes", "notice_minutes", "before_minutes")
    }
    assert shown == {
        "minutes": (["45"], ["minutes"]),
        "notice_minutes": (["2"], ["days"]),
        "before_minutes": (["0"], ["minutes"]),
    }
    refused = lucia.post("/calendars", data=form | {"known": "1", "minutes": "9", "minutes_unit": "hours"})
    assert refused.status_code == 422 and "De 5 minutos a 8 horas, de 5 en 5 minutos." in refused.text


def test_a_guest_is_booked_in_the_title_of_their_language_and_the_team_reads_its_own(office: Place) -> None:
    office.change(title_en="Diagnosis call")
    first, second, *_ = office.free()
    office.world.post("ana", "slot", first)
    world, grace = office.world, Guest(office.world.people["grace"]["id"], "en")
    start = times.slot_start(second)
    assert world.store.write(lambda tx: reservations.book(tx, office.calendar, grace, start, "Lucía", world.now)) == ""
    assert [office.bookings(name)[0]["title"] for name in ("ana", "grace")] == [
        "Llamada de diagnóstico",
        "Diagnosis call",
    ]
    page = office.world.member("sales").get("/bookings").text
    assert "Llamada de diagnóstico" in page and "Diagnosis call" not in page


def test_the_week_has_a_column_for_each_day_and_leads_to_its_neighbours(office: Place) -> None:
    first, *_ = office.free()
    office.world.post("ana", "slot", first)
    begins = datetime.fromtimestamp(office.bookings("ana")[0]["starts_at"] / 1000, BOGOTA)
    monday = begins.date() - timedelta(days=begins.weekday())
    sales = office.world.member("sales")
    page = html.fromstring(sales.get(f"/bookings/week?of={begins.date()}").text)
    days = page.xpath("//*[@class='week-of']/section")
    assert len(days) == 7
    told = [day.text_content() for day in days]
    assert [at for at, words in enumerate(told) if f"{begins:%H:%M}" in words and "Ana Díaz" in words] == [
        begins.weekday()
    ]
    assert page.xpath("//a[@rel='prev']/@href") == [f"/bookings/week?of={monday - timedelta(days=7)}"]
    after = sales.get(page.xpath("//a[@rel='next']/@href")[0]).text
    assert "Ana Díaz" not in after and f"of={monday}" in after
    assert "Ana Díaz" not in sales.get(f"/bookings/week?of={begins.date()}&mine=").text, "it is Lucía's"


@pytest.mark.parametrize("of", ["", "yesterday", "0001-01-01", "9999-12-31", "2026-13-01"])
def test_an_address_that_names_no_week_shows_this_one(office: Place, of: str) -> None:
    page = office.world.member("sales").get(f"/bookings/week?of={of}")
    assert page.status_code == 200 and 'class="now"' in page.text


def test_lucia_subscribes_to_her_bookings_and_takes_the_address_back(office: Place) -> None:
    office.world.post("ana", "slot", office.free()[0])
    lucia = office.world.signed_in("lucia@example.com")
    token = csrf(lucia.get("/calendars"))
    page = lucia.post("/calendars/-/feed", data={"csrf_token": token}, follow_redirects=True).text
    link = re.search(r"https?://[^/]+(/feeds/\S+\.ics)", page)
    assert link
    feed = office.world.visitor().get(link[1])
    found: Any = Calendar.from_ical(feed.get_data()).walk("VEVENT")
    (event,) = found
    assert feed.mimetype == "text/calendar" and "Ana Díaz" in event["summary"]
    lucia.post("/calendars/-/feed", data={"csrf_token": token})
    assert office.world.visitor().get(link[1]).status_code == 404


def test_who_only_looks_on_changes_nothing(office: Place) -> None:
    viewer = office.world.member("viewer")
    assert viewer.get("/bookings").status_code == viewer.get("/calendars/call").status_code == 200
    token = csrf(viewer.get("/account"))
    assert viewer.post("/calendars", data={**FORM, "csrf_token": token}).status_code == 403
