"""The list of leads: whom it shows first, its order, many at once, and finding everybody."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from server.contacts import editing
from server.sales import work
from tests.server.world import World, csrf

SPANISH = {"Accept-Language": "es"}


@pytest.fixture
def laura(world: World) -> FlaskClient:
    for name, choice in (("ana", "crm"), ("grace", "nothing")):
        world.post(name, "need", choice, gesture="pointer")
        world.now += 1000
    return world.member("sales", "laura@example.com")


def ids(world: World) -> tuple[str, str]:
    return str(world.people["ana"]["id"]), str(world.people["grace"]["id"])


def order(page: str) -> list[str]:
    return re.findall(r'form="bulk" name="lead" value="([^"]+)"', page)


def bulk(laura: FlaskClient, act: str, *leads: str, **form: str) -> str:
    token = csrf(laura.get("/leads"))
    data = MultiDict([("csrf_token", token), ("act", act), *(("lead", lead) for lead in leads), *form.items()])
    return laura.post("/leads/-/bulk", data=data, headers=SPANISH, follow_redirects=True).text


def test_the_list_is_sorted_by_score_answer_step_or_name(world: World, laura: FlaskClient) -> None:
    ana, grace = ids(world)
    world.store.write(lambda tx: work.plan(tx, grace, "Llamar", "2099-01-05", "Laura", world.now))
    assert order(laura.get("/leads").text) == [ana, grace]
    assert order(laura.get("/leads?sort=step").text) == [grace, ana]
    assert order(laura.get("/leads?sort=recent").text) == [grace, ana]
    assert order(laura.get("/leads?sort=name").text) == [ana, grace]
    assert order(laura.get("/leads?sort=name&q=grace").text) == [grace]
    assert order(laura.get("/leads?sort=;drop").text) == [ana, grace]


def test_many_leads_are_taken_put_off_or_tagged_at_once_and_it_can_be_undone(world: World, laura: FlaskClient) -> None:
    ana, grace = ids(world)
    page = bulk(laura, "take", ana, grace)
    assert "Se cambiaron 2 leads." in page
    assert {world.lead(name)["owner_id"] for name in ("ana", "grace")} != {""}
    (activities,) = re.findall(r'name="activities" value="([^"]+)"', page)
    form = {"csrf_token": csrf(laura.get("/leads")), "activities": activities}
    undone = laura.post("/leads/-/bulk/undo", data=form, headers=SPANISH, follow_redirects=True).text
    assert "2 leads quedaron como estaban." in undone
    assert {world.lead(name)["owner_id"] for name in ("ana", "grace")} == {""}
    assert "Se cambió 1 lead." in bulk(laura, "tag", ana, tag="feria")
    assert ",feria," in world.lead("ana")["tags"]
    bulk(laura, "tomorrow", ana)
    assert order(laura.get("/leads").text) == [grace]


def test_leads_of_a_colleague_are_not_taken_from_them_at_once(world: World, laura: FlaskClient) -> None:
    ana, _ = ids(world)
    world.store.write(lambda tx: work.assign(tx, ana, "somebody-else", "Carlos", world.now))
    assert "Con 1 no fue posible." in bulk(laura, "take", ana)
    assert world.lead("ana")["owner_id"] == "somebody-else"
    assert "Primero marca leads en la lista." in bulk(laura, "take")


def test_everybody_is_found_from_any_page_and_the_list_of_each_is_named(world: World, laura: FlaskClient) -> None:
    ana, grace = ids(world)
    assert 'action="/find"' in laura.get("/tasks").text
    world.store.write(lambda tx: work.finish(tx, ana, "won", "Firmó", "Laura", world.now))
    world.store.write(lambda tx: work.snooze(tx, grace, "2099-03-02", "Laura", world.now))
    for typed, lead, place in (("díaz", ana, "Ganado"), ("GRACE", grace, "Aplazado hasta el lun 2 mar")):
        page = laura.get("/find", query_string={"q": typed}, headers=SPANISH).text
        assert re.findall(r'class="list found".*?href="/leads/([^"]+)"', page, re.DOTALL) == [lead]
        assert place in page


def test_who_never_answered_and_who_is_known_by_a_number_are_found_too(world: World) -> None:
    laura, grace = world.member("sales", "laura@example.com"), world.people["grace"]
    details = editing.check({**editing.of_row(grace), "phone": "300 123 4567"}, {}, "CO")
    world.store.write(lambda tx: editing.change(tx, grace["id"], details, "Laura", world.now))
    for typed in ("grace", "300 123 4567", "1234567"):
        page = laura.get("/find", query_string={"q": typed}, headers=SPANISH).text
        assert f"/leads/{grace['id']}" in page, typed
        assert "Aún no ha respondido" in page
    for typed in ("%", "zzz", "12"):
        page = laura.get("/find", query_string={"q": typed}, headers=SPANISH).text
        assert "Nadie coincide" in page
        assert f"/leads/-/new?name={'%25' if typed == '%' else typed}" in page
