"""A marketer gives the company its face: logo and colour once, an image in an email, and a recipient who sees all of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Browse
from tests.journeys.site import Site
from tests.journeys.test_writing import BODY, make
from tests.journeys.town import links
from tests.people import ANA
from tests.server.branding import drawings

LOADED = "image => image.complete && image.naturalWidth"


def chosen(page: Page, name: str, content: bytes) -> None:
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "image/png", "buffer": content})


@pytest.mark.parametrize("running", ["sqlite"], indirect=True)  # no page knows its database
def test_the_brand_and_an_image_reach_the_recipient(site: Site, desk: Page, browse: Browse) -> None:
    page = browse()
    desk.goto("/emails")
    desk.locator("#main").get_by_role("link", name="Marca", exact=True).click()
    desk.get_by_label("Nombre del remitente").fill("Norte Consultores")
    desk.get_by_label("Color", exact=False).first.fill("#7a1fa2")
    chosen(desk, "norte.png", drawings.drawn("PNG", (600, 200)))
    desk.get_by_role("button", name="Guardar la marca").click()
    expect(desk.get_by_role("status")).to_contain_text("La marca está guardada")

    desk.goto("/images")
    chosen(desk, "faro.png", drawings.drawn("PNG", (640, 240), "#225588"))
    desk.get_by_label("Qué muestra, en español").fill("Un faro al anochecer")
    desk.get_by_role("button", name="Subir", exact=True).click()
    expect(desk.get_by_role("status")).to_contain_text("640 × 240")

    make(desk)
    body = desk.locator(BODY)
    body.evaluate(
        "area => { const at = area.value.indexOf('<ac-choose'); area.focus(); area.setSelectionRange(at, at) }"
    )
    desk.locator("#images summary").click()
    desk.get_by_role("button", name="Insertar Un faro al anochecer").click()
    shown = desk.locator("iframe.mail-frame").last.content_frame.get_by_alt_text("Un faro al anochecer")
    expect(shown).to_be_visible()
    assert shown.evaluate(LOADED) == 640
    desk.get_by_role("button", name="Guardar", exact=True).click()
    desk.get_by_role("link", name="Diagnóstico de mayo").click()
    desk.get_by_role("button", name="Publicar").click()
    expect(desk.get_by_role("status")).to_contain_text("Publicado")

    site.import_contacts(ANA)
    mail = site.send("diagnostico-de-mayo", ANA)
    assert "Norte Consultores" in mail.html and "#7a1fa2" in mail.html
    page.set_content(mail.html)
    assert page.get_by_alt_text("Un faro al anochecer").evaluate(LOADED) == 640
    page.goto(next(link for link in links(mail) if "/a/" in link))
    expect(page.locator("header")).to_contain_text("Norte Consultores")
    assert page.locator("header img").evaluate(LOADED) == 600
