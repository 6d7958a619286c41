"""The first page of sales: what was promised, whom to meet, whom to call."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from server import tasks
from server.sales import work
from tests.server.booking.place import place
from tests.server.world import World, csrf

HOUR = 3_600_000


@pytest.fixture
def laura(world: World) -> FlaskClient:
    return world.member("sales", "laura@example.com")


def user(world: World, address: str) -> str:
    with world.store.read() as tx:
        return str(tx.users.by_email(email=address)["id"])


def section(page: str, name: str) -> str:
    """The part of the page below one heading; '' without it."""
    found = re.search(rf'<section aria-labelledby="{name}">(.*?)</section>', page, re.DOTALL)
    return found[1] if found else ""


def day(world: World, days: int) -> str:
    return (datetime.fromtimestamp(world.now / 1000, UTC) + timedelta(days=days)).date().isoformat()


def test_sales_begins_with_today_and_others_where_they_began(world: World, laura: FlaskClient) -> None:
    assert laura.get("/").location == "/today"
    assert world.member("viewer").get("/").location == "/leads"
    assert "No queda nada para hoy" in laura.get("/today", headers={"Accept-Language": "es"}).text


def test_overdue_steps_and_tasks_stand_first_with_a_word_and_each_person_stands_once(
    world: World, laura: FlaskClient
) -> None:
    for name in ("ana", "grace"):
        world.post(name, "need", "crm", gesture="pointer")
    ana, grace = (str(world.people[name]["id"]) for name in ("ana", "grace"))
    mine = user(world, "laura@example.com")
    world.store.write(lambda tx: work.assign(tx, ana, mine, "Laura", world.now))
    world.store.write(lambda tx: work.plan(tx, ana, "Enviar la oferta", day(world, -2), "Laura", world.now))
    world.store.write(lambda tx: tasks.add(tx, "t1", ana, "Llamar a Ana", "", world.now - HOUR, "flow", world.now))
    page = laura.get("/today", headers={"Accept-Language": "es"}).text
    overdue = section(page, "overdue")
    assert "Vencidas" in overdue or "Vencido" in overdue or "Atrasad" in overdue
    assert overdue.count("Ana Díaz</strong>") == page.count("Ana Díaz</strong>") == 1
    assert "Enviar la oferta" in overdue and "Llamar a Ana" in overdue
    assert f"/leads/{grace}" in section(page, "calls"), "a warm lead of nobody that has just answered"
    assert re.search(r'href="/today"[^>]*>Hoy <span class="count">2<', page), "the menu counts what is due"


def test_the_lead_of_a_colleague_is_not_ours_to_call(world: World, laura: FlaskClient) -> None:
    for name in ("ana", "grace"):
        world.post(name, "call", "yes", gesture="pointer")
    world.add_member("sales", "carlos@example.com")
    carlos, ana = user(world, "carlos@example.com"), str(world.people["ana"]["id"])
    world.store.write(lambda tx: work.assign(tx, ana, carlos, "Carlos", world.now))
    for address in ("/today", "/leads"):
        page = laura.get(address).text
        assert f"/leads/{ana}" not in page
        assert f"/leads/{world.people['grace']['id']}" in page
    assert f"/leads/{ana}" in laura.get("/leads?view=open").text


def test_who_said_no_or_left_is_nobody_to_call(world: World, laura: FlaskClient) -> None:
    for name in ("ana", "grace"):
        world.post(name, "when", "this_month", gesture="pointer")
        world.post(name, "need", "crm", gesture="pointer")
    assert section(laura.get("/today").text, "calls").count("<li ") == 2
    assert world.visitor().post(f"/u/{world.token('ana', '', 'unsubscribe')}").status_code == 200
    world.post("grace", "call", "no", gesture="pointer")
    assert section(laura.get("/today").text, "calls") == ""


def test_a_meeting_of_today_has_its_hour_and_a_link_to_join(world: World) -> None:
    office = place(world)
    assert world.post("ana", "slot", office.free()[0], gesture="pointer").status_code == 200
    with world.store.read() as tx:
        (booking,) = tx.bookings.of_contact(contact_id=world.people["ana"]["id"])
        owner = tx.users.by_id(id=booking["owner_id"])
    kept: Any = {name: booking[name] for name in ("contact_id", "id", "owner_id", "seat")}
    times: Any = {"starts_at": world.now, "ends_at": world.now + HOUR, "now": world.now}
    world.store.write(lambda tx: tx.bookings.move(**kept, **times))
    meetings = section(world.signed_in(owner["email"]).get("/today").text, "meetings")
    assert "Ana Díaz" in meetings
    assert booking["place"] in meetings


def test_a_task_is_done_and_a_lead_put_off_without_leaving_the_page(world: World, laura: FlaskClient) -> None:
    world.post("ana", "need", "crm", gesture="pointer")
    ana = str(world.people["ana"]["id"])
    world.store.write(lambda tx: tasks.add(tx, "t1", ana, "Llamar a Ana", "", world.now - HOUR, "flow", world.now))
    form = {"csrf_token": csrf(laura.get("/today")), "back": "today", "contact_id": ana}
    done = laura.post("/tasks/t1/done", data=form, follow_redirects=True)
    assert (done.request.path, "Llamar a Ana" in section(done.text, "overdue")) == ("/today", False)
    again = laura.post("/tasks/t1/open", data=form, follow_redirects=True)
    assert (again.request.path, "Llamar a Ana" in section(again.text, "overdue")) == ("/today", True)
    off = laura.post(f"/leads/{ana}/snooze", data={**form, "until": day(world, 3)})
    assert off.location == f"/today#p-{ana}"
    assert "Llamar a Ana" not in laura.get("/today").text.partition("<main")[2].partition("</main>")[0]
