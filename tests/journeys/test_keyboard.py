"""A person without a mouse: everything in reach of the keyboard, and always visible where one is."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Browse
from tests.journeys.pages import looked_at, read
from tests.journeys.site import ADMIN, PASSWORD, Site
from tests.people import ANA

pytestmark = pytest.mark.parametrize("running", ["sqlite"], indirect=True)  # no page knows its database
IS_SOMEWHERE = "document.activeElement !== document.body"
HAS_OUTLINE = "getComputedStyle(document.activeElement).outlineStyle !== 'none'"


def test_from_the_sign_in_to_a_lead_by_keyboard_alone(site: Site, browse: Browse) -> None:
    site.import_contacts(ANA)
    _answers_by_keyboard(browse(), site)
    desk = browse()
    desk.goto("/leads")
    expect(desk.get_by_label("Correo")).to_be_focused()
    desk.keyboard.type(ADMIN)
    desk.keyboard.press("Tab")
    desk.keyboard.type(PASSWORD)
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Leads")
    desk.keyboard.press("Tab")
    expect(desk.locator(":focus")).to_have_text("Ir al contenido")
    desk.keyboard.press("/")
    desk.keyboard.type("restrepo")
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile("q=restrepo"))
    _tab_to(desk, ANA.name)
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_contain_text(ANA.name)
    expect(desk.locator(".timeline")).to_contain_text("una persona activó un botón")


def _answers_by_keyboard(page: Page, site: Site) -> None:
    """Ana reaches the answer in the mail and the button on its page by Tab."""
    read(page, site.send("diagnosis", ANA))
    page.get_by_role("link", name="Este mes", exact=True).focus()
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    page = looked_at(opened.value)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    _tab_to(page, "Este mes")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Guardado. ¡Gracias!")


def _tab_to(page: Page, name: str) -> None:
    """Tab until something with this text has the focus; what has it shows it."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(IS_SOMEWHERE):
            assert page.evaluate(HAS_OUTLINE)
            if name in page.locator(":focus").inner_text():
                return
    raise AssertionError(f"the keyboard does not reach “{name}”")
