"""Somebody comes into the team by mail, on a phone, and finds what is theirs."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Browse
from tests.journeys.site import Site, eventually
from tests.people import LUCIA

SECRET = "tres barcos y un faro"


@pytest.mark.parametrize("running", ["sqlite"], indirect=True)
def test_lucia_is_invited_comes_in_on_her_phone_and_works_in_sales(site: Site, browse: Browse, desk: Page) -> None:
    desk.goto("/team")
    desk.get_by_role("textbox", name="Correo").fill(LUCIA.email)
    desk.get_by_role("radio", name="Ventas").check()
    desk.get_by_role("button", name="Enviar la invitación").click()
    expect(desk.get_by_role("status")).to_contain_text(LUCIA.email)
    (mail,) = eventually(lambda: site.received(LUCIA.email))
    phone = browse(**PHONE, timezone_id="America/Bogota")
    phone.goto(re.search(r'href="([^"]+/welcome/[^"]+)"', mail.html)[1])
    phone.get_by_label("Tu nombre").fill(LUCIA.name)
    phone.get_by_label("Contraseña nueva").fill(SECRET)
    phone.get_by_role("button", name="Entrar").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Hoy")
    _menus_by_keyboard(phone)
    phone.goto("/account")
    expect(phone.get_by_label("Zona horaria")).to_have_value("America/Bogota")
    phone.goto("/team")
    expect(phone.get_by_role("heading", level=1)).to_have_text("No es parte de tu rol")
    desk.goto("/team")
    row = desk.locator(".people li", has_text=LUCIA.name)
    row.get_by_text("Cambiar").first.click()
    row.get_by_role("button", name="Dar de baja").click()
    expect(desk.get_by_role("status")).to_contain_text("de baja")
    phone.goto("/leads")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Entrar")


def _menus_by_keyboard(page: Page) -> None:
    """Each opens with Enter, holds what the role may open, and closes with Escape."""
    for button, has, has_not in (("Menú", "Leads", "Envíos"), (LUCIA.name, "Tu cuenta", "Equipo")):
        page.get_by_role("button", name=button).focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name=has, exact=True)).to_be_visible()
        assert page.get_by_role("link", name=has_not, exact=True).count() == 0
        page.keyboard.press("Escape")
        expect(page.locator("header nav:popover-open")).to_have_count(0)
