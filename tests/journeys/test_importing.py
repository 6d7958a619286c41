"""A new marketer brings the contacts of another program, sees what happens, imports them, and undoes it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Browse
from tests.journeys.contacting import LIST, contact, upload
from tests.journeys.site import Site
from tests.people import ANA, MATEO


def test_a_list_is_imported_with_a_worker_that_goes_on_and_undone(site: Site, desk: Page) -> None:
    site.import_contacts(ANA, MATEO)
    desk.goto("/contacts")
    desk.get_by_role("link", name="Importar una lista").first.click()
    desk.get_by_label("O pega las direcciones").fill("nora@nueva.example")
    desk.get_by_label("Estas personas lo pidieron").check()
    desk.get_by_role("button", name="Guardar las bajas y seguir").click()
    expect(desk.get_by_role("status")).to_contain_text("1 dirección ya no recibe publicidad")
    many = "".join(f"P{at};p{at}@muchos.example;;;;;\n" for at in range(12_000))
    upload(desk, LIST + many)
    expect(desk.locator(".numbers")).to_contain_text("12.001", timeout=60_000)
    expect(desk.locator(".numbers")).to_contain_text("No reciben correo")
    desk.get_by_role("button", name="Importar").click()
    expect(desk.get_by_role("button", name="Deshacer la importación")).to_be_visible(timeout=60_000)
    contact(desk, ANA)
    expect(desk.get_by_role("link", name="+57 300 1234567").first).to_have_attribute("href", "tel:+573001234567")
    desk.go_back()
    desk.go_back()
    desk.get_by_role("button", name="Deshacer la importación").click()
    expect(desk.locator("main")).to_contain_text("La importación se deshizo", timeout=60_000)
    desk.goto("/contacts?q=muchos.example")
    expect(desk.locator("main")).to_contain_text("Ningún contacto coincide")


@pytest.mark.parametrize("running", ["sqlite"], indirect=True)  # no page knows its database
def test_a_phone_without_a_script_imports_a_list_too(site: Site, browse: Browse, session: object) -> None:
    page = browse(storage_state=session, java_script_enabled=False, viewport={"width": 390, "height": 844})
    upload(page)
    page.locator("form[action$='/start'] button").click()
    expect(page.get_by_role("button", name="Deshacer la importación")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
