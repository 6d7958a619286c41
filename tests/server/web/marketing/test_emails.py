"""The emails room: what a marketer sees of an email in each format, and what it says about why."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from builder import lint
from builder.eligibility import FORMATS
from server import store as stores
from server.web import create_app
from server.web.marketing import email_looks, emails
from tests.server import world as worlds
from tests.server.world import ROOT, World

BROKEN = "<mjml><mj-body><mj-section><mj-colum /></mj-section></mj-body></mjml>"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A signed-in browser; no page here knows its database, and none writes. Three emails are not as they should be."""
    folder = tmp_path_factory.mktemp("room")
    shutil.copytree(ROOT / "templates/emails", folder / "emails")
    shutil.copytree(ROOT / "templates/emails/diagnosis", folder / "emails/broken")
    (folder / "emails/broken/body.mjml").write_text(BROKEN, encoding="utf-8")
    shutil.copytree(ROOT / "templates/emails/diagnosis", folder / "emails/nowhere")
    toml = folder / "emails/nowhere/email.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8").replace('stream = "marketing"', 'stream = "pigeons"'), encoding="utf-8"
    )
    (folder / "emails/unreadable").mkdir()
    (folder / "emails/unreadable/email.toml").write_text("class = ", encoding="utf-8")
    database, now = str(folder / "acto.db"), time.time_ns() // 1_000_000
    with stores.open(database) as store:
        store.migrate()
    made = worlds.make(database, folder, now, ACTO_TEMPLATES_DIR=str(folder / "emails"))
    yield made.admin()
    made.close()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # no email is looked up in a database
