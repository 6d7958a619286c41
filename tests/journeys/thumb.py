"""Counts the taps and the scrolled pixels of somebody who uses a page with one thumb."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page


@dataclass
class Thumb:
    """Scrolls only as far as needed, as a person does, and counts it."""

    page: Page
    taps: int = 0
    pixels: int = 0

    def look(self, at: Locator) -> None:
        """Bring something into view."""
        at.wait_for()
        before = self._place()
        at.scroll_into_view_if_needed()
        self.pixels += abs(self._place() - before)

    def tap(self, on: Locator) -> None:
        """Press something; a page that opens begins at its top."""
        self.look(on)
        self.taps += 1
        on.click()

    def write(self, into: Locator, text: str) -> None:
        """Write in a field; one that has the cursor already needs no tap."""
        into.wait_for()
        if not into.evaluate("field => field === document.activeElement"):
            self.tap(into)
        into.fill(text)

    def _place(self) -> int:
        return int(self.page.evaluate("scrollY"))
