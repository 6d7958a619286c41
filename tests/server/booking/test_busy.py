"""An owner's own calendar: what it says is never offered; one that lies, hangs or is none leaves the last good copy and a sentence."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from builder import times
from server.booking import availability, busy, reservations, slots
from server.http_client.client import Door
from tests.calendars import costly
from tests.server.booking.place import Place, place
from tests.server.world import World, csrf

INSIDE = ("127.0.0.1",)


@pytest.fixture
def office(world: World) -> Place:
    return place(world)


def published(*events: str) -> bytes:
    return costly.published(*events).encode()


def event(begin: datetime, minutes: int, more: str = "") -> str:
    end = begin + timedelta(minutes=minutes)
    return f"DTSTART:{begin:%Y%m%dT%H%M%SZ}\r\nDTEND:{end:%Y%m%dT%H%M%SZ}{more}"


@contextmanager
def serving() -> Iterator[tuple[str, dict[str, object]]]:
    """Her calendar's server: what it answers is in the dict."""
    answer: dict[str, object] = {"status": 200, "body": b"", "headers": {}}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(int(str(answer["status"])))
            for name, value in dict(answer["headers"]).items():  # type: ignore[call-overload]
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer["body"])  # type: ignore[arg-type]

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/basic.ics", answer
    server.shutdown()
    thread.join()
    server.server_close()


def look(office: Place, url: str, door: Door) -> str:
    with office.world.store.read() as tx:
        row = tx.calendars.owner(owner_id=office.lucia)
    return busy.look(office.world.store, door, {**row, "busy_url": url}, office.world.now)


def test_what_lucias_calendar_says_is_not_offered_and_what_it_says_last_stays(office: Place) -> None:
    first = times.slot_start(office.free()[0])
    assert first
    begin = datetime.fromtimestamp(first / 1000, UTC)
    with serving() as (url, answer):
        office.world.store.write(lambda tx: busy.watch(tx, office.lucia, url))
        answer["body"] = published(event(begin, 10))
        assert look(office, url, Door(private=INSIDE)) == ""
        assert times.slot_value(first) not in office.free()
        for status, body, headers, trouble in (
            (500, b"", {}, "answered: 500"),
            (302, b"", {"Location": "http://127.0.0.1/"}, "answered: 302"),
            (200, b"BEGIN:VCALENDAR\r\n" + b"X:" + b"x" * busy.MOST_BYTES, {}, "too_large: 2"),
            (200, published(event(begin, 10))[:-20], {}, "no_calendar"),
            (200, b"<html>sign in</html>", {}, "no_calendar"),
        ):
            answer.update(status=status, body=body, headers=headers)
            assert look(office, url, Door(private=INSIDE)).startswith(trouble)
            assert times.slot_value(first) not in office.free(), "the last good copy still counts"
        lucia = office.world.signed_in("lucia@example.com")
        page = lucia.get("/calendars", headers={"Accept-Language": "es"}).text
        assert "un calendario que Acto pueda leer" in page and "última copia buena" in page
        answer.update(status=200, body=published())
        assert look(office, url, Door(private=INSIDE)) == "" and times.slot_value(first) in office.free()


def test_an_address_that_leads_inside_is_not_called(office: Place) -> None:
    for url in ("https://127.0.0.1/basic.ics", "https://169.254.169.254/latest", "https://localhost/x.ics"):
        office.world.store.write(lambda tx, url=url: busy.watch(tx, office.lucia, url))  # type: ignore[misc]
        assert look(office, url, Door()).startswith("private_address")
    lucia = office.world.signed_in("lucia@example.com")
    page = lucia.get("/calendars")
    assert "interior de una red" in page.text
    bad = {"url": "http://user:secret@example.com/x.ics", "csrf_token": csrf(page)}
    assert "Debe empezar por https://" in lucia.post("/calendars/-/busy", data=bad, follow_redirects=True).text


def test_an_odd_event_is_named_on_the_page_and_the_others_count(office: Place) -> None:
    first = times.slot_start(office.free()[0])
    assert first
    begin = datetime.fromtimestamp(first / 1000, UTC)
    unknown = f"DTSTART;TZID=Casa:{begin:%Y%m%dT%H%M%S}\r\nDURATION:PT10M"
    with serving() as (url, answer):
        office.world.store.write(lambda tx: busy.watch(tx, office.lucia, url))
        answer["body"] = published(event(begin, 10), "SUMMARY:Gimnasio", unknown)
        trouble = look(office, url, Door(private=INSIDE))
        assert trouble.splitlines() == ["left_out: “Gimnasio”", "unknown_zone: “Casa”"]
        assert times.slot_value(first) not in office.free()
    lucia = office.world.signed_in("lucia@example.com")
    spanish = lucia.get("/calendars", headers={"Accept-Language": "es"}).text
    assert (
        "no se pudieron leer" in spanish
        and "“Gimnasio”" in spanish
        and "zona horaria" in spanish
        and "Leído" in spanish
    )
    english = lucia.get("/calendars", headers={"Accept-Language": "en"}).text
    assert "could not be read, so you count as free then: “Gimnasio”" in english


def test_a_try_is_noted_before_the_calendar_is_fetched(office: Place) -> None:
    """A worker that ends over one calendar does not begin with the same one again."""
    tried = []

    class Ends(Exception):
        pass

    def resolve(host: str, port: int) -> list[str]:
        with office.world.store.read() as tx:
            tried.append(tx.calendars.owner(owner_id=office.lucia)["tried_at"])
        raise Ends

    url = "https://calendar.example/basic.ics"
    office.world.store.write(lambda tx: busy.watch(tx, office.lucia, url))
    with pytest.raises(Ends):
        look(office, url, Door(resolve=resolve))
    assert tried == [office.world.now]


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "America/Bogota", "Europe/Madrid", "Australia/Sydney"])
def test_a_day_off_is_that_day_where_its_owner_is(office: Place, zone: str) -> None:
    """By the zone they said, or else by that of the calendar they are booked in."""
    day = datetime.fromtimestamp(office.world.now / 1000, UTC).date() + timedelta(days=3)
    off = f"DTSTART;VALUE=DATE:{day:%Y%m%d}\r\nDTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    office.change(time_zone=zone)
    with serving() as (url, answer):
        office.world.store.write(lambda tx: busy.watch(tx, office.lucia, url))
        answer["body"] = costly.published(off, head="X-WR-TIMEZONE:Asia/Tokyo").encode()
        before = free_days(office)
        assert look(office, url, Door(private=INSIDE)) == ""
        after = free_days(office)
        assert before.pop(day) and after == before
        elsewhere = "America/Bogota" if zone == "Australia/Sydney" else "Asia/Tokyo"
        profile = {"id": office.lucia, "name": "", "language": "", "time_zone": elsewhere}
        office.world.store.write(lambda tx: tx.users.set_profile(**profile))
        assert look(office, url, Door(private=INSIDE)) == ""
        assert free_days(office) != after


def free_days(office: Place) -> dict[date, list[int]]:
    """Every free start of the next week, by the day of the calendar."""
    now, found = office.world.now, dict[date, list[int]]()
    with office.world.store.read() as tx:
        taken = reservations.look(tx, office.calendar, now, now + 7 * slots.DAY_MS)
    for slot in slots.free(office.calendar, taken, now, now + 7 * slots.DAY_MS, now):
        found.setdefault(availability.local(office.calendar, slot.starts_at).date(), []).append(slot.starts_at)
    return found
