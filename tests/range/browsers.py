"""Sessions of a real Chromium: machines that run scripts, scroll and click, and people with a mouse, a finger, a keyboard, no script.

Time is the real one here, counted from a moment after the sending that fits the session.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from playwright.sync_api import TimeoutError as TooLate
from werkzeug.serving import WSGIRequestHandler, make_server

from tests import browser as browsers
from tests.journeys.conftest import DESKTOP, PHONE
from tests.range.hands import Mail
from tests.range.running import Kind
from tests.range.town import Town

EARLY_MS, LATE_MS = 40_000, 3_600_000  # after the sending: when scanners come, and when people do
SEEN_MS = 6_000  # until a page says that it is saved
Visit = Callable[[Page, str, Mail], tuple[dict[str, str], int]]  # -> what was meant, and taps on the page


def links(base: str, mail: Mail) -> list[str]:
    return [f"{base}{mail.asks[block]}/{option}" for block, option in mail.links()]


def hides_and_clicks(page: Page, base: str, mail: Mail, most: int = 5) -> tuple[dict[str, str], int]:
    """Link after link: waits for the page, scrolls it, moves the mouse and presses the button, as a driven browser really does."""
    for link in links(base, mail)[:most]:
        page.goto(link)
        page.wait_for_timeout(400)
        page.mouse.wheel(0, 300)
        with suppress(TooLate):
            page.locator("form.answer button").first.click(timeout=800)
        page.wait_for_timeout(200)
    return {}, 0


def one_click(page: Page, base: str, mail: Mail) -> tuple[dict[str, str], int]:
    return hides_and_clicks(page, base, mail, most=1)


def mouse(page: Page, base: str, mail: Mail) -> tuple[dict[str, str], int]:
    return _person(page, base, mail, lambda: page.mouse.click(300, 200))


def finger(page: Page, base: str, mail: Mail) -> tuple[dict[str, str], int]:
    return _person(page, base, mail, lambda: page.touchscreen.tap(180, 120))


def keyboard(page: Page, base: str, mail: Mail) -> tuple[dict[str, str], int]:
    return _person(page, base, mail, lambda: page.keyboard.press("Tab"))


def no_script(page: Page, base: str, mail: Mail) -> tuple[dict[str, str], int]:
    block, option = mail.links()[1]
    page.goto(f"{base}{mail.asks[block]}/{option}")
    page.wait_for_timeout(700)
    page.locator("form.answer button.chosen").click()
    page.locator("section.thanks").wait_for(timeout=SEEN_MS)
    return {block: option}, 1


def _person(page: Page, base: str, mail: Mail, does: Callable[[], object]) -> tuple[dict[str, str], int]:
    """Reads for a moment, then does one thing somewhere on the page; again only where the page does not say that it is saved."""
    block, option = mail.links()[1]
    page.goto(f"{base}{mail.asks[block]}/{option}")
    page.wait_for_timeout(1500)
    for taps in (1, 2, 3):
        does()
        with suppress(TooLate):
            page.locator(".status", has_text="Guardado").wait_for(timeout=SEEN_MS)
            return {block: option}, taps
    return {block: option}, 4


# name -> what it does, whether a person, after how long, how the browser is opened, whether a program shows
KINDS: dict[str, tuple[Visit, bool, int, dict[str, Any], bool]] = {
    "Chromium, hidden, clicks": (hides_and_clicks, False, EARLY_MS, DESKTOP, False),
    "Chromium, hidden, later": (hides_and_clicks, False, LATE_MS, DESKTOP, False),
    "Chromium, webdriver": (one_click, False, LATE_MS, DESKTOP, True),
    "Chromium, mouse": (mouse, True, LATE_MS, DESKTOP, False),
    "Chromium, mouse, at once": (mouse, True, EARLY_MS, DESKTOP, False),
    "Chromium, finger": (finger, True, LATE_MS, PHONE, False),
    "Chromium, keyboard": (keyboard, True, LATE_MS, DESKTOP, False),
    "Chromium, no JavaScript": (no_script, True, LATE_MS, {**DESKTOP, "java_script_enabled": False}, False),
}
MACHINES = [name for name, (_, person, *_) in KINDS.items() if not person]


def run(town: Town, each: int) -> dict[str, Kind]:
    """`each` sessions of every kind, each with a mail of its own."""
    kinds, mails, sent_at = {name: Kind() for name in KINDS}, iter(town.mails), town.clock.now
    with _serving(town) as base, sync_playwright() as playwright:
        shown, hidden = (_launched(playwright, shows) for shows in (True, False))
        for name, (visit, person, after, how, shows) in KINDS.items():
            for _ in range(each):
                mail = next(mails)
                with _ticking(town, sent_at + after):
                    meant, taps = _visited(shown if shows else hidden, partial(visit, base=base, mail=mail), how)
                _count(town, kinds[name], mail, meant, taps, person)
        shown.close()
        hidden.close()
    return kinds


def _visited(
    browser: Browser, visit: Callable[..., tuple[dict[str, str], int]], how: dict[str, Any]
) -> tuple[dict[str, str], int]:
    context = browser.new_context(locale="es-CO", **how)
    try:
        return visit(context.new_page())
    finally:
        context.close()


def _count(town: Town, kind: Kind, mail: Mail, meant: dict[str, str], taps: int, person: bool) -> None:
    """After its patience, and again after every hold: what is confirmed at either moment was confirmed."""
    kind.sessions += 1
    ever, answered = set(), town.clock.now
    for wait in (town.rules.patience_ms + 1000, 2 * town.rules.hold_ms):
        town.clock.now += wait
        town.settle()
        rows = town.answers(mail)
        ever |= {(row["block"], *json.loads(row["value"])) for row in rows if row["state"] == "confirmed"}
        if person and not kind.held and any(row["grade"] == "gestured" and row["state"] != "confirmed" for row in rows):
            kind.held += 1
    right = set(meant.items()) == ever if person else bool(ever)
    kind.confirmed += right
    if person:
        kind.taps.append(taps)
        kind.waits += [(row["confirm_at"] - row["answered_at"]) / 1000 for row in town.answers(mail)]
    first = min((hit["at"] for hit in town.hits(mail)), default=answered)
    kind.unmasked += [
        (event["judged_at"] - first) / 1000 for event in town.events(mail) if event["judged_at"] and not person
    ]
    if right != person:
        kind.blamed.update(f"{event['verdict']}: {event['signs']}" for event in town.events(mail))


def _launched(playwright: Playwright, shows: bool) -> Browser:
    arguments = [word for word in browsers.arguments() if not (shows and "AutomationControlled" in word)]
    path = browsers.find()
    assert path, browsers.missing()
    return playwright.chromium.launch(executable_path=path, args=arguments)


class _Quiet(WSGIRequestHandler):
    def log_request(self, *args: Any) -> None:
        """The table says what happened."""


@contextmanager
def _serving(town: Town) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, town.client.application, threaded=True, request_handler=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()


@contextmanager
def _ticking(town: Town, start: int) -> Iterator[None]:
    """The clock goes on from `start` as time really does."""
    began, stop = time.monotonic(), threading.Event()

    def tick() -> None:
        while not stop.wait(0.01):
            town.clock.now = start + round((time.monotonic() - began) * 1000)

    town.clock.now = start
    ticker = threading.Thread(target=tick, daemon=True)
    ticker.start()
    try:
        yield
    finally:
        stop.set()
        ticker.join()
