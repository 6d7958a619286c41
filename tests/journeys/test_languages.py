"""Everybody reads their own language, on a phone and at a desk: people that of their email, staff that of their choice."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, PHONE, Browse
from tests.journeys.pages import read, speak, tap_in_mail
from tests.journeys.site import Site
from tests.people import ANA, GRACE

pytestmark = pytest.mark.parametrize("running", ["sqlite"], indirect=True)  # no page knows its database
SIZES = {"phone": PHONE, "desktop": DESKTOP}
SPANISH = re.compile(r"\b(Gracias|respuesta|correo|Cambiar|equipo|baja)\b", re.I)
ENGLISH = re.compile(r"\b(Thank|answer|email|Change|team|Unsubscribe)\b", re.I)


@pytest.mark.parametrize("size", SIZES)
def test_an_english_contact_reads_english_from_the_mail_to_the_thanks_whatever_the_browser_speaks(
    site: Site, browse: Browse, size: str
) -> None:
    site.import_contacts(GRACE)
    mail = site.send("diagnosis", GRACE)
    assert mail.subject == "Grace, what slows you down today?"
    visitor = browse(**SIZES[size], locale="es-CO")
    read(visitor, mail)
    _fits(visitor)
    page = tap_in_mail(visitor, "Yes, let’s talk")
    _speaks(page, "en", SPANISH)
    page.get_by_role("button", name="Yes, let’s talk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved. Thank you.")
    _speaks(page, "en", SPANISH)
    page.get_by_role("link", name="Unsubscribe").click()
    _speaks(page, "en", SPANISH)


@pytest.mark.parametrize("size", SIZES)
def test_a_spanish_contact_reads_spanish_from_the_mail_to_the_thanks_whatever_the_browser_speaks(
    site: Site, browse: Browse, size: str
) -> None:
    site.import_contacts(ANA)
    mail = site.send("diagnosis", ANA)
    assert mail.subject == "Ana, ¿qué te frena hoy?"
    visitor = browse(**SIZES[size], locale="en-GB")
    read(visitor, mail)
    _fits(visitor)
    page = tap_in_mail(visitor, "Este mes")
    _speaks(page, "es", ENGLISH)
    page.get_by_role("button", name="Este mes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Guardado. ¡Gracias!")
    _speaks(page, "es", ENGLISH)
    page.get_by_role("link", name="Darme de baja").click()
    _speaks(page, "es", ENGLISH)


def test_staff_chooses_the_language_and_it_stays(site: Site, desk: Page) -> None:
    desk.goto("/leads")
    speak(desk, "English")
    expect(desk.get_by_role("heading", name="No leads yet")).to_be_visible()
    desk.goto("/outbox")
    _speaks(desk, "en", SPANISH)
    speak(desk, "Español")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Bandeja de salida")
    _speaks(desk, "es", ENGLISH)


def _speaks(page: Page, language: str, foreign: re.Pattern[str]) -> None:
    """This language and not the other; and the page fits its screen."""
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert not foreign.search(page.locator("body").inner_text())
    _fits(page)


def _fits(page: Page) -> None:
    """Nothing has to be scrolled sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
