"""Walks the pages of a marketer who sends an email to many people; tour.py has the other stops."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.people import ANA


def stops() -> dict[str, Callable[[Page], object]]:
    """From the empty form to a campaign that can still be taken back."""
    return {
        "campaign-new": lambda page: page.goto("/campaigns/new"),
        "campaign-wrong": _without_an_hour,
        "campaign-plan": plan,
        "campaign-goes": _who_gets_it,
        "campaign-scheduled": _starts,
        "campaign-done": _done,
        "campaigns": lambda page: page.goto("/campaigns"),
        "why-ask": lambda page: page.goto("/why"),
        "why": _why,
    }


def plan(page: Page) -> None:
    """Makes a draft and waits for its forecast."""
    page.goto("/campaigns/new?email=diagnosis")
    page.locator("[data-campaign] .button").click()
    page.locator(".checks").first.wait_for()


def _without_an_hour(page: Page) -> None:
    page.goto("/campaigns/new?email=diagnosis")
    page.locator("select[name=timing]").select_option("at")
    page.locator("[data-campaign] .button").click()
    page.locator(".flash.error").wait_for()


def _who_gets_it(page: Page) -> None:
    plan(page)
    page.locator(".forecast .numbers a").first.click()
    page.locator(".list .row, .empty").first.wait_for()


def _starts(page: Page) -> None:
    plan(page)
    page.locator("[data-start] button").click()
    page.locator("#watch").wait_for()


def _done(page: Page) -> None:
    page.goto("/campaigns")
    page.locator(".list a:has(.badge.sent)").first.click()
    page.locator("#watch").wait_for()


def _why(page: Page) -> None:
    page.goto(f"/why?address={ANA.email}&email=diagnosis")
    page.locator(".rules, .wrong").first.wait_for()
