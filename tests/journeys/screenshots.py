"""`python -m tests.journeys.screenshots OUT [NAME …]`: every page as a picture, for somebody to look at.

On a phone and at a desk, light and dark, empty and full of people, in Spanish and in English; names pick some of the stops.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests import browser as browsers
from tests.journeys import afterwards, tour, town
from tests.journeys import site as sites
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.pages import sign_in, speak
from tests.journeys.site import Site
from tests.journeys.tour import Stops

SCREENS = {
    "phone-light-es": {**PHONE, "color_scheme": "light", "locale": "es-CO"},
    "phone-dark-en": {**PHONE, "color_scheme": "dark", "locale": "en-GB"},
    "desk-light-en": {**DESKTOP, "color_scheme": "light", "locale": "en-GB"},
    "desk-dark-es": {**DESKTOP, "color_scheme": "dark", "locale": "es-CO"},
}


def main(out: Path, *names: str) -> None:
    """Writes OUT/<stop>.<screen>.png."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sites.running(f"{folder}/acto.db", Path(folder)) as site:
        _walk(site, out, names)


def _walk(site: Site, out: Path, names: tuple[str, ...]) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsers.find(), args=browsers.arguments())
        staff = {name: _signed_in(browser, site, screen) for name, screen in SCREENS.items()}
        people = {name: _page(browser, site, screen) for name, screen in SCREENS.items()}
        _shoot(staff, {**tour.empty(), **afterwards.empty(), **tour.previews()}, out, names)
        afterwards.prepare(site)
        town.fill(site, people["desk-light-en"].request)
        afterwards.fill(site, people["desk-light-en"].request)
        _shoot(staff, {**tour.rooms(site), **afterwards.rooms(), **tour.team()}, out, names)
        _shoot(people, {**tour.recipients(site), **afterwards.recipients(site)}, out, names)
        browser.close()


def _shoot(pages: dict[str, Page], stops: Stops, out: Path, names: tuple[str, ...]) -> None:
    for stop, go in stops.items():
        if names and stop not in names:
            continue
        for screen, page in pages.items():
            go(page)
            page.wait_for_timeout(150)  # what arrives, has arrived
            page.screenshot(path=out / f"{stop}.{screen}.png", full_page=True)


def _page(browser: Browser, site: Site, screen: dict[str, object]) -> Page:
    return browser.new_context(base_url=site.url, bypass_csp=True, **screen).new_page()  # type: ignore[arg-type]


def _signed_in(browser: Browser, site: Site, screen: dict[str, object]) -> Page:
    """The form is the same in every language; the words on it are not."""
    page = _page(browser, site, {**screen, "locale": "es-CO"})
    page.goto("/")
    sign_in(page)
    if screen["locale"] != "es-CO":
        speak(page, "English")
    return page


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
