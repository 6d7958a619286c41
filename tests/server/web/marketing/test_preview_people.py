"""An email is previewed for people whose fields are difficult and for any contact, and no link in it acts for a real person."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from builder import eligibility
from builder.tokens import Purpose
from server.accounts import roles
from server.web.marketing.previews import preview_people
from tests.server.web.marketing.desk import Desk, sit_down
from tests.server.world import World

NAME = "diagnostico-de-mayo"
NOBODY = "0" * 20
PURPOSES: dict[Purpose, str] = {"answer": "a", "unsubscribe": "u", "amp": "amp"}
ONE_ENGINE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # stock people are in no database


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    made = sit_down(world, tmp_path / "emails")
    made.make()
    return made


def framed(desk: Desk, page: str) -> str:
    """The picture of a page."""
    address = re.search(r'<iframe[^>]* src="([^"]+)"', page)
    assert address, page
    return desk.browser.get(html.unescape(address[1])).text


def preview(desk: Desk, **form: str) -> str:
    return desk.post(f"/emails/{NAME}/edit/preview", base="1", only="1", **form).text


@ONE_ENGINE
@pytest.mark.parametrize("key", preview_people.STOCK)
def test_each_stock_person_is_shown_in_every_format_as_it_would_be_sent(desk: Desk, key: str) -> None:
    desk.post("/emails/welcome/copy")
    fields = preview_people.STOCK[key].fields
    for format_ in eligibility.FORMATS:
        page = desk.browser.get(f"/emails/{NAME}?person={key}&format={format_}&scheme=dark&width=phone")
        assert page.status_code == 200 and "se deja sin" not in page.text
        assert re.search(rf'href="[^"]*person={key}[^"]*" aria-current', page.text) or key == "sample"
    picture = framed(desk, desk.browser.get(f"/emails/{NAME}?person={key}").text)
    named = html.escape(fields.get("first_name", "Ana"), quote=False)
    greeting = f"Hola, {named}:" if named else "Hola:"
    assert greeting in html.unescape(picture).replace(html.unescape(named), named)
    assert "Hola, :" not in picture


@ONE_ENGINE
def test_a_name_with_markup_is_text_in_every_frame(desk: Desk) -> None:
    for part in ("html", "amp"):
        picture = desk.browser.get(f"/emails/{NAME}/{part}?person=quotes")
        assert "Zoë “Kit” &lt;K&gt;" in picture.text and "<K>" not in picture.text


@ONE_ENGINE
def test_what_is_typed_is_shown_for_a_stock_person(desk: Desk) -> None:
    assert "محمد" in framed(desk, preview(desk, person="right-to-left"))
    assert "Ana, ¿qué te frena hoy?" in preview(desk, person="nobody-knows-this-one")
    body = desk.files(NAME, 1)[f"{NAME}/body.mjml"]
    bare = re.sub(r"{% if person.first_name %}Hola, .*?{% endif %}", "Hola {{ person.first_name }}:", body)
    picture = framed(desk, preview(desk, person="no-name", **{f"file/{NAME}/body.mjml": bare}))
    assert "Hola :" in picture, "a gap is seen before a recipient sees it"


def test_a_contact_brings_name_language_fields_and_answers(desk: Desk) -> None:
    world = desk.world
    world.post("grace", "need", "crm", gesture="pointer")
    grace = world.people["grace"]
    found = desk.browser.get(f"/emails/{NAME}/person?address=GRACE@example.org&scheme=dark&language=es")
    assert found.status_code == 302
    assert found.location == f"/emails/{NAME}?scheme=dark&person={grace['id']}", (
        "an address of a page holds no address of a person"
    )
    page = desk.browser.get(found.location).text
    assert "Grace, what slows you down today?" in page
    assert "How well does your sales process work today?" in framed(desk, page), "asked only of who has answered need"
    assert "How well does" not in framed(desk, desk.browser.get(f"/emails/{NAME}?language=en").text)


def test_an_unknown_address_is_said(desk: Desk) -> None:
    for typed in ("nobody@example.com", "no address", ""):
        page = desk.browser.get(f"/emails/{NAME}/person?address={typed}&width=phone", follow_redirects=True)
        assert f"Ningún contacto tiene la dirección «{typed}»." in page.text
        assert "Ana, ¿qué te frena hoy?" in page.text and page.request.args["width"] == "phone"
    assert "Ningún contacto tiene" in preview(desk, address="nobody@example.com")


def test_the_editor_shows_a_contact_by_address_in_their_language(desk: Desk) -> None:
    first = preview(desk, address="grace@example.org", language="es", shown_address="")
    assert "Grace, what slows you down today?" in first and 'data-language="en"' in first
    chosen = preview(desk, address="grace@example.org", language="es", shown_address="grace@example.org")
    assert "Grace, ¿qué te frena hoy?" in chosen


def test_an_id_that_is_nobody_s_shows_the_sample(desk: Desk) -> None:
    for key in ("x" * 20, "x" * 300, "%00", "a/b"):
        assert "Ana, ¿qué te frena hoy?" in desk.browser.get(f"/emails/{NAME}", query_string={"person": key}).text


def test_no_link_in_a_preview_acts_for_a_contact(desk: Desk) -> None:
    """Every signed address of every format is of nobody, and pressing one changes nothing about the person."""
    world, seconds = desk.world, desk.world.now // 1000
    grace = world.people["grace"]["id"]
    seen = ""
    for format_ in eligibility.FORMATS:
        seen += desk.browser.get(f"/emails/{NAME}?person={grace}&format={format_}").text
    for part in ("html", "amp"):
        seen += desk.browser.get(f"/emails/{NAME}/{part}?person={grace}").text
    seen = html.unescape(seen)
    assert "Grace" in seen
    for purpose, path in PURPOSES.items():
        tokens = set(re.findall(rf"/{path}/([\w.-]+)", seen))
        actions = [world.keyring.read(purpose, token, seconds) for token in tokens]
        assert actions and {(each.contact_id, each.message_id) for each in actions} == {(NOBODY, NOBODY)}
    replies = set(re.findall(r"r\+(\w[\w.-]*)@", seen))
    assert replies and {world.keyring.read_reply(each).message_id for each in replies} == {NOBODY}
    stranger = world.visitor()
    for path in set(re.findall(r"https?://[^/\"]+(/[au]/[\w.-]+)", html.unescape(seen))):
        stranger.post(path, data={"List-Unsubscribe": "One-Click", "value": "crm"})
    with world.store.read() as tx:
        assert tx.answers.of_contact(contact_id=grace) == []
        assert tx.suppressions.of_contact(contact_id=grace) == []


def test_who_may_see_emails_may_see_their_people_or_gets_no_choice(desk: Desk) -> None:
    assert roles.who_may("emails.read") <= roles.who_may(preview_people.MAY_READ)
    assert desk.world.member("sales").get(f"/emails/{NAME}/person?address=grace@example.org").status_code == 403
