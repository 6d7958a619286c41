"""Every page as axe-core judges it: light and dark, phone and desktop, empty and filled; no page scrolls sideways."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, StorageState

from tests import node
from tests.journeys import afterwards, tour, town
from tests.journeys.conftest import DESKTOP, PHONE, Browse
from tests.journeys.site import Site
from tests.journeys.tour import Stops

GRAVE = ("serious", "critical")
# Sizes decide what stands where, schemes its colours: two screens show each page in both of both, and in one visit.
SCREENS: dict[str, tuple[Literal["dark", "light"], Any]] = {
    "dark phone": ("dark", PHONE),
    "light desk": ("light", DESKTOP),
}
SHOWN = (1, pytest.param(2, marks=pytest.mark.long))  # screens for each page: by turns, or both
STANDARD = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
OPTIONS = {
    "runOnly": STANDARD,
    "resultTypes": ["violations"],
    "iframes": False,
}  # a mail in a frame is a stop of its own
# axe-core writes styles of its own into the page; a pixel of the phone's is a pixel here, which is half of the work.
STILL = {**PHONE, "device_scale_factor": 1, "reduced_motion": "reduce", "bypass_csp": True}
AXE = node.AXE.read_text(encoding="utf-8")
JUDGE = "async options => (await axe.run(document, options)).violations"  # the rest of what it says is long to carry

SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"  # a pixel is rounding


@pytest.mark.parametrize("running", ["sqlite"], indirect=True)  # no page knows its database
@pytest.mark.parametrize("shown", SHOWN)
def test_no_page_shuts_anybody_out(site: Site, browse: Browse, session: StorageState, shown: int) -> None:
    visitor, staff = browse(**STILL), browse(**STILL, storage_state=session)
    found = list(_problems(staff, {**tour.empty(), **afterwards.empty()}, shown))
    afterwards.prepare(site)
    town.fill(site, visitor.request)
    afterwards.fill(site, visitor.request)
    found += _problems(staff, {**tour.rooms(site), **tour.team(), **afterwards.rooms()}, shown)
    found += _problems(visitor, {**tour.recipients(site), **afterwards.recipients(site)}, shown)
    assert found == []


@pytest.mark.parametrize("running", ["sqlite"], indirect=True)
@pytest.mark.parametrize("shown", SHOWN)
def test_no_preview_of_an_email_shuts_anybody_out(browse: Browse, session: StorageState, shown: int) -> None:
    assert list(_problems(browse(**STILL, storage_state=session), tour.previews(), shown)) == []


@pytest.mark.parametrize("running", ["sqlite"], indirect=True)
@pytest.mark.parametrize("screen", SCREENS)
def test_what_shuts_somebody_out_is_found_on_each_screen(browse: Browse, screen: str) -> None:
    """The control: grey on grey in one scheme, at one size."""
    scheme, size = SCREENS[screen]
    width = f"(min-width: {size['viewport']['width']}px) and (max-width: {size['viewport']['width']}px)"
    faint = f"@media {width} and (prefers-color-scheme: {scheme}) {{ h1 {{ color: #777; background: #888 }} }}"

    wide = f"@media {width} {{ h1 {{ min-width: 200vw }} }}"

    def gone(style: str) -> Callable[[Page], None]:
        def go(page: Page) -> None:
            page.goto("/a/x")
            page.add_style_tag(content=style)

        return go

    found = list(_problems(browse(**STILL), {"gone": gone(faint), "wide": gone(wide)}, 2))
    said = [problem.split(": ")[:2] for problem in found]
    assert said == [[f"gone, {screen}", "color-contrast"], [f"wide, {screen}", "scrolls sideways"]]


def _problems(page: Page, stops: Stops, shown: int) -> Iterator[str]:
    """Yield what keeps somebody out, and where; `shown` is the number of screens for each page."""
    for number, (stop, go) in enumerate(stops.items()):
        for place, screen in enumerate(_screens(stop, number, shown)):
            _show(page, screen)
            if place == 0:
                go(page)
                page.evaluate(AXE)
            if page.evaluate(SIDEWAYS):
                yield f"{stop}, {screen}: scrolls sideways"
            for violation in page.evaluate(JUDGE, OPTIONS):
                if violation["impact"] in GRAVE:
                    yield from (f"{stop}, {screen}: {violation['id']}: {node['html']}" for node in violation["nodes"])


def _screens(stop: str, number: int, shown: int) -> tuple[str, ...]:
    """A page that is also shown in its usual state stands there on both; its other states take turns."""
    both = tuple(SCREENS)
    return (both[number % 2],) if shown == 1 or stop.endswith(tour.STATES) else both


def _show(page: Page, screen: str) -> None:
    scheme, size = SCREENS[screen]
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size["viewport"])
