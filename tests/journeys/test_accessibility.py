"""Every page as axe-core judges it: light and dark, phone and desktop, empty and filled. Nothing serious is let through."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, StorageState

from tests.journeys import afterwards, tour, town
from tests.journeys.conftest import DESKTOP, PHONE, Browse
from tests.journeys.site import Site
from tests.journeys.tour import Stops

GRAVE = ("serious", "critical")
# Sizes decide what stands where, schemes its colours: two screens show each page in both of both.
SCREENS = {"dark phone": {**PHONE, "color_scheme": "dark"}, "light desk": {**DESKTOP, "color_scheme": "light"}}
STANDARD = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
OPTIONS = {
    "runOnly": STANDARD,
    "resultTypes": ["violations"],
    "iframes": False,
}  # a mail in a frame is a stop of its own
AFTERWARDS = (
    *("times-in-the-mail", "ask-time", "booked", "appointment", "appointment-cancel", "invitation"),
    *("tasks", "flow", "runs", "webhook", "bookings", "calendars", "calendar-new", "calendar-wrong"),
)
STILL = {"reduced_motion": "reduce", "bypass_csp": True}  # axe-core writes styles of its own into the page


@pytest.mark.parametrize("running", ["sqlite"], indirect=True)  # no page knows its database
@pytest.mark.parametrize("screen", SCREENS)
def test_no_page_shuts_anybody_out(site: Site, browse: Browse, session: StorageState, screen: str) -> None:
    visitor = browse(**SCREENS[screen], **STILL)
    staff = browse(**SCREENS[screen], **STILL, storage_state=session)
    found = list(_problems(staff, tour.empty()))
    afterwards.prepare(site)
    town.fill(site, visitor.request)
    afterwards.fill(site, visitor.request)
    found += _problems(staff, {**tour.rooms(site), **tour.team()})
    found += _problems(visitor, tour.recipients(site))
    if "is_mobile" in SCREENS[screen]:  # each where it is mostly seen: a stop costs half a second
        found += _problems(visitor, _some(afterwards.recipients(site)))
    else:
        found += _problems(staff, _some({**afterwards.empty(), **afterwards.rooms()}))
    assert found == []


@pytest.mark.parametrize("running", ["sqlite"], indirect=True)
@pytest.mark.parametrize("screen", SCREENS)
def test_no_preview_of_an_email_shuts_anybody_out(browse: Browse, session: StorageState, screen: str) -> None:
    assert list(_problems(browse(**SCREENS[screen], **STILL, storage_state=session), tour.previews())) == []


def _some(stops: Stops) -> Stops:
    return {name: go for name, go in stops.items() if name in AFTERWARDS}


def _problems(page: Page, stops: Stops) -> Iterator[str]:
    """What keeps somebody out, and where."""
    for stop, go in stops.items():
        go(page)
        for violation in Axe().run(page, options=OPTIONS).response["violations"]:
            if violation["impact"] in GRAVE:
                yield from (f"{stop}: {violation['id']}: {node['html']}" for node in violation["nodes"])
