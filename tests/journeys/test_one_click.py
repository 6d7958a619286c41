"""The main job: an email goes out, a person answers in it with one tap, and sales reads why it matters."""

import time

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Browse
from tests.journeys.pages import evidence, lead, looked_at, read, sign_in, tap_in_mail
from tests.journeys.site import HOLD_SECONDS, Site, eventually
from tests.people import ANA, GRACE, MATEO

FOLLOW_UP = "Que ningún seguimiento se quede sin hacer"
REASON = f"Dijo «{FOLLOW_UP}» a «¿Qué te gustaría resolver primero?»"


def test_one_tap_in_an_email_is_a_lead_with_its_reason_within_a_second(site: Site, browse: Browse) -> None:
    site.import_contacts(ANA, GRACE)
    site.acto("send", "diagnosis", "--all")
    assert eventually(lambda: site.mails(ANA) and site.mails(GRACE))
    desk = browse()
    desk.goto("/inbox")
    sign_in(desk)
    expect(desk.get_by_role("listitem")).to_have_count(2)
    desk.get_by_role("link", name=ANA.email).click()
    with desk.context.expect_page() as opened:
        desk.frame_locator("iframe").get_by_role("link", name=FOLLOW_UP).click()
    page = looked_at(opened.value)
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.get_by_role("heading", level=1)).to_have_text("¿Qué te gustaría resolver primero?")
    page.get_by_role("button", name=FOLLOW_UP).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Guardado. ¡Gracias!")
    answered = time.monotonic()
    desk.goto("/leads", wait_until="domcontentloaded")
    row = desk.get_by_role("listitem")
    assert time.monotonic() - answered < 1
    assert row.count() == 1
    expect(row).to_contain_text(ANA.name)
    expect(row).to_contain_text(REASON)
    expect(row).to_contain_text("Tibio")


def test_without_scripts_an_answer_waits_for_a_sign_of_a_person_and_is_confirmed_when_the_hold_is_over(
    site: Site, browse: Browse, desk: Page
) -> None:
    site.import_contacts(MATEO)
    page = browse(java_script_enabled=False)
    read(page, site.send("diagnosis", MATEO))
    page = tap_in_mail(page, "Este mes")
    page.get_by_role("button", name="Este mes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Guardado. ¡Gracias!")
    lead(desk, MATEO.name)
    expect(desk.get_by_text("1 respuesta está en revisión")).to_be_visible()
    expect(desk.locator(".timeline")).to_contain_text("Este mes en espera")
    expect(desk.get_by_text("urgencia +50")).to_be_hidden()
    eventually(lambda: _again(desk).get_by_text("urgencia +50").is_visible())
    expect(desk.get_by_text("en espera")).to_be_hidden()


def test_on_a_phone_a_touch_is_enough_and_the_other_questions_follow(site: Site, browse: Browse, desk: Page) -> None:
    site.import_contacts(ANA)
    phone = browse(**PHONE)
    read(phone, site.send("diagnosis", ANA))
    page = tap_in_mail(phone, "Este mes")
    page.get_by_role("button", name="Este mes").tap()
    expect(page.get_by_role("heading", level=2)).to_have_text("¿Hablamos 20 minutos?")
    looked_at(page).get_by_role("button", name="Sí, hablemos").tap()
    lead(desk, ANA.name)
    expect(desk.locator(".reasons li")).to_have_count(2)
    expect(desk.get_by_text("una persona tocó la página").first).to_be_visible()


def test_a_swipe_and_the_tab_key_send_nothing_and_a_page_left_open_is_kept_after_the_hold(
    site: Site, browse: Browse, desk: Page
) -> None:
    site.import_contacts(ANA)
    phone = browse(**PHONE)
    read(phone, site.send("diagnosis", ANA))
    page = tap_in_mail(phone, "Este mes")
    hand = page.context.new_cdp_session(page)
    hand.send("Input.synthesizeScrollGesture", {"x": 180, "y": 400, "yDistance": -250, "gestureSourceType": "touch"})
    page.keyboard.press("Tab")
    expect(page.get_by_text("Si cierras esta página guardamos «Este mes»")).to_be_visible()
    assert site.acto("events", "--json") == ""
    page.close()
    eventually(lambda: "left_open" in site.acto("events", "--json"))
    lead(desk, ANA.name)
    expect(desk.get_by_text("marcada en el correo, y la página quedó abierta")).to_be_visible()
    expect(desk.locator(".reasons")).to_contain_text("urgencia +50")


def test_a_page_does_not_keep_what_a_person_does_not_want_kept(site: Site, browse: Browse) -> None:
    site.import_contacts(ANA)
    page = browse()
    read(page, site.send("diagnosis", ANA))
    page = tap_in_mail(page, "Este mes")
    page.get_by_role("button", name="No la guarden").click()
    expect(page.get_by_text("No guardamos nada")).to_be_visible()
    page.wait_for_timeout(HOLD_SECONDS * 1000 + 2000)
    assert site.acto("events", "--json") == ""


def _again(desk: Page) -> Page:
    """The page as it stands now."""
    desk.reload()
    return evidence(desk)
