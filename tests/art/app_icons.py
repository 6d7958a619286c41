"""`python -m tests.art.app_icons`: makes the icons of the installed app from the mark below, which is that of static/icon.svg."""

from __future__ import annotations

from playwright.sync_api import Page, sync_playwright

from server import shipped
from tests import browser as browsers

MARK = '<path d="M8 17l6 6L25 10" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/>'
ROUND = f'<rect width="32" height="32" rx="8" fill="#3346c8"/>{MARK}'
FULL = f'<rect width="32" height="32" fill="#3346c8"/><g transform="translate(16 16) scale(.72) translate(-16.5 -16.5)">{MARK}</g>'
ICONS = {  # a maskable icon may lose all but the circle of 80 % in its middle; a badge counts by its shape alone
    "any-192": (192, ROUND),
    "any-512": (512, ROUND),
    "maskable-512": (512, FULL),
    "apple-180": (180, FULL),
    "badge-96": (96, MARK),
}


def main() -> None:
    """Write every icon."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsers.find(), args=browsers.arguments())
        page = browser.new_page()
        for name, (size, drawing) in ICONS.items():
            shipped.path(f"static/app/{name}.png").write_bytes(picture(page, size, drawing))
        browser.close()


def picture(page: Page, size: int, drawing: str) -> bytes:
    """Draw an icon as a PNG file."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="{size}" height="{size}">{drawing}</svg>'
    page.set_content(f"<body style='margin:0;background:transparent'>{svg}</body>")
    return page.locator("svg").screenshot(type="png", omit_background=True)


if __name__ == "__main__":
    main()
