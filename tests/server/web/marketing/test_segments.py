"""A marketer describes people in a form, sees how many they are, saves them as a segment and writes to them; sales may look."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote_plus

import pytest

from server.campaigns import plans
from server.campaigns.plans import Plan
from server.contacts import tags
from server.segments import saved
from server.web.marketing import segment_forms
from tests.server.segments.test_people import DEEPEST
from tests.server.web.marketing.desk import LUCIA, Desk, sit_down
from tests.server.world import World

ANA: Any = {"all": [{"is": "name", "how": "contains", "value": "ana"}]}


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    return sit_down(world, tmp_path / "emails")


def add(desk: Desk, rule: Any, name: str = "Clientes de Bogotá") -> str:
    return desk.world.store.write(lambda tx: saved.add(tx, name, rule, LUCIA, desk.world.now))["id"]


def fields(text: str) -> dict[str, Any]:
    """The fields of the form as a browser would send them."""
    form = text.partition("data-segment")[2].partition("</form>")[0]
    found: dict[str, Any] = {}
    for name, body in re.findall(r'<select name="([^"]+)">(.*?)</select>', form, re.S):
        options = re.findall(r'<option value="([^"]*)"( selected)?>', body)
        found[name] = next((value for value, chosen in options if chosen), options[0][0])
    for tag in re.findall(r"<input [^>]+>", form):
        given = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if given.get("type") == "checkbox":
            found.setdefault(given["name"], []).extend([given["value"]] if " checked" in tag else [])
        else:
            found[given["name"]] = given.get("value", "")
    return found


def press(desk: Desk, text: str, act: str, path: str = "/segments/-/new", **changed: Any) -> str:
    return desk.post(
        path, **{**fields(text), **{key.replace("__", "."): value for key, value in changed.items()}, "act": act}
    ).text


def test_the_first_page_shows_how_to_begin(desk: Desk) -> None:
    text = desk.browser.get("/segments").text
    assert "Todavía no hay segmentos" in text and 'href="/segments/-/new"' in text


def test_people_are_described_counted_and_saved(desk: Desk) -> None:
    text = desk.browser.get("/segments/-/new").text
    assert "<strong>2</strong> personas: Todas las personas" in text
    text = press(desk, text, "add r", r__new="name")
    assert "Completa la condición y se cuentan" in text and "le falta" not in text
    assert "le falta «Texto»" in press(desk, text, "save", name="Sin terminar")
    text = press(desk, text, "show", r__0__how="contains", r__0__value="ANÁ")
    assert "<strong>1</strong> persona: Tiene «ANÁ» en el nombre" in text
    assert desk.world.people["ana"]["email"] in text and desk.world.people["grace"]["email"] not in text
    text = press(desk, text, "save", name="Las Anas")
    assert "El segmento está guardado." in text and "<h1>Las Anas" in text
    assert unquote_plus(re.search(r'href="/campaigns/new\?people=([^"]+)"', text)[1]).startswith('{"segment": ')
    listed = desk.browser.get("/segments").text
    assert "Las Anas" in listed and "Tiene «ANÁ» en el nombre" in listed


def test_groups_are_nested_negated_and_taken_out(desk: Desk) -> None:
    text = press(desk, desk.browser.get("/segments/-/new").text, "group r")
    text = press(desk, text, "add r.0", **{"r.0.new": "language"})
    text = press(desk, text, "add r.0", **{"r.0.new": "tag", "r.0.0.language": "es", "r.0.0.not": "1"})
    assert press(desk, text, "remove r.0.1").count('class="condition') == 1
    text = press(desk, text, "remove r.0.1", **{"r.0.not": "1", "r.join": "any"})
    assert "No se cumple que (no recibe los correos en español)" in text and "<strong>1</strong> persona" in text
    assert press(desk, text, "remove r.0").count('class="condition') == 0
    assert press(desk, text, "remove r.7").count('class="condition') == 1
    assert press(desk, text, "add r.7.3", **{"r.7.3.new": "tag"}).count('class="condition') == 1


def test_questions_and_answers_are_chosen_by_their_words(desk: Desk) -> None:
    rule = {"all": [{"is": "answered", "email": "diagnosis", "question": "when", "options": ["this_month"], "days": 7}]}
    text = desk.browser.get(f"/segments/-/new?rule={quote(json.dumps(rule))}").text
    assert '<option value="when" selected>¿Para cuándo lo querrías resuelto?</option>' in text
    assert re.search(r'value="this_month" checked> Este mes', text)
    assert "Respondió «Este mes» a «¿Para cuándo lo querrías resuelto?»" in text and "en los últimos 7 días" in text
    text = press(desk, text, "show", **{"r.0.days": "soon"})
    assert "«soon» no sirve como" in text and 'value="soon"' in text


@pytest.mark.parametrize(
    "rule",
    [
        ANA,
        {"any": [{"not": {"is": "booked", "calendar": "call"}}, {"all": [{"is": "people", "ids": ["a", "b"]}]}]},
        {"all": [{"is": "answered", "email": "diagnosis", "question": "need", "options": ["crm", "numbers"]}]},
        {"all": [{"is": "field", "field": "city", "how": "is", "value": 'Bogotá "D.C." <b>'}, {"is": "owner"}]},
        DEEPEST,
    ],
    ids=str,
)
def test_a_form_gives_back_the_rule_that_it_shows(desk: Desk, rule: Any) -> None:
    segment_id = add(desk, rule)
    text = desk.browser.get(f"/segments/{segment_id}").text
    press(desk, text.replace("&#34;", "&quot;"), "save", f"/segments/{segment_id}", **_unescaped(text))
    with desk.world.store.read() as tx:
        assert saved.rule_of(saved.find(tx, segment_id)) == rule


def _unescaped(text: str) -> dict[str, Any]:
    import html

    return {name: html.unescape(value) for name, value in fields(text).items() if isinstance(value, str)}


def test_a_form_without_a_rule_is_that_of_everybody(desk: Desk) -> None:
    assert segment_forms.read(segment_forms.Form({"x": "y"})) == {"all": []}
    assert desk.browser.get("/segments/-/new?rule=%7B").status_code == 200


def test_a_name_that_is_taken_keeps_the_form_as_it_was(desk: Desk) -> None:
    add(desk, ANA)
    text = desk.browser.get(f"/segments/-/new?rule={quote(json.dumps(ANA))}").text
    reply = desk.post("/segments/-/new", **{**fields(text), "name": "CLIENTES de bogota", "act": "save"})
    assert reply.status_code == 422 and "Ya hay un segmento" in reply.text and 'value="ana"' in reply.text


def test_a_segment_lists_its_people_in_pages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from server.web.marketing import segments

    monkeypatch.setattr(segments, "PEOPLE", 1)
    segment_id = add(desk, {"all": []})
    first = desk.browser.get(f"/segments/{segment_id}/people").text
    second = desk.browser.get(re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")).text
    ana, grace = (desk.world.people[name]["email"] for name in ("ana", "grace"))
    assert ({ana, grace} & set(re.findall(r"\S+@\S+?(?=<)", first))) ^ (
        {ana, grace} & set(re.findall(r"\S+@\S+?(?=<)", second))
    ) == {ana, grace}
    assert 'rel="next"' not in second


def test_a_segment_of_a_campaign_is_archived_but_not_deleted(desk: Desk) -> None:
    segment_id = add(desk, ANA)
    plan = Plan("welcome", {"segment": segment_id}, time_zone="UTC")
    campaign = desk.world.store.write(lambda tx: plans.add(tx, plan, LUCIA, desk.world.now))
    assert "se usa en el envío" in desk.post(f"/segments/{segment_id}/delete").text
    assert "El segmento está archivado" in desk.post(f"/segments/{segment_id}/archive", archived="1").text
    assert "Clientes de Bogotá" not in desk.browser.get("/segments").text
    assert "Clientes de Bogotá" in desk.browser.get("/segments?archived=1").text
    assert "El segmento «Clientes de Bogotá»" in desk.browser.get(f"/campaigns/{campaign}/plan").text
    desk.world.store.write(lambda tx: tx.campaigns.remove(id=campaign))
    assert "se eliminó" in desk.post(f"/segments/{segment_id}/delete").text
    assert desk.browser.get(f"/segments/{segment_id}").status_code == 404


def test_sales_see_who_belongs_to_it_and_no_form(desk: Desk) -> None:
    desk.world.store.write(lambda tx: tags.change(tx, desk.world.people["ana"]["id"], "vip", LUCIA, desk.world.now))
    segment_id = add(desk, {"all": [{"is": "tag", "tag": "vip"}]})
    browser = desk.world.member("sales")
    text = browser.get(f"/segments/{segment_id}").text
    assert desk.world.people["ana"]["email"] in text and "data-segment" not in text and "/delete" not in text


def test_a_campaign_offers_the_segments(desk: Desk) -> None:
    segment_id = add(desk, ANA)
    text = desk.browser.get("/campaigns/new?people=" + quote(json.dumps({"segment": segment_id}))).text
    assert re.search(rf'segment&#34;: &#34;{segment_id}&#34;}}" selected>El segmento «Clientes de Bogotá»', text)
