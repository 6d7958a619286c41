"""What happens without a person changes nothing; what a person does twice counts once; what they change is kept."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from server.sending.mailbox import Received
from tests.journeys.conftest import Browse
from tests.journeys.pages import lead, read, tap_in_mail
from tests.journeys.site import Site
from tests.journeys.town import SCANNER
from tests.people import BRUNO, LUCIA

SYNTHETIC = """
for (const [kind, type] of [[PointerEvent, "pointerdown"], [TouchEvent, "touchstart"], [WheelEvent, "wheel"],
                            [KeyboardEvent, "keydown"], [MouseEvent, "mousedown"]]) {
  document.querySelector("h1").dispatchEvent(new kind(type, { bubbles: true }));
}
scrollTo(0, document.body.scrollHeight);
"""


@pytest.fixture
def mail(site: Site) -> Received:
    """The diagnosis, in the inbox of Bruno, whose company has every mail scanned."""
    site.import_contacts(BRUNO)
    return site.send("diagnosis", BRUNO)


def test_a_scanner_that_fetches_every_link_answers_nothing_and_takes_nobody_off_the_list(
    site: Site, mail: Received, browse: Browse
) -> None:
    scanner = browse().request
    links = re.findall(r'href="(http[^"]+)"', mail.html)
    assert len(links) > 10
    for link in links:
        assert scanner.head(link).ok
        assert scanner.get(link).ok
    assert site.acto("events", "--json") == ""
    assert site.acto("leads", "--json") == ""
    assert site.send("diagnosis", BRUNO)


def test_a_scanner_with_a_browser_answers_nothing_by_scrolling_and_synthetic_input(
    site: Site, mail: Received, browse: Browse, desk: Page
) -> None:
    scanner = browse(has_touch=True)
    read(scanner, mail)
    page = tap_in_mail(scanner, "Este mes")
    page.evaluate(SYNTHETIC)
    page.wait_for_timeout(500)
    expect(page.get_by_role("status")).to_be_empty()
    assert site.acto("events", "--json") == ""
    desk.goto("/leads")
    expect(desk.get_by_text("Todavía no hay leads")).to_be_visible()


def test_a_scanner_that_presses_the_button_by_script_makes_no_point_and_cannot_overrule_a_person(
    site: Site, mail: Received, browse: Browse, desk: Page
) -> None:
    person, scanner = browse(), browse(user_agent=SCANNER)
    read(person, mail)
    page = tap_in_mail(person, "Este mes")
    page.get_by_role("button", name="Este mes").click()
    read(scanner, mail)
    for answer in ("Más adelante, sin prisa", "Sí, hablemos"):
        page = tap_in_mail(scanner, answer)
        page.evaluate("document.querySelector('form.answer .primary').click()")
        expect(page.locator("section.thanks")).to_be_visible()
    lead(desk, BRUNO.name)
    expect(desk.locator(".reasons li")).to_have_count(1)
    expect(desk.locator(".reasons")).to_contain_text("dijo «Este mes»")
    expect(desk.get_by_text("1 respuesta puede ser de un escáner: di abajo quién la dio.")).to_be_visible()
    expect(desk.get_by_text("la envió un script sin que nadie oprimiera nada").first).to_be_visible()


def test_a_post_twice_and_a_press_after_the_tap_count_once(site: Site, mail: Received, browse: Browse) -> None:
    person = browse()
    read(person, mail)
    page = tap_in_mail(person, "Este mes")
    form: dict[str, str | float | bool] = {
        "nonce": page.locator("input[name=nonce]").first.input_value(),
        "gesture": "pointer",
        "choice": "this_month",
    }
    action = page.url.rpartition("/")[0]
    page.get_by_role("heading", level=1).click()
    page.get_by_role("button", name="Este mes").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Guardado. ¡Gracias!")
    assert page.request.post(action, form=form).ok
    assert [event["value"] for event in _events(site)] == [["this_month"]]


def test_a_change_of_mind_counts_and_its_history_stays(site: Site, browse: Browse, desk: Page) -> None:
    site.import_contacts(LUCIA)
    person = browse()
    read(person, site.send("diagnosis", LUCIA))
    page = tap_in_mail(person, "Este mes")
    page.get_by_role("button", name="Este mes").click()
    expect(page.locator(".said")).to_have_text("Este mes")
    page.get_by_text("Cambiar mi respuesta").click()
    page.get_by_role("button", name="En los próximos tres meses").click()
    expect(page.locator(".said")).to_have_text("En los próximos tres meses")
    page.get_by_text("Cambiar mi respuesta").click()
    page.get_by_role("button", name="Más adelante, sin prisa").click()
    expect(page.locator(".said")).to_have_text("Más adelante, sin prisa")
    lead(desk, LUCIA.name)
    expect(desk.locator(".reasons li")).to_have_text(re.compile("«Más adelante, sin prisa».*urgencia \\+5"))
    answered = desk.locator(".timeline .answered strong")
    expect(answered).to_have_text(["Más adelante, sin prisa", "En los próximos tres meses", "Este mes"])
    expect(desk.get_by_text("reemplazada")).to_have_count(2)


def _events(site: Site) -> list[dict[str, object]]:
    return [json.loads(line) for line in site.acto("events", "--json").splitlines()]
