"""An owner's own calendar: what it says is never offered; one that lies, hangs or is none leaves the last good copy and a sentence."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from server.booking import busy, offering
from server.booking.busy import Unreadable
from server.outside.http import Door
from tests.server.booking.place import Place, place
from tests.server.world import World, csrf

INSIDE = ("127.0.0.1",)


@pytest.fixture
def office(world: World) -> Place:
    return place(world)


def published(*events: str) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//X//Y//EN"]
    for at, event in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{at}@x", "DTSTAMP:20270101T000000Z", event, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


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
    first = offering.meant(office.free()[0])
    assert first
    begin = datetime.fromtimestamp(first / 1000, UTC)
    with serving() as (url, answer):
        office.world.store.write(lambda tx: busy.watch(tx, office.lucia, url))
        answer["body"] = published(event(begin, 10))
        assert look(office, url, Door(private=INSIDE)) == ""
        assert offering.named(first) not in office.free()
        for status, body, headers, trouble in (
            (500, b"", {}, "answered: 500"),
            (302, b"", {"Location": "http://127.0.0.1/"}, "answered: 302"),
            (200, b"<html>sign in</html>", {}, "no_calendar"),
            (200, b"BEGIN:VCALENDAR\r\n" + b"X:" + b"x" * busy.MOST_BYTES, {}, "no_calendar: more than"),
        ):
            answer.update(status=status, body=body, headers=headers)
            assert look(office, url, Door(private=INSIDE)).startswith(trouble)
            assert offering.named(first) not in office.free(), "the last good copy still counts"
        lucia = office.world.signed_in("lucia@example.com")
        assert (
            "no es un calendario que se pueda leer" in lucia.get("/calendars", headers={"Accept-Language": "es"}).text
        )
        answer.update(status=200, body=published())
        assert look(office, url, Door(private=INSIDE)) == "" and offering.named(first) in office.free()


def test_an_address_that_leads_inside_is_not_called(office: Place) -> None:
    for url in ("https://127.0.0.1/basic.ics", "https://169.254.169.254/latest", "https://localhost/x.ics"):
        office.world.store.write(lambda tx, url=url: busy.watch(tx, office.lucia, url))  # type: ignore[misc]
        assert look(office, url, Door()).startswith("private_address")
    lucia = office.world.signed_in("lucia@example.com")
    page = lucia.get("/calendars")
    assert "interior de una red" in page.text
    bad = {"url": "http://user:secret@example.com/x.ics", "csrf_token": csrf(page)}
    assert "empieza por https://" in lucia.post("/calendars/-/busy", data=bad, follow_redirects=True).text


def test_repeated_days_and_free_events_are_read_as_they_are_meant(now: int) -> None:
    begin = datetime.fromtimestamp(now / 1000, UTC)
    weekly = event(begin, 30, "\r\nRRULE:FREQ=WEEKLY;COUNT=3")
    assert len(busy.read(published(weekly).decode(), now)) == 3
    assert busy.read(published(event(begin, 30, "\r\nTRANSP:TRANSPARENT")).decode(), now) == []
    assert busy.read(published(event(begin, 30, "\r\nSTATUS:CANCELLED")).decode(), now) == []
    (day,) = busy.read(published(f"DTSTART;VALUE=DATE:{begin:%Y%m%d}").decode(), now)
    assert day[1] - day[0] == 86_400_000


@pytest.mark.parametrize(
    "text", ["", "nothing", "BEGIN:VEVENT\r\nEND:VEVENT\r\n", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"]
)
def test_what_is_no_calendar_is_said_so(now: int, text: str) -> None:
    with pytest.raises(Unreadable):
        busy.read(text, now)


def test_a_calendar_that_repeats_without_end_costs_what_a_calendar_may(now: int) -> None:
    begin = datetime.fromtimestamp(now / 1000, UTC)
    every_hour = "BYHOUR=" + ",".join(map(str, range(24)))
    for rule in ("FREQ=MINUTELY", "FREQ=SECONDLY;COUNT=3", f"FREQ=DAILY;{every_hour}"):
        with pytest.raises(Unreadable, match="more often than once a day"):
            busy.read(published(event(begin, 1, f"\r\nRRULE:{rule}")).decode(), now)
    many = [event(begin, 1, "\r\nRRULE:FREQ=DAILY")] * (busy.MOST_RULES + 1)
    with pytest.raises(Unreadable, match="that repeat"):
        busy.read(published(*many).decode(), now)
