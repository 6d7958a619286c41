"""A marketer makes emails in the browser, publishes, files and restores them; nobody needs a terminal."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from builder import catalog
from server import shipped
from server.emails import drafts, homes, starters
from server.emails.refusals import Refused
from tests.server.web.marketing.desk import LUCIA, Desk, sit_down
from tests.server.world import ROOT, World


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    return sit_down(world, tmp_path / "emails")


def sent_files(desk: Desk, name: str) -> dict[str, str]:
    with desk.world.store.read() as tx:
        return homes.find(tx, desk.world.settings, name)


def save(desk: Desk, name: str, base: int, add: str) -> int:
    files = desk.files(name, base)
    files[f"{name}/body.mjml"] += add
    return desk.world.store.write(lambda tx: drafts.save(tx, name, base, files, LUCIA, desk.world.now))


def test_every_starter_is_in_the_gallery_under_a_name_for_people() -> None:
    names = [name for group in starters.GROUPS.values() for name in group]
    assert sorted(names) == catalog.names(shipped.path(starters.FOLDER))


def test_the_gallery_has_a_picture_of_each_starter(desk: Desk) -> None:
    page = desk.browser.get("/emails/-/new").text
    assert re.findall(r"<h2[^>]*>(\w+)", page) == ["Preguntar", "Invitar", "Informar", "Confirmar"]
    pictures = re.findall(r'<iframe src="([^"]+)"', page)
    assert len(pictures) == len(catalog.names(ROOT / "templates/emails"))
    picture = desk.browser.get(pictures[0])
    assert "¿Qué te gustaría resolver primero?" in picture.text
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    assert desk.browser.get("/emails/-/new/nothing/picture").status_code == 404


def test_a_starter_becomes_a_draft_named_after_its_title(desk: Desk) -> None:
    assert [desk.make("Diagnóstico de mayo", folder="Ventas") for _ in range(3)] == [
        "diagnostico-de-mayo",
        "diagnostico-de-mayo-2",
        "diagnostico-de-mayo-3",
    ]
    row = desk.row("diagnostico-de-mayo-2")
    assert (row["title_es"], row["folder"], row["published"], row["by_whom"]) == (
        "Diagnóstico de mayo",
        "Ventas",
        None,
        LUCIA,
    )
    page = desk.browser.get("/emails/diagnostico-de-mayo").text
    assert "Borrador" in page and "Ana, ¿qué te frena hoy?" in page and "lucia@example.com creó el correo" in page
    with pytest.raises(Refused, match="never published"):
        sent_files(desk, "diagnostico-de-mayo")


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"title": " "}, "Ponle un título"),
        ({"title": "x", "name": "welcome"}, "Ya hay un correo «welcome»"),
        ({"title": "x", "name": "No vale"}, "no puede ser el nombre"),
        ({"title": "x", "folder": "y" * 61}, "como máximo 60 caracteres"),
    ],
)
def test_what_cannot_be_made_is_said_in_the_form_which_keeps_what_was_typed(
    desk: Desk, form: dict[str, str], said: str
) -> None:
    page = desk.post("/emails/-/new/diagnosis", **form)
    assert page.status_code == 422
    assert said in page.text
    assert all(f'value="{typed}"' in page.text for typed in form.values())


def test_a_starter_that_keeps_its_title_has_it_in_both_languages(desk: Desk) -> None:
    kept, own = (
        desk.make("Agendar una reunión", starter="meeting-booking"),
        desk.make("Junio", starter="meeting-booking"),
    )
    assert [desk.row(name)["title_en"] for name in (kept, own)] == ["Book a meeting", "Junio"]


def test_a_title_without_letters_that_we_write_still_gets_a_name(desk: Desk) -> None:
    assert desk.make("你好") == "email"
    assert desk.make("Ñandú & Cía. " * 9) == ("nandu-cia-" * 9)[:64].rstrip("-")


def test_what_is_published_is_sent_and_later_changes_are_not(desk: Desk) -> None:
    name = desk.make()
    page = desk.post(f"/emails/{name}/publish", revision="1")
    assert "desde ahora se envía la revisión 1" in page.text
    first = sent_files(desk, name)
    save(desk, name, 1, "<!-- later -->")
    assert sent_files(desk, name) == first
    assert "Se envía la revisión 1." in desk.browser.get(f"/emails/{name}").text
    assert "Publicado, con cambios" in desk.browser.get("/emails").text


def test_an_email_with_errors_is_not_published_and_says_why(desk: Desk) -> None:
    name = desk.make()
    save(desk, name, 1, "<mj-colum>")
    assert "corrijas su" in desk.browser.get(f"/emails/{name}").text
    page = desk.post(f"/emails/{name}/publish", revision="2")
    assert "No se publicó: tiene" in page.text and 'role="alert"' in page.text
    assert desk.row(name)["published"] is None


def test_an_earlier_revision_can_be_looked_at_and_put_back(desk: Desk) -> None:
    name = desk.make()
    save(desk, name, 1, "<mj-colum>")
    page = desk.browser.get(f"/emails/{name}?revision=1").text
    assert "Estás viendo la revisión 1" in page and "<iframe" in page
    frame = re.search(r'<iframe[^>]* src="([^"]+)"', page)
    assert "revision=1" in frame[1]
    assert desk.browser.get(frame[1].replace("&amp;", "&")).status_code == 200
    page = desk.post(f"/emails/{name}/restore", revision="1").text
    assert "Se restauró la revisión 1, como revisión 3." in page
    assert desk.files(name, 3) == desk.files(name, 1)
    assert desk.browser.get(f"/emails/{name}?revision=9").status_code == 404
    assert desk.post(f"/emails/{name}/restore", revision="9").status_code == 404


def test_an_email_of_a_folder_is_copied_and_stays_as_it_is(desk: Desk) -> None:
    page = desk.browser.get("/emails/welcome").text
    assert "se edita allí, con git" in page and "Historial" not in page
    copied = desk.post("/emails/welcome/copy")
    assert copied.request.path == "/emails/welcome-2" and "Copia de Welcome" in copied.text
    assert catalog.parse("welcome-2", desk.files("welcome-2", 1)).name == "welcome-2"
    for act in ("describe", "publish", "state", "restore"):
        assert desk.post(f"/emails/welcome/{act}", state="trashed", revision="1", title_es="x").status_code == 404


def test_an_email_is_archived_and_put_back(desk: Desk) -> None:
    name = desk.make()
    desk.post(f"/emails/{name}/publish", revision="1")
    assert "Ya no se envía" in desk.post(f"/emails/{name}/state", state="trashed").text
    assert name not in desk.browser.get("/emails").text
    assert name in desk.browser.get("/emails?state=trashed").text
    with pytest.raises(Refused, match="in the trash"):
        sent_files(desk, name)
    assert "de nuevo en la lista" in desk.post(f"/emails/{name}/state", state="active").text
    assert sent_files(desk, name)
    assert desk.post(f"/emails/{name}/state", state="burnt").status_code == 400


def test_the_list_is_searched_without_accents_and_filtered_by_folder(desk: Desk) -> None:
    desk.make("Diagnóstico de mayo", folder="Ventas")
    desk.make("Invitación", folder="Eventos", starter="event-rsvp")

    def found(query: str) -> set[str]:
        return set(re.findall(r'href="/emails/([a-z][a-z-]*)"', desk.browser.get(f"/emails?{query}").text))

    assert found("") == {"diagnostico-de-mayo", "invitacion", "welcome"}
    assert found("q=DIAGNOSTICO") == {"diagnostico-de-mayo"}
    assert found("q=welc") == {"welcome"}
    assert found("folder=Eventos") == {"invitacion"}
    assert found("q=nothing") == set() and "Ningún correo coincide" in desk.browser.get("/emails?q=nothing").text


def test_an_email_of_a_folder_is_found_and_copied_by_the_title_it_has_in_the_list(world: World, tmp_path: Path) -> None:
    """The list shows a starter by its title, so a search for that title finds it, in either language, and a copy bears it."""
    folder = tmp_path / "emails"
    desk = sit_down(world, folder)
    shutil.copytree(ROOT / "templates/emails/diagnosis", folder / "diagnosis")
    for query in ("comercial", "Diagnóstico", "sales", "diagnosis"):
        assert 'href="/emails/diagnosis"' in desk.browser.get(f"/emails?q={query}").text, query
    desk.post("/emails/diagnosis/copy")
    assert desk.row("diagnosis-2")["title_es"] == "Copia de Diagnóstico comercial"


def test_title_and_folder_can_be_changed_and_have_their_bounds(desk: Desk) -> None:
    name = desk.make()
    form = {"title_es": "Junio", "title_en": "June", "folder": "Otra"}
    assert "se guardaron" in desk.post(f"/emails/{name}/describe", **form).text
    assert "<h1>Junio</h1>" in desk.browser.get(f"/emails/{name}").text
    assert 'role="alert"' in desk.post(f"/emails/{name}/describe", title_es="x" * 121).text
    assert desk.row(name)["title_es"] == "Junio"


def test_a_name_in_both_homes_says_so(desk: Desk) -> None:
    name = desk.make()
    folder = Path(desk.world.settings.templates_dir)
    (folder / "welcome").rename(folder / name)
    assert "Hay dos correos" in desk.browser.get(f"/emails/{name}").text


def test_a_refusal_to_publish_is_in_the_language_of_the_reader(desk: Desk) -> None:
    """An email that books in a calendar that nobody made is refused before it is published, and not when it is sent."""
    name = desk.make("Reserva tu cita", starter="meeting-booking")
    page = desk.post(f"/emails/{name}/publish", revision="1").text
    assert "reserva en el calendario «first-meeting», que no existe" in page
    assert desk.row(name)["published"] is None


def test_the_brief_of_a_starter_is_written_in_the_language_of_who_takes_it(desk: Desk) -> None:
    desk.make("Diagnóstico de junio")
    page = desk.browser.get("/emails/diagnostico-de-junio").text
    assert "Quien quiere hablar queda como tarea de ventas el mismo día hábil" in page
    assert "Quien quiere hablar queda como tarea" in desk.browser.get("/emails/diagnostico-de-junio/edit").text
