"""A marketer sends to everybody in the browser, stops, goes on, and writes again to those who did not answer."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys import town
from tests.journeys.site import Site
from tests.people import ANA, GRACE


def test_a_first_campaign_from_the_empty_list_to_the_second_mail(site: Site, desk: Page) -> None:
    """Two people get it, one answers, and the other is asked again with another subject."""
    site.import_contacts(ANA, GRACE)
    desk.goto("/campaigns")
    desk.get_by_role("link", name="Nuevo envío").first.click()
    desk.get_by_label("Enviar este correo").select_option("diagnosis")
    desk.get_by_label("a estas personas").select_option(label="Todos los contactos")
    desk.get_by_role("button", name="Continuar").click()
    expect(desk.locator(".forecast .numbers dd").first).to_have_text("2")
    desk.get_by_role("button", name="Enviar ahora").click()
    expect(desk.get_by_role("button", name="Deshacer el envío")).to_be_visible()
    desk.get_by_role("button", name="Deshacer el envío").click()
    expect(desk.get_by_role("status")).to_contain_text("No se envió nada")
    desk.get_by_role("button", name="Enviar ahora").click()
    expect(desk.get_by_text("2 de 2 enviados")).to_be_visible(timeout=20_000)
    mail = next(iter(site.mails(ANA)))
    town.press(desk.request, town.link_to(mail, "crm"), "pointer")
    desk.reload()
    expect(desk.get_by_role("heading", name=re.compile("1 persona lo recibió"))).to_be_visible()
    desk.get_by_role("button", name="Enviar otra vez con otro asunto").click()
    desk.get_by_label("Asunto en español").fill("¿Todavía a tiempo, Grace?")
    desk.get_by_label("Asunto en inglés").fill("Still in time?")
    desk.get_by_role("button", name="Guardar").click()
    expect(desk.locator(".forecast .numbers dd").first).to_have_text("1")
    desk.get_by_role("button", name="Enviar ahora").click()
    expect(desk.get_by_text("1 de 1 enviados")).to_be_visible(timeout=20_000)
