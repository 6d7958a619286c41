"""A marketer writes an email in the browser, in Spanish, from a starter to what is sent; a colleague writes at the same time."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Dialog, Page, StorageState, expect

from tests.journeys.conftest import PHONE, Browse
from tests.journeys.site import Site
from tests.people import ANA

EDIT = re.compile(r"/emails/diagnostico-de-mayo/edit$")
BODY = "[id='file/diagnostico-de-mayo/body.mjml']"
ENGLISH = "[id='file/diagnostico-de-mayo/body.en.mjml']"
ASKED = "¿Qué te gustaría resolver primero?"


def make(page: Page, title: str = "Diagnóstico de mayo") -> None:
    """A draft from the gallery; ends in its editor."""
    page.goto("/emails")
    page.get_by_role("link", name="Nuevo correo").first.click()
    page.get_by_role("link", name="Diagnóstico comercial").click()
    page.get_by_label("Título", exact=False).first.fill(title)
    page.get_by_role("button", name="Crear el borrador").click()
    page.wait_for_url("**/edit", wait_until="load")  # its script is there by then


def write(page: Page, old: str, new: str) -> None:
    """Replace a word as somebody does who types."""
    area = page.locator(BODY)
    area.evaluate(
        "(area, old) => { const at = area.value.indexOf(old); area.focus(); area.setSelectionRange(at, at + old.length) }",
        old,
    )
    page.keyboard.insert_text(new)


def test_a_marketer_makes_an_email_and_what_is_published_arrives(site: Site, desk: Page) -> None:
    make(desk)
    expect(desk).to_have_url(EDIT)
    frame = desk.locator("iframe.mail-frame").last.content_frame
    expect(frame.get_by_text(ASKED)).to_be_visible()
    write(desk, ASKED, "¿Por dónde empezamos?")
    expect(desk.locator(".saved")).to_have_text("Cambios sin guardar")
    expect(frame.get_by_text("¿Por dónde empezamos?")).to_be_visible()
    desk.keyboard.press("Control+s")
    expect(desk.locator(".saved")).to_contain_text("revisión 2")
    desk.get_by_role("link", name="Diagnóstico de mayo").click()
    desk.get_by_role("button", name="Publicar").click()
    expect(desk.get_by_role("status")).to_contain_text("Publicado")
    site.import_contacts(ANA)
    assert "¿Por dónde empezamos?" in site.send("diagnostico-de-mayo", ANA).html


@pytest.mark.parametrize("running", ["sqlite"], indirect=True)  # no page knows its database
def test_a_broken_text_keeps_the_picture_and_leads_to_the_line(site: Site, desk: Page) -> None:
    make(desk)
    desk.locator(BODY).evaluate("area => { area.focus(); area.setSelectionRange(0, 0) }")
    desk.keyboard.insert_text("<mj-colum>\n")
    expect(desk.locator(".stale")).to_have_text("La imagen muestra el último texto sin errores.")
    expect(desk.locator("iframe.mail-frame").last.content_frame.get_by_text(ASKED)).to_be_visible()
    desk.locator(".checked a[data-line='1']").first.click()
    line = desk.locator(BODY).evaluate("area => area.value.slice(0, area.selectionStart).split('\\n').length")
    assert line == 1 and desk.locator(BODY).evaluate("area => area === document.activeElement")


@pytest.mark.parametrize("running", ["sqlite"], indirect=True)  # no page knows its database
def test_who_leaves_with_unsaved_changes_is_asked(site: Site, desk: Page) -> None:
    make(desk)
    write(desk, ASKED, "¿Y?")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    desk.on("dialog", stay)
    desk.get_by_role("link", name="Correos", exact=True).first.click(no_wait_after=True)
    desk.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    expect(desk).to_have_url(EDIT)


@pytest.mark.parametrize("running", ["sqlite"], indirect=True)  # no page knows its database
def test_tab_indents_and_escape_lets_it_leave(site: Site, desk: Page) -> None:
    make(desk)
    area = desk.locator(BODY)
    area.evaluate("area => { area.focus(); area.setSelectionRange(0, 0) }")
    desk.keyboard.press("Tab")
    assert area.input_value().startswith("  ")
    desk.keyboard.press("Escape")
    desk.keyboard.press("Tab")
    assert not area.evaluate("area => area === document.activeElement")


def test_a_second_writer_gets_both_versions(site: Site, desk: Page, browse: Browse, session: StorageState) -> None:
    make(desk)
    other = browse(storage_state=session)
    other.goto(desk.url)
    write(desk, ASKED, "¿Por dónde empezamos?")
    desk.keyboard.press("Control+s")
    expect(desk.locator(".saved")).to_contain_text("revisión 2")
    write(other, "¿Para cuándo lo querrías resuelto?", "¿Para cuándo?")
    other.keyboard.press("Control+s")
    expect(other.get_by_role("heading", level=1)).to_contain_text("guardó antes que tú")
    other.get_by_role("button", name="Guardar sobre la revisión 2").click()
    expect(other.locator(".saved")).to_contain_text("revisión 3")
    text = other.locator(BODY).input_value()
    assert "¿Por dónde empezamos?" in text and "¿Para cuándo?" in text


@pytest.mark.parametrize("running", ["sqlite"], indirect=True)  # no page knows its database
def test_a_body_of_its_own_and_the_person_of_the_preview_keep_what_is_typed(site: Site, desk: Page) -> None:
    make(desk)
    desk.locator("select[name=person]").select_option("no-name")
    expect(desk.locator(".inbox-row").last).to_contain_text("¿Qué te frena hoy?")
    write(desk, ASKED, "¿Por dónde empezamos?")
    desk.get_by_text("Usar un solo contenido").click()
    desk.get_by_role("button", name="Quitar el contenido en inglés").click()
    expect(desk.locator(ENGLISH)).to_have_count(0)
    expect(desk.locator(".saved")).to_have_text("Cambios sin guardar")
    desk.get_by_role("button", name="Un contenido propio en inglés").click()
    expect(desk.locator(ENGLISH)).to_be_focused()
    assert "¿Por dónde empezamos?" in desk.locator(ENGLISH).input_value()
    desk.keyboard.press("Tab")
    assert desk.locator(ENGLISH).evaluate("area => area === document.activeElement"), "a new field indents too"
    desk.get_by_label("O el correo de un contacto").fill("nobody@example.com")
    desk.keyboard.press("Enter")
    expect(desk.locator(".beside .flash.warning")).to_contain_text("Ningún contacto tiene")
    expect(desk.locator(".saved")).to_have_text("Cambios sin guardar")
    desk.keyboard.press("Control+s")
    expect(desk.locator(".saved")).to_contain_text("revisión 2")


@pytest.mark.parametrize("running", ["sqlite"], indirect=True)
def test_without_a_script_the_buttons_do_the_same(site: Site, browse: Browse, session: StorageState) -> None:
    page = browse(storage_state=session, java_script_enabled=False)
    make(page)
    area = page.locator(BODY)
    area.fill(area.input_value().replace(ASKED, "¿Por dónde empezamos?"))
    page.get_by_label("Oscuro").check(force=True)
    page.get_by_role("button", name="Vista previa").click()
    expect(page.locator(".saved")).to_have_text("Cambios sin guardar")
    expect(page.locator(".stage.dark")).to_be_visible()
    expect(page.locator("iframe.mail-frame").last.content_frame.get_by_text("¿Por dónde empezamos?")).to_be_visible()
    page.get_by_role("button", name="Guardar", exact=True).last.click()
    expect(page.locator(".saved")).to_contain_text("revisión 2")


@pytest.mark.parametrize("running", ["sqlite"], indirect=True)
def test_no_page_scrolls_sideways_on_a_phone(site: Site, browse: Browse, session: StorageState) -> None:
    phone = browse(**{**PHONE, "viewport": {"width": 390, "height": 844}}, storage_state=session)
    make(phone)
    pages = ("/emails", "/emails/-/new", "/emails/-/new/diagnosis", "/emails/diagnostico-de-mayo", phone.url)
    for path in pages:
        phone.goto(path)
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
