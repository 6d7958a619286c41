"""`python -m tests.journeys.picture FILE`: the picture of the product in the README, made from the played week; `make picture`.

Emily answers the diagnosis in a browser; her mail, the page of one answer and the lead they make are put beside each other.
"""

from __future__ import annotations

import base64
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from tests import browser as browsers
from tests.journeys.pages import looked_at
from tests.journeys.site import end, environment, eventually
from tests.server.sending.mailserver import free_port

PHONE: ViewportSize = {"width": 390, "height": 760}
DESK: ViewportSize = {"width": 1140, "height": 760}
ANSWERS = ("Have all my customers in one place", "This month", "Yes, let’s talk")
START_SECONDS = 120
SHEET = """
<body style="margin:0;padding:28px;width:max-content;display:flex;gap:28px;background:#e6eaf2;font:600 17px system-ui;color:#1b2333">
{figures}</body>"""
FIGURE = """<figure style="margin:0"><figcaption style="margin:0 0 12px">{words}</figcaption>
<img style="display:block;height:570px;border-radius:12px;box-shadow:0 6px 24px #1b233333" src="data:image/png;base64,{data}"></figure>"""


def main(file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder, _story(Path(folder)) as link, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsers.find(), args=browsers.arguments())
        figures = _shots(browser, link)
        _sheet(browser, figures).locator("body").screenshot(path=file)
        browser.close()


@contextmanager
def _story(folder: Path) -> Iterator[str]:
    """Runs the played week; gives the link that signs in."""
    port, log = free_port(), folder / "story.log"
    command = [sys.executable, "-m", "server.cli", "demo", "--story", "--port", str(port)]
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=folder, env=environment(), stdout=out, stderr=out)
        try:
            eventually(lambda: "Ctrl-C" in log.read_text() or process.poll() is not None, START_SECONDS)
            yield re.findall(r"http\S+/start/\S+", log.read_text(encoding="utf-8"))[0]
        finally:
            end(process)


def _shots(browser: Browser, link: str) -> list[str]:
    desk = _context(browser, link, DESK).new_page()
    desk.goto(link)
    desk.get_by_role("button", name="Open the inbox").click()
    desk.get_by_role("link", name=re.compile("Emily, what slows you down")).first.click()
    phone = _context(browser, link, PHONE)
    mail = phone.new_page()
    mail.set_content(desk.frame_locator("iframe").locator("html").evaluate("it => it.outerHTML"))
    mail.get_by_role("link", name=ANSWERS[0]).evaluate("it => scrollTo(0, it.getBoundingClientRect().top - 68)")
    shots = [_figure(mail, "An email asks")]
    for answer in ANSWERS:
        page = phone.new_page()
        page.goto(str(mail.get_by_role("link", name=answer).get_attribute("href")))
        if answer == ANSWERS[1]:
            shots.append(_figure(page, "One tap answers"))
        looked_at(page).get_by_role("button", name=answer).click()
        page.locator(".thanks").wait_for()
    desk.get_by_role("link", name="See the lead it makes").click()
    desk.wait_for_timeout(2_000)  # the flow's task and alert are done a moment after the answer
    desk.reload()
    desk.add_style_tag(content=".played { display: none }")
    return [*shots, _figure(desk, "Sales reads why, in the person’s own words")]


def _context(browser: Browser, link: str, size: ViewportSize) -> BrowserContext:
    base = link.split("/start/", maxsplit=1)[0]
    return browser.new_context(
        base_url=base,
        locale="en-US",
        viewport=size,
        device_scale_factor=1.5,
        bypass_csp=True,
    )


def _figure(page: Page, words: str) -> str:
    return FIGURE.format(words=words, data=base64.b64encode(page.screenshot()).decode("ascii"))


def _sheet(browser: Browser, figures: list[str]) -> Page:
    page = browser.new_page(viewport={"width": 1560, "height": 660})
    page.set_content(SHEET.format(figures="\n".join(figures)))
    return page


if __name__ == "__main__":
    main(Path(sys.argv[1]))
