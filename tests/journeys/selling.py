"""The pages of sales, as stops of a walk."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.people import ANA

Stops = dict[str, Callable[[Page], object]]


def stops() -> Stops:
    return {
        "today": lambda page: page.goto("/today"),
        "find": lambda page: page.goto(f"/find?q={ANA.email}"),
        "find-nobody": lambda page: page.goto("/find?q=zzz"),
        "caller-new": lambda page: page.goto("/leads/-/new"),
        "caller-wrong": _wrong,
        "lead-write": lambda page: page.goto(f"{_lead(page)}/write"),
        "lead-mail": _mail,
        "lead-saved": _note,
    }


def _lead(page: Page) -> str:
    page.goto(f"/find?q={ANA.email}")
    page.locator(".list.found a").first.click()
    page.wait_for_url("**/leads/*")
    return page.url


def _wrong(page: Page) -> None:
    page.goto("/leads/-/new")
    page.locator("form.stack").evaluate("form => { form.noValidate = true; form.submit(); }")
    page.get_by_role("alert").first.wait_for()


def _mail(page: Page) -> None:
    _lead(page)
    page.locator(".timeline a[href*='/mails/']").first.click()
    page.locator("iframe.preview").wait_for()


def _note(page: Page) -> None:
    """A note that was just saved, with the words that say so."""
    _lead(page)
    button = page.locator("#bar [popovertarget=note]")
    if button.is_visible():
        button.click()
    page.locator("#note textarea").fill("Prefiere las mañanas")
    page.keyboard.press("Control+Enter")
    page.locator("#toast p").wait_for()
