"""A marketer looks at an email in every way, with the keyboard, and with scripts switched off."""

import pytest
from playwright.sync_api import Page, StorageState, expect

from tests.journeys.conftest import PHONE, Browse

pytestmark = pytest.mark.parametrize("running", ["sqlite"], indirect=True)  # no preview knows its database


@pytest.fixture
def marketer(browse: Browse, session: StorageState) -> Page:
    return browse(storage_state=session, java_script_enabled=False)


def test_every_view_is_a_link_and_keeps_the_others(marketer: Page) -> None:
    marketer.goto("/emails")
    marketer.get_by_role("link", name="Diagnóstico comercial").click()
    for link in ("AMP", "English", "Teléfono", "Oscuro"):
        marketer.get_by_role("link", name=link).first.click()
    asked = marketer.url.partition("?")[2].split("&")
    assert set(asked) == {"format=amp", "language=en", "width=phone", "scheme=dark"}
    frame = marketer.frame_locator("iframe.mail-frame")
    expect(frame.get_by_role("heading", name="What would you like to fix first?")).to_be_visible()
    assert marketer.locator("iframe.mail-frame").bounding_box()["width"] == 375


def test_the_keyboard_reaches_every_view(marketer: Page) -> None:
    marketer.goto("/emails/diagnosis")
    marketer.get_by_role("link", name="HTML").focus()
    for _ in range(2):
        marketer.keyboard.press("Tab")
    marketer.keyboard.press("Enter")
    expect(marketer.get_by_role("heading", name="AMP", level=2)).to_be_visible()
    expect(marketer.get_by_role("navigation", name="Formatos").locator("[aria-current]")).to_contain_text("AMP")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_kinetic_moves_in_the_preview_without_a_script(marketer: Page, scheme: str) -> None:
    marketer.goto(f"/emails/product-explorer?format=kinetic&scheme={scheme}")
    mail = marketer.frame_locator("iframe.mail-frame")
    told = mail.locator(".ac-shows").get_by_text("Taller, hasta 3 personas")
    expect(told).to_be_hidden()
    mail.get_by_text("Qué cuesta", exact=True).last.click()
    expect(told).to_be_visible()
    mail.get_by_text("Cómo se empieza", exact=True).last.click()
    expect(told).to_be_hidden()


def test_on_a_phone_the_desktop_is_shown_small_and_whole(browse: Browse, session: StorageState) -> None:
    phone = browse(**PHONE, storage_state=session)
    phone.goto("/emails/diagnosis")
    frame, window = phone.locator("iframe.mail-frame"), phone.locator(".window")
    assert abs(frame.bounding_box()["width"] - window.bounding_box()["width"]) < 1
    assert frame.evaluate("frame => frame.clientWidth") > 600
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
