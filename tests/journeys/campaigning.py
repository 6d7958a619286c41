"""Walks the pages of a marketer who sends an email to many people; tour.py has the other stops."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from playwright.sync_api import Page

from tests.people import ANA

NEW = "/campaigns/new?" + urlencode({"email": "diagnosis", "people": '{"everybody": true}'})


def stops() -> dict[str, Callable[[Page], object]]:
    """From the empty form to a campaign that can still be taken back."""
    return {
        "campaign-new": lambda page: page.goto("/campaigns/new"),
        "campaign-wrong": _ends_before_it_starts,
        "campaign-plan": plan,
        "campaign-goes": _who_gets_it,
        "campaign-scheduled": _starts,
        "campaign-done": _done,
        "campaign-stop": _asks_before_it_stops,
        "campaigns": lambda page: page.goto("/campaigns"),
        "marketing": lambda page: page.goto("/marketing"),
        "own-test": _test,
        "why-ask": lambda page: page.goto("/why"),
        "why": _why,
    }


def plan(page: Page) -> None:
    """Makes a draft and waits for its forecast."""
    page.goto(NEW)
    page.locator("[data-campaign] .button").click()
    page.locator(".checks").first.wait_for()


def _ends_before_it_starts(page: Page) -> None:
    page.goto(NEW)
    page.locator("select[name=timing]").select_option("at")
    page.locator("input[name=starts_on]").fill("2037-05-04T09:00")
    page.locator("input[name=deadline_on]").evaluate("input => { input.value = '2037-05-03T09:00' }")
    page.locator("[data-campaign] .button").click()
    page.locator(".flash.error").wait_for()


def _who_gets_it(page: Page) -> None:
    plan(page)
    page.locator(".forecast .numbers a").first.click()
    page.locator(".list .row, .empty").first.wait_for()


def _starts(page: Page) -> None:
    plan(page)
    page.locator(".launch .button.primary").click()
    page.locator("#watch").wait_for()


def _asks_before_it_stops(page: Page) -> None:
    page.goto("/campaigns")
    going = page.locator(".list a:has(.badge.attempting), .list a:has(.badge.waiting)")
    if going.count():
        going.first.click()
        page.locator(".ask summary").click()


def _test(page: Page) -> None:
    plan(page)
    page.locator(".launch .button").first.click()
    page.wait_for_url("**/tests/**")


def _done(page: Page) -> None:
    page.goto("/campaigns")
    page.locator(".list a:has(.badge.sent)").first.click()
    page.locator("#watch").wait_for()


def _why(page: Page) -> None:
    page.goto(f"/why?address={ANA.email}&email=diagnosis")
    page.locator(".rules, .wrong").first.wait_for()
