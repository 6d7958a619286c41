"""What people do on pages, in their words."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from server.sending.mailbox import Received
from tests.journeys.site import ADMIN, PASSWORD


def sign_in(page: Page) -> None:
    """On the sign-in page, in Spanish."""
    page.get_by_label("Correo").fill(ADMIN)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    expect(page.locator("header.top")).to_be_visible()


def speak(page: Page, language: str) -> None:
    """Choose the language of the pages in the menu of who is signed in."""
    page.locator("header .me").click()
    page.get_by_role("button", name=language).click()


def read(page: Page, mail: Received) -> None:
    """The mail as a mail client shows it."""
    page.set_content(mail.html)


def tap_in_mail(page: Page, answer: str) -> Page:
    """Tap an answer in the mail on the screen; gives the page that it opens beside it."""
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=answer, exact=True).click()
    return looked_at(opened.value)


def looked_at(page: Page) -> Page:
    """The page after as long as it takes to see it: nobody presses sooner."""
    page.wait_for_load_state()
    page.wait_for_timeout(200)
    return page


def lead(desk: Page, name: str) -> Page:
    """The page of a lead, found by name in the list of all: what machines made is in no other."""
    desk.goto("/leads?all=1")
    desk.get_by_role("link", name=name).click()
    desk.wait_for_url(re.compile(r"/leads/\w+$"))
    return evidence(desk)


def evidence(desk: Page) -> Page:
    """What a lead's page folds away: who gave each answer, and by which signs."""
    desk.evaluate("document.querySelectorAll('details.who-was-it, #why').forEach((each) => (each.open = true))")
    return desk