def test_the_first_to_open_the_list_waits_for_no_lint(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    email_looks._kept.cache_clear()
    world.app = create_app(world.settings, world.store)
    looking = emails.get_ready(world.app)
    world.visitor().get("/sign-in")
    assert looking.ident is None, "whoever only answers costs no look"
    desk = world.admin()
    desk.get("/leads")
    looking.join()
    monkeypatch.setattr(lint, "check", lambda name, files: pytest.fail(f"{name} is looked at while somebody waits"))
    assert "order-delivered" in desk.get("/emails").text


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_is_a_view_that_says_whether_it_is_sent(desk: FlaskClient, format_: str) -> None:
    page = desk.get("/emails/order-delivered", query_string={"format": format_}).text
    formats = re.search(r'<nav class="formats".*?</nav>', page, re.DOTALL)
    assert formats
    assert len(re.findall("<a ", formats[0])) == len(FORMATS)
    assert len(re.findall("aria-current", formats[0])) == 1
    assert re.search(r"Se envía\.|Aún no se envía:|No se envía:", page)


def test_what_waits_for_a_registration_is_shown_before_and_says_what_it_waits_for(desk: FlaskClient) -> None:
    page = desk.get("/emails/order-delivered?format=amp").text
    assert "Aún no se envía:" in page
    assert "un administrador lo registra en Gmail y Yahoo" in page
    frame = desk.get("/emails/order-delivered/amp")
    assert "ac-question" in frame.text
    assert "sandbox" in frame.headers["Content-Security-Policy"]


def test_what_the_email_itself_rules_out_is_not_blamed_on_its_sender(desk: FlaskClient) -> None:
    page = desk.get("/emails/password-reset?format=amp").text
    assert "no tiene ninguna pregunta que este formato pueda hacer" in page
    assert "amp_registered" not in page and "base_url" not in page


SEEN = {
    ("order-delivered", "gmail"): 'class="pill"',
    ("order-delivered", "card"): 'class="adaptive"',
    ("order-delivered", "mailto"): "@answers.example",
    ("order-delivered", "text"): "encabezado de nivel 1",
    ("event-rsvp", "calendar"): "BEGIN:VCALENDAR",
    ("product-explorer", "kinetic"): "/emails/product-explorer/kinetic",
    ("diagnosis", "card"): "los proveedores lo prohíben en correo promocional a muchas personas",
    ("password-reset", "card"): "No hay nada que mostrar",
}


@pytest.mark.parametrize(("name", "format_"), SEEN)
def test_each_format_looks_like_what_it_is(desk: FlaskClient, name: str, format_: str) -> None:
    assert SEEN[name, format_] in desk.get(f"/emails/{name}?format={format_}").text


def test_a_frame_shows_only_what_the_email_can_be(desk: FlaskClient) -> None:
    assert desk.get("/emails/password-reset/html").status_code == 200
    for part in ("amp", "kinetic", "card", "source"):
        assert desk.get(f"/emails/password-reset/{part}").status_code == 404


def test_the_frame_has_the_language_and_the_scheme_of_the_page(desk: FlaskClient) -> None:
    page = desk.get("/emails/diagnosis?language=en&scheme=dark&width=phone").text
    source = re.search(r'<iframe[^>]* src="([^"]+)"', page)
    assert source
    frame = desk.get(source[1].replace("&amp;", "&")).text
    assert "What would you like to fix first?" in frame
    assert "prefers-color-scheme" not in frame
    assert ":root{color-scheme:dark}" in frame


def test_html_is_shown_without_what_is_kinetic_and_kinetic_with_it(desk: FlaskClient) -> None:
    assert "ac-gate" not in desk.get("/emails/product-explorer/html").text
    assert "ac-gate" in desk.get("/emails/product-explorer/kinetic").text


def test_a_question_with_a_condition_is_seen_asked_and_not_asked(desk: FlaskClient) -> None:
    page = desk.get("/emails/nps-after-service").text
    assert "Se pregunta solo si «¿Nos recomendarías a alguien de confianza?» es 6 o menos." in page
    link = re.search(r'href="([^"]*known=[^"]+)">Ver con la pregunta', page)
    assert link
    asked = desk.get(link[1].replace("&amp;", "&")).text
    assert "Aquí se pregunta." in asked and "Volver a la persona de la muestra" in asked
    question = "¿Qué tendríamos que haber hecho mejor?"
    frames = [re.search(r'<iframe[^>]* src="([^"]+)"', each) for each in (page, asked)]
    assert [question in desk.get(each[1].replace("&amp;", "&")).text for each in frames if each] == [False, True]


def test_the_list_says_of_each_email_what_it_is_and_how_it_goes_out(desk: FlaskClient) -> None:
    rows = {row.split('"')[0]: row for row in desk.get("/emails").text.split('href="/emails/')[1:]}
    assert "1 pregunta ·" in rows["order-confirmation"] and "Transaccional" in rows["order-confirmation"]
    assert "no pregunta nada" in rows["password-reset"] and "AMP" not in rows["password-reset"]
    assert "Ana, ¿qué te frena hoy?" in rows["diagnosis"] and 'class="mark waits">AMP' in rows["diagnosis"]
    assert "error" in rows["broken"] and 'class="mark ' not in rows["broken"]


@pytest.mark.parametrize(("name", "said"), [("broken", "unknown-tag"), ("unreadable", "email-toml")])
def test_an_email_with_errors_has_them_and_no_preview(desk: FlaskClient, name: str, said: str) -> None:
    page = desk.get(f"/emails/{name}?format=amp")
    assert page.status_code == 200
    assert said in page.text and "<iframe" not in page.text
    assert desk.get(f"/emails/{name}/html").status_code == 404


def test_an_address_that_somebody_wrote_by_hand_is_as_usual(desk: FlaskClient) -> None:
    strange = {
        "format": "x",
        "width": "<b>",
        "scheme": "y",
        "language": "fr",
        "known": ["a", ":", "need:<b>", "x:9" * 99],
    }
    page = desk.get("/emails/diagnosis", query_string=strange)
    assert page.status_code == 200
    assert "<b>" not in page.text and "Ana, ¿qué te frena hoy?" in page.text


def test_an_email_whose_stream_is_not_set_up_says_so_in_its_place(desk: FlaskClient) -> None:
    assert "there is no stream “pigeons”" in desk.get("/emails/nowhere").text
    assert "there is no stream “pigeons”" in desk.get("/emails").text
    assert desk.get("/emails/nowhere/html").status_code == 404
