"""A running site on each engine, and a browser to visit it with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect, sync_playwright

from tests import browser as browsers
from tests import postgres as servers
from tests.conftest import SQLITE_FIRST
from tests.journeys import site as sites
from tests.journeys.pages import sign_in
from tests.journeys.site import Site

PATIENCE_MS = 20_000  # a busy machine is slow, not wrong
Browse = Callable[..., Page]
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 375, "height": 812},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}


expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Chromium, with nobody's history."""
    path = browsers.find()
    assert path, browsers.missing()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=browsers.arguments())
        yield browser
        browser.close()


@pytest.fixture(scope="package", params=SQLITE_FIRST)
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site for all journeys on an engine; none of them may make it stumble."""
    folder = tmp_path_factory.mktemp("site")
    database = str(folder / "acto.db")
    if request.param == "postgresql":
        database = servers.create(request.getfixturevalue("postgres"), "acto_journeys")
    with sites.running(database, folder) as site:
        yield site
    assert "Traceback" not in site.said(), site.said()


@pytest.fixture
def site(running: Site) -> Site:
    """The site as on its first day."""
    running.empty()
    return running


@pytest.fixture(scope="package")
def session(running: Site, chromium: Browser) -> StorageState:
    """The cookies of somebody who has signed in."""
    context = chromium.new_context(base_url=running.url, locale="es-CO")
    page = context.new_page()
    page.goto("/")
    sign_in(page)
    cookies = context.storage_state()
    context.close()
    return cookies


@pytest.fixture
def browse(running: Site, chromium: Browser) -> Iterator[Browse]:
    """`browse(**options)` opens somebody's browser; its scripts must run without an error and within our policy."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_one(**options: Any) -> Page:
        context = chromium.new_context(**{"base_url": running.url, "locale": "es-CO", **DESKTOP, **options})
        context.set_default_timeout(PATIENCE_MS)
        context.set_default_navigation_timeout(2 * PATIENCE_MS)  # the first list of emails compiles all of them
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        context.on("console", lambda line: wrong.append(line.text) if _is_wrong(line.type, line.text) else None)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
    assert not wrong


@pytest.fixture
def desk(browse: Browse, session: StorageState) -> Page:
    """The browser of somebody in sales, signed in, in Spanish."""
    return browse(storage_state=session)


def _is_wrong(kind: str, text: str) -> bool:
    """Whether a line of the console tells of a fault; a page that is not there and a form that is refused are none."""
    return (kind == "error" and not text.startswith("Failed to load resource")) or "Content Security Policy" in text
