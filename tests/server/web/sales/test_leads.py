"""The pages sales works with, over HTTP and on each engine."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from flask.testing import FlaskClient

from server.contacts import contacts
from server.qualify import leads, scoring_models
from server.qualify.scoring import ScoringModel
from server.sales import inbox
from tests.server.world import World, csrf


@pytest.fixture
def ana(world: World) -> str:
    world.post("ana", "need", "crm", gesture="pointer")
    return str(world.people["ana"]["id"])


@pytest.fixture
def desk(world: World) -> FlaskClient:
    return world.admin()


def press(desk: FlaskClient, lead: str, act: str, **form: str) -> str:
    """What the page says after a form of the lead was sent."""
    token = csrf(desk.get(f"/leads/{lead}"))
    return desk.post(f"/leads/{lead}/{act}", data={"csrf_token": token, **form}, follow_redirects=True).text


def test_a_lead_is_taken_planned_noted_and_won_and_its_page_tells_the_story(desk: FlaskClient, ana: str) -> None:
    assert "Este lead es tuyo" in press(desk, ana, "take")
    assert "Llamar el lunes" in press(desk, ana, "next-step", step="Llamar el lunes", next_on="2026-11-30")
    assert "lun 30 nov" in desk.get("/leads").text
    press(desk, ana, "note", note="Le interesa <b>mucho</b>")
    page = press(desk, ana, "won", reason="Firmó")
    assert "Le interesa &lt;b&gt;mucho&lt;/b&gt;" in page
    assert "Firmó" in page
    assert "Ana Díaz" not in desk.get("/leads").text
    assert "Ana Díaz" in desk.get("/leads?view=won").text


def test_the_second_who_takes_a_lead_reads_who_was_quicker(desk: FlaskClient, ana: str) -> None:
    press(desk, ana, "take")
    assert "se adelantó" in press(desk, ana, "assign", owner="", expected="somebody-else")


def test_what_cannot_be_is_said_beside_its_field_with_what_was_typed(desk: FlaskClient, ana: str) -> None:
    page = press(desk, ana, "next-step", step="Llamar", next_on="30/11")
    assert "Eso no es una fecha" in page
    assert 'value="Llamar"' in page
    assert "Una etiqueta lleva" in press(desk, ana, "tag", tag="¡feria!")


def test_an_act_that_does_not_exist_and_a_person_without_lead_are_not_found(
    desk: FlaskClient, ana: str, world: World
) -> None:
    token = csrf(desk.get(f"/leads/{ana}"))
    grace = world.people["grace"]["id"]
    for path in (f"/leads/{ana}/fly", f"/leads/{grace}/take"):
        assert desk.post(path, data={"csrf_token": token}).status_code == 404


def test_news_name_who_answered_since_and_cost_nothing_when_nothing_did(
    desk: FlaskClient, ana: str, world: World
) -> None:
    first = desk.get("/leads/news?version=0").json or {}
    assert first["answered"] == [{"name": "Ana Díaz", "stage": "warm"}]
    assert (desk.get(f"/leads/news?version={first['version']}").json or {})["answered"] == []


def test_the_export_opens_in_a_spreadsheet_and_runs_nothing_there(desk: FlaskClient, ana: str, world: World) -> None:
    name = '=HYPERLINK("http://evil")' + "ñ" * 300
    world.store.write(lambda tx: contacts.upsert(tx, "ana@example.com", world.now, name, "", "", "es"))
    reply = desk.post("/leads/export", data={"csrf_token": csrf(desk.get("/leads"))})
    rows = list(csv.DictReader(io.StringIO(reply.text.removeprefix("\ufeff"))))
    assert rows[0]["name"] == f"'{name} Díaz"
    assert (rows[0]["email"], rows[0]["worth"]) == ("ana@example.com", str(world.lead("ana")["worth"]))
    assert "necesidad" in rows[0]["reasons"]
    assert name[:20] in desk.get("/leads").text.replace("&#34;", '"')


def test_an_export_of_many_is_read_piece_by_piece_and_misses_nobody(
    desk: FlaskClient, ana: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a hundred thousand: `acto bench pages`."""
    world.post("grace", "need", "nothing", gesture="pointer")
    monkeypatch.setattr(inbox, "MANY", 1)
    reply = desk.post("/leads/export", data={"csrf_token": csrf(desk.get("/leads"))})
    rows = csv.DictReader(io.StringIO(reply.text.removeprefix("\ufeff")))
    assert [row["email"] for row in rows] == ["ana@example.com", "grace@example.org"]


def test_another_table_shows_who_would_move_before_it_holds(desk: FlaskClient, ana: str, world: World) -> None:
    token = csrf(desk.get("/qualification"))
    strict = {
        **{name: str(value) for name, value in scoring_models.fields(ScoringModel()).items()},
        "hot_worth": "300",
        "warm_worth": "299",
    }
    page = desk.post("/qualification", data={"csrf_token": token, "preview": "yes", **strict}).text
    assert "Se movería 1 de 1 lead" in page
    with world.store.read() as tx:
        assert scoring_models.current(tx).table == ScoringModel()
    desk.post("/qualification", data={"csrf_token": token, **strict})
    with world.store.read() as tx:
        assert scoring_models.current(tx).table.stages[0].worth == 300
    wrong = desk.post("/qualification", data={"csrf_token": token, **strict, "hot_worth": "8o"})
    assert wrong.status_code == 422
    assert "Escribe un número entero de 0 a 300" in wrong.text


def test_a_lead_without_a_name_is_called_by_its_address_and_a_very_long_name_stays_whole(
    desk: FlaskClient, world: World
) -> None:
    nameless = world.store.write(lambda tx: contacts.upsert(tx, "info@example.net", world.now, "", "", "X" * 500, ""))
    said: Any = {
        "state": "confirmed",
        "answered_at": world.now,
        "email": "e",
        "block": "b",
        "question": "?",
        "kind": "choose",
        "points": "[]",
    }
    world.store.write(lambda tx: leads.qualify(tx, nameless["id"], [said], world.now))
    page = desk.get("/leads").text
    assert "<strong>info@example.net</strong>" in page
    assert "X" * 500 in page


def test_answers_of_an_email_since_deleted_still_say_what_was_asked(world: World, desk: FlaskClient, ana: str) -> None:
    """What was sent stands in the store; the folder may go."""
    object.__setattr__(world.app.extensions["acto"].settings, "templates_dir", "/nowhere")
    for page in (f"/leads/{ana}", "/reports/diagnosis", "/answers"):
        assert "¿Qué te gustaría resolver primero?" in desk.get(page).text
