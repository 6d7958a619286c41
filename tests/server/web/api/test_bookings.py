"""Bookings by the API: free times read, a seat taken, moved, given back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import time

import pytest

from server.booking import calendars
from server.booking.calendars import Calendar
from server.store import Session
from tests.server.web.api.program import Program

ALL_DAY = {day: ((time(0, 0), time(23, 0)),) for day in range(7)}


@pytest.fixture
def calls(crm: Program) -> Program:
    """Bruno gives calls of half an hour, any day."""
    crm.world.add_member("sales", "bruno@example.com")

    def write(tx: Session) -> None:
        bruno = tx.users.by_email(email="bruno@example.com")["id"]
        calendars.save(tx, Calendar("call", "A call", "America/Bogota", ALL_DAY, owners=(bruno,)), crm.world.now)

    crm.world.store.write(write)
    return crm


def test_a_crm_books_ana_moves_her_and_cancels(calls: Program) -> None:
    ana = calls.world.people["ana"]["id"]
    assert [row["name"] for row in calls.call("list_calendars").json["data"]] == ["call"]
    first, second = (row["starts_at"] for row in calls.call("list_free_times", "call", limit=2).json["data"])
    given = {"calendar": "call", "contact_id": ana, "starts_at": first}
    made = calls.call("book", body=given, key="k").json
    assert (made["starts_at"], made["owner"], made["state"]) == (first, "bruno@example.com", "booked")
    assert calls.call("book", body=given, key="k").json == made
    taken = calls.call("book", body={**given, "contact_id": calls.world.people["grace"]["id"]})
    assert (taken.status_code, "already booked" in taken.json["detail"]) == (409, True)
    assert first not in [row["starts_at"] for row in calls.call("list_free_times", "call").json["data"]]
    moved = calls.call("move_booking", made["id"], body={"starts_at": second}).json
    assert moved["starts_at"] == second
    assert calls.call("list_bookings", calendar="call", owner="bruno@example.com", contact_id=ana).json["data"] == [
        moved
    ]
    assert calls.call("cancel_booking", made["id"]).json["state"] == "cancelled"
    assert calls.call("list_bookings", state="booked").json["data"] == []
    assert calls.call("get_booking", made["id"]).json["state"] == "cancelled"


def test_of_eight_who_want_one_time_one_has_it(calls: Program) -> None:
    start = calls.call("list_free_times", "call", limit=1).json["data"][0]["starts_at"]
    rows = [{"email": f"racer{number}@example.com"} for number in range(8)]
    calls.call("upsert_contacts", body={"contacts": rows})
    people = [row["id"] for row in calls.call("list_contacts", q="racer").json["data"]]
    bodies = [{"calendar": "call", "contact_id": each, "starts_at": start} for each in people]
    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(lambda body: calls.call("book", body=body).status_code, bodies))
    assert statuses == [201, *[409] * 7]


def test_a_time_that_cannot_be_says_why(calls: Program) -> None:
    given = {"calendar": "call", "contact_id": calls.world.people["ana"]["id"]}
    for start, why in (("2020-01-01T00:00:00Z", "passed"), ("2199-01-01T00:00:00Z", "too far ahead")):
        reply = calls.call("book", body={**given, "starts_at": start})
        assert reply.status_code == 409 and why in reply.json["detail"]
    unknown = calls.call("book", body={**given, "calendar": "none", "starts_at": "2030-01-01T00:00:00Z"})
    assert unknown.json["errors"][0]["pointer"] == "/calendar"
    assert calls.call("list_free_times", "none").status_code == 404
    assert calls.call("get_booking", "none").status_code == 404
