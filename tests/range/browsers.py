"""Plays the visits of a real Chromium against the web application, and says which did not end as meant.

Time is the real one during a visit, counted from a moment after the sending that fits it; the worker's waits pass in one step.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Playwright, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from tests import browser as browsers
from tests.range.browser_visits import KINDS, Kind, Meant
from tests.range.town import Mail, Town


def run(town: Town, each: int) -> list[str]:
    """Plays `each` visits of every kind, each with a mail of its own; returns a line for each that went wrong."""
    mails, sent_at, wrong = iter(town.mails), town.clock.now, []
    with _serving(town) as base, sync_playwright() as playwright:
        shown, hidden = (_launched(playwright, shows) for shows in (True, False))
        for name, kind in KINDS.items():
            for _ in range(each):
                mail = next(mails)
                with _ticking(town, sent_at + kind.after_ms):
                    meant = _visited(shown if kind.shows else hidden, kind, base, mail)
                wrong += [f"{name}: {said}" for said in _judged(town, kind, mail, meant)]
        shown.close()
        hidden.close()
    return wrong


def _visited(browser: Browser, kind: Kind, base: str, mail: Mail) -> Meant:
    context = browser.new_context(locale="es-CO", **kind.how)
    try:
        return kind.visit(context, base, mail)
    finally:
        context.close()


def _judged(town: Town, kind: Kind, mail: Mail, meant: Meant) -> Iterator[str]:
    """After the wait of a press, and again after every hold."""
    ever: set[tuple[str, ...]] = set()
    for wait in (town.rules.patience_ms + 1000, 2 * town.rules.hold_ms, 2 * town.rules.hold_ms):
        town.clock.now += wait
        town.settle()
        ever |= {(row["block"], *json.loads(row["value"])) for row in town.answers(mail) if row["state"] == "confirmed"}
    stands = {row["block"]: json.loads(row["value"])[0] for row in town.answers(mail) if row["state"] == "confirmed"}
    signs = [(event["verdict"], event["signs"]) for event in town.events(mail)]
    if kind.person and stands != meant:
        yield f"{stands} stands instead of {meant}: {signs}"
    if not kind.person and ever:
        yield f"{sorted(ever)} counted: {signs}"


def _launched(playwright: Playwright, shows: bool) -> Browser:
    arguments = [word for word in browsers.arguments() if not (shows and "AutomationControlled" in word)]
    path = browsers.find()
    assert path, browsers.missing()
    return playwright.chromium.launch(executable_path=path, args=arguments)


class _Quiet(WSGIRequestHandler):
    def log_request(self, *args: Any) -> None:
        """The lines of what went wrong say enough."""


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
