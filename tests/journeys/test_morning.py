"""The morning of somebody in sales on a phone, counted in taps and scrolled pixels."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, StorageState, expect

from tests.journeys import database as databases
from tests.journeys.conftest import PHONE, Browse
from tests.journeys.site import Site
from tests.journeys.thumb import Thumb
from tests.journeys.town import link_to, press
from tests.people import ANA, GRACE, LUCIA

PEOPLE = (ANA, GRACE, LUCIA)
MOST_TAPS, MOST_PIXELS = (
    12,
    600,
)  # 24 taps and 6,962 pixels while leads, tasks, bookings and numbers were on pages of their own
SCREEN = {**PHONE, "viewport": {"width": 390, "height": 844}}


def prepare(site: Site, page: Page) -> None:
    """Three people with a telephone said yes, and are hot."""
    site.import_contacts(*PEOPLE)
    for place, person in enumerate(PEOPLE):
        mail = site.send("diagnosis", person)
        for value in ("crm", "this_month", "yes"):
            press(page.request, link_to(mail, value), "pointer")
        number = f"UPDATE contacts SET phone = '+57300123456{place}' WHERE email = '{person.email}'"
        databases.run(site.environ["ACTO_DATABASE"], number)


@pytest.mark.parametrize("running", ["sqlite"], indirect=True)
def test_the_morning_takes_half_of_the_taps_and_pixels(site: Site, browse: Browse, session: StorageState) -> None:
    prepare(site, browse())
    page = browse(**SCREEN, storage_state=session)
    page.goto("/")
    thumb = Thumb(page)
    for person in PEOPLE:
        row = page.locator(".list.today li", has_text=person.name)
        thumb.look(row.locator(".headline").first)
        thumb.look(row.locator("a[href^='tel:']"))
    first = page.locator(".list.today li", has_text=ANA.name)
    thumb.tap(first.get_by_role("button", name=f"Tomarlo: {ANA.name}"))
    said(page, "Tomaste el lead.")
    thumb.tap(first.locator("a.person-link"))
    bar = page.locator("#bar")
    place = page.evaluate("scrollY")
    thumb.tap(bar.get_by_role("button", name="Nota"))
    thumb.write(page.locator("#note textarea"), "Decide en marzo")
    thumb.tap(page.get_by_role("button", name="Agregar la nota"))
    said(page, "Nota guardada.")
    assert page.evaluate("scrollY") == place, "the page stays where it was"
    thumb.write(page.locator("input[name=step]"), "Enviar la oferta")
    thumb.tap(page.get_by_role("button", name="Guardar el paso"))
    said(page, "Próximo paso guardado")
    thumb.tap(bar.get_by_role("button", name="Más"))
    thumb.tap(page.locator("#later button[name=until]").nth(1))
    said(page, "Aplazado hasta")
    thumb.tap(bar.get_by_role("button", name="Ganado"))
    thumb.write(page.locator("#end input[name=reason]"), "Firmó por un año")
    thumb.tap(page.locator("#end").get_by_role("button", name="Ganado"))
    said(page, "¡Ganado!")
    expect(page.locator("h1 .badge")).to_have_text("Ganado")
    print(f"{thumb.taps} taps, {thumb.pixels} pixels")
    assert thumb.taps <= MOST_TAPS
    assert thumb.pixels <= MOST_PIXELS


def said(page: Page, words: str) -> None:
    """The words over the page, without scrolling."""
    expect(page.locator("#toast")).to_contain_text(words)
    expect(page.locator("#toast")).to_be_in_viewport()
