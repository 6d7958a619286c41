"""The pages of segments, as stops of a walk."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Page

Stops = dict[str, Callable[[Page], object]]
RULE: dict[str, Any] = {
    "all": [
        {"is": "answered", "email": "diagnosis", "question": "when", "options": ["this_month"], "days": 30},
        {"not": {"is": "booked"}},
        {"any": [{"is": "company", "how": "contains", "value": "estudio"}, {"is": "language", "language": "es"}]},
    ]
}


def stops() -> Stops:
    return {
        "segment-new": lambda page: page.goto("/segments/-/new"),
        "segment-unfinished": _unfinished,
        "segment": lambda page: _saved(page, "Quieren empezar este mes"),
        "segment-people": _people,
        "segments": lambda page: page.goto("/segments"),
    }


def _new(rule: dict[str, Any], name: str = "") -> str:
    return f"/segments/-/new?name={quote(name)}&rule={quote(json.dumps(rule))}"


def _unfinished(page: Page) -> None:
    page.goto(_new({"all": [{"is": "language", "language": "es"}]}))
    page.locator("select[name='r.new']").select_option("answered")
    page.locator(".add-part button").first.click()
    page.locator(".condition").nth(1).wait_for()


def _saved(page: Page, name: str) -> None:
    """Open the segment, or save it first."""
    page.goto("/segments")
    row = page.locator(".list a", has_text=name)
    if row.count():
        row.first.click()
        page.wait_for_url("**/segments/*")
        return
    page.goto(_new(RULE, name))
    page.locator("button[value=save]").click()
    page.locator(".flash").wait_for()


def _people(page: Page) -> None:
    _saved(page, "Quieren empezar este mes")
    page.goto(f"{page.url}/people")
