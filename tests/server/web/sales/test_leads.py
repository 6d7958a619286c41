"""The pages sales works with, over HTTP and on each engine."""

from __future__ import annotations

import csv
import io
import re
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


def undo_of(page: str) -> dict[str, str]:
    """The form with which the words over the page can be undone."""
    form = page.partition('id="toast"')[2]
    return {"activity": re.findall(r'name="activity" value="([^"]+)"', form)[0]}


def test_each_action_says_what_it_saved_and_can_be_undone(desk: FlaskClient, ana: str) -> None:
    acts: dict[str, tuple[dict[str, str], str]] = {
        "take": ({}, "Tomaste el lead."),
        "next-step": ({"step": "Llamar", "next_on": "2099-03-02"}, "Próximo paso guardado: Llamar, lun 2 mar."),
        "note": ({"note": "Decide en marzo"}, "Nota guardada."),
        "snooze": ({"until": "2099-03-02"}, "Aplazado hasta el lun 2 mar, con sus tareas."),
        "won": ({"reason": "Firmó", "amount": "12.000.000"}, "¡Ganado! $\u00a012.000.000. Sus tareas quedan cerradas."),
    }
    for act, (form, words) in acts.items():
        page = press(desk, ana, act, **form)
        assert words in page.partition('id="toast"')[2]
        assert "Deshecho." in press(desk, ana, "undo", **undo_of(page))
    page = desk.get(f"/leads/{ana}").text
    assert "Tomarlo" in page
    assert "Decide en marzo" not in page


def test_without_a_script_the_page_is_at_the_forms_again_after_each_action(desk: FlaskClient, ana: str) -> None:
    token = csrf(desk.get(f"/leads/{ana}"))
    reply = desk.post(f"/leads/{ana}/note", data={"csrf_token": token, "note": "Hola"})
    assert reply.location == f"/leads/{ana}#work"
    assert 'id="work"' in desk.get(reply.location).text


def test_a_lead_that_was_won_says_so_everywhere_with_its_amount(desk: FlaskClient, ana: str) -> None:
    page = press(desk, ana, "won", reason="Firmó", amount="$ 12.000.000", on="2026-11-20")
    assert re.search(r"<h1>.*</span> Ana Díaz <span class=\"badge good\">Ganado", page)
    assert "Tibio" not in page.partition("</h1>")[0]
    for text in (page, desk.get("/leads?view=won").text):
        assert "$\u00a012.000.000" in text
        assert "vie 20 nov" in text
        assert "Firmó" in text
    reply = desk.post("/leads/export", query_string={"view": "won"}, data={"csrf_token": csrf(desk.get("/leads"))})
    (row,) = csv.DictReader(io.StringIO(reply.text.removeprefix("\ufeff")))
    assert (row["outcome"], row["amount"], row["currency"], row["outcome_on"]) == (
        *("won", "12000000.00", "COP"),
        "2026-11-20",
    )


def test_an_amount_that_is_none_is_said_beside_its_field(desk: FlaskClient, ana: str) -> None:
    page = press(desk, ana, "won", reason="Firmó", amount="doce millones")
    assert "Eso no es un valor" in page
    assert 'value="doce millones"' in page


def test_who_is_put_off_says_until_when_and_comes_back_with_one_button(desk: FlaskClient, ana: str) -> None:
    press(desk, ana, "take")
    page = press(desk, ana, "snooze", until="2099-03-02")
    head = page.partition("data-snoozed")[2]
    assert "Aplazado hasta el lun 2 mar · admin" in head
    assert "Mostrarlo ya" in head
    assert "Aplazado hasta el lun 2 mar" in desk.get("/leads?view=snoozed").text
    assert "data-snoozed" not in press(desk, ana, "snooze", until="")
