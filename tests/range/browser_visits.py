"""What a real Chromium does on a visit: driven browsers that click link after link, and people in each way they press a button."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple

from playwright.sync_api import BrowserContext, Page, expect
from playwright.sync_api import TimeoutError as TooLate

from tests.journeys.conftest import DESKTOP, PHONE
from tests.range.town import Mail

EARLY_MS, LATE_MS = 40_000, 3_600_000  # after the sending: when scanners come, and when people do
Meant = dict[str, str]
Visit = Callable[[BrowserContext, str, Mail], Meant]


class Kind(NamedTuple):
    """How a visit goes: what it does, whether a person, how long after the sending, how its browser is opened, and whether that
    says that a program drives it.
    """

    visit: Visit
    person: bool = True
    after_ms: int = LATE_MS
    how: dict[str, Any] = DESKTOP
    shows: bool = False


def link(base: str, mail: Mail, question: str, option: str) -> str:
    return f"{base}{mail.asks[question]}/{option}"


def hides_and_clicks(context: BrowserContext, base: str, mail: Mail, most: int = 6) -> Meant:
    """Link after link: waits for the page, scrolls it and presses the button, as a driven browser really does."""
    page = context.new_page()
    for question, option in mail.links()[:most]:
        page.goto(link(base, mail, question, option))
        page.wait_for_timeout(400)
        page.mouse.wheel(0, 300)
        with suppress(TooLate):
            page.locator("form.answer button").first.click(timeout=800)
        page.wait_for_timeout(200)
    return {}


def clicks_once(context: BrowserContext, base: str, mail: Mail) -> Meant:
    return hides_and_clicks(context, base, mail, most=1)


def looks_only(context: BrowserContext, base: str, mail: Mail) -> Meant:
    """Renders link after link and touches nothing."""
    page = context.new_page()
    for question, option in mail.links()[:3]:
        page.goto(link(base, mail, question, option))
        page.wait_for_timeout(2500)
    return {}


def opened(context: BrowserContext, base: str, mail: Mail, option: str = "crm") -> Page:
    page = context.new_page()
    page.goto(link(base, mail, "need", option))
    page.wait_for_timeout(700)
    return page


def saved(page: Page) -> None:
    expect(page.get_by_role("heading", name="Guardado. ¡Gracias!")).to_be_visible()
    page.wait_for_timeout(300)


def finger(context: BrowserContext, base: str, mail: Mail) -> Meant:
    page = opened(context, base, mail)
    page.locator("button.chosen").tap()
    saved(page)
    return {"need": "crm"}


def swipes_first(context: BrowserContext, base: str, mail: Mail) -> Meant:
    """Reads by swiping over the buttons and pinching: neither sends anything."""
    page = opened(context, base, mail)
    hand = context.new_cdp_session(page)
    hand.send("Input.synthesizeScrollGesture", {"x": 180, "y": 300, "yDistance": -250, "gestureSourceType": "touch"})
    hand.send("Input.synthesizePinchGesture", {"x": 180, "y": 300, "scaleFactor": 1.4, "gestureSourceType": "touch"})
    page.wait_for_timeout(400)
    assert page.locator(".status").text_content() == "", "a swipe sends nothing"
    page.locator("button[value=numbers]").tap()
    saved(page)
    return {"need": "numbers"}


def mouse(context: BrowserContext, base: str, mail: Mail) -> Meant:
    page = opened(context, base, mail)
    page.mouse.click(5, 5)
    page.wait_for_timeout(300)
    assert page.locator(".status").text_content() == "", "a click beside the buttons sends nothing"
    page.locator("button.chosen").click()
    saved(page)
    return {"need": "crm"}


def keys(context: BrowserContext, base: str, mail: Mail) -> Meant:
    page = opened(context, base, mail)
    page.keyboard.press("Tab")
    page.wait_for_timeout(300)
    assert page.locator(".status").text_content() == "", "the Tab key sends nothing"
    page.locator("button.chosen").press("Enter")
    saved(page)
    return {"need": "crm"}


def assisted(context: BrowserContext, base: str, mail: Mail) -> Meant:
    """A screen reader presses the focused button: there is a click, and no pointer."""
    page = opened(context, base, mail)
    page.locator("button.chosen").focus()
    page.keyboard.press("Space")
    saved(page)
    return {"need": "crm"}


def no_script(context: BrowserContext, base: str, mail: Mail) -> Meant:
    page = opened(context, base, mail)
    page.wait_for_timeout(900)
    page.locator("button.chosen").click()
    saved(page)
    return {"need": "crm"}


def goes_back(context: BrowserContext, base: str, mail: Mail) -> Meant:
    """Answers, comes back by the button of the browser, and answers otherwise."""
    page = opened(context, base, mail)
    page.locator("button.chosen").click()
    saved(page)
    page.go_back()
    page.wait_for_timeout(700)
    page.locator("button[value=follow_up]").click()
    saved(page)
    return {"need": "follow_up"}


def three_tabs(context: BrowserContext, base: str, mail: Mail) -> Meant:
    pages = [opened(context, base, mail, option) for option in ("crm", "follow_up", "numbers")]
    for page in pages:
        page.bring_to_front()
        page.mouse.wheel(0, 200)
        page.wait_for_timeout(300)
    pages[1].bring_to_front()
    pages[1].locator("button.chosen").click()
    saved(pages[1])
    return {"need": "follow_up"}


def closes_early(context: BrowserContext, base: str, mail: Mail) -> Meant:
    """Taps in the mail, scrolls through the page and closes it: the page says that the choice is kept."""
    page = opened(context, base, mail)
    page.mouse.wheel(0, 200)
    expect(page.get_by_text("Si cierras esta página guardamos")).to_be_visible()
    page.close()
    return {"need": "crm"}


def says_do_not_keep(context: BrowserContext, base: str, mail: Mail) -> Meant:
    page = opened(context, base, mail)
    page.get_by_role("button", name="No la guarden").click()
    expect(page.get_by_text("No guardamos nada")).to_be_visible()
    page.close()
    return {}


def takes_back(context: BrowserContext, base: str, mail: Mail) -> Meant:
    page = opened(context, base, mail)
    page.locator("button.chosen").click()
    saved(page)
    page.get_by_role("button", name="Retirar mi respuesta").click()
    expect(page.get_by_role("heading", name="Retiramos tu respuesta")).to_be_visible()
    return {}


KINDS = {
    "driven, hidden, clicks on": Kind(hides_and_clicks, person=False, after_ms=EARLY_MS),
    "driven, hidden, later": Kind(hides_and_clicks, person=False),
    "driven, says so": Kind(clicks_once, person=False, shows=True),
    "driven, only looks": Kind(looks_only, person=False, after_ms=EARLY_MS),
    "finger": Kind(finger, how=PHONE),
    "finger, swipes first": Kind(swipes_first, how=PHONE),
    "mouse": Kind(mouse),
    "mouse, at once": Kind(mouse, after_ms=EARLY_MS),
    "keys": Kind(keys),
    "screen reader": Kind(assisted),
    "no script": Kind(no_script, how={**DESKTOP, "java_script_enabled": False}),
    "back button": Kind(goes_back),
    "three tabs": Kind(three_tabs),
    "closes early": Kind(closes_early),
    "does not want it kept": Kind(says_do_not_keep),
    "takes it back": Kind(takes_back),
}
