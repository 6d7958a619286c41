"""A marketer describes people and watches their number while typing; the same form works without a script on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Browse
from tests.journeys.site import Site
from tests.people import ANA, GRACE, MATEO


def test_people_are_counted_while_a_segment_is_described(site: Site, desk: Page) -> None:
    site.import_contacts(ANA, MATEO, GRACE)
    desk.goto("/segments")
    desk.get_by_role("link", name="Nuevo segmento").first.click()
    said = desk.locator("#segment-sentence")
    expect(said).to_contain_text("3 personas: Todas las personas")
    desk.get_by_label("Agregar una condición").select_option(label="Idioma")
    desk.get_by_role("button", name="Agregar", exact=True).click()
    desk.locator("select[name='r.0.language']").select_option(label="español")
    expect(said).to_contain_text("2 personas: Recibe los correos en español")
    desk.get_by_label("Agregar una condición").select_option(label="Empresa")
    desk.get_by_role("button", name="Agregar", exact=True).click()
    expect(desk.locator("select[name='r.1.not']")).to_be_focused()
    desk.locator("select[name='r.1.how']").select_option(label="contiene")
    desk.locator("input[name='r.1.value']").press_sequentially("IBANEZ")
    expect(said).to_contain_text("1 persona")
    expect(desk.locator("#segment-people")).to_contain_text(MATEO.name)
    expect(desk.locator("input[name='r.1.value']")).to_be_focused()
    desk.get_by_label("Nombre del segmento").fill("Talleres")
    desk.get_by_role("button", name="Guardar").click()
    expect(desk.get_by_role("status")).to_contain_text("El segmento está guardado.")
    desk.get_by_role("link", name="Enviar a estas personas").click()
    expect(desk.locator("select[name=people]")).to_contain_text("El segmento «Talleres»")


@pytest.mark.parametrize("running", ["sqlite"], indirect=True)  # no page knows its database
def test_a_phone_without_a_script_describes_people_too(site: Site, browse: Browse, session: object) -> None:
    site.import_contacts(ANA, GRACE)
    page = browse(storage_state=session, java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.goto("/segments/-/new")
    page.locator("select[name='r.new']").select_option("language")
    page.locator(".add-part button").first.click()
    page.locator("select[name='r.0.language']").select_option("en")
    page.locator("button[value=show][data-count]").click()
    expect(page.locator("#segment-sentence")).to_contain_text("1 persona")
    page.locator("input[name=name]").fill("Inglés")
    page.locator("button[value=save]").click()
    expect(page.locator("h1")).to_have_text("Inglés")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
