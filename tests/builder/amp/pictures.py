"""`python -m tests.builder.amp.pictures OUT [NAME …]`: the AMP part of every starter email as a picture, for somebody to look at.

The AMP runtime is in no package, so that its tags are mapped to html here: images to images, lists to their place.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import browser as browsers
from tests.builder.amp.documents import of_email, starters

WIDTHS = {"phone": 390, "desk": 900}
BOILERPLATE = "body{visibility:hidden}"
RUNTIME = (
    "template,[submitting],[submit-success],[submit-error],[placeholder],[overflow],[hidden]{display:none}"
    "amp-list{display:block;overflow:hidden}amp-list[items=options]{height:auto!important}"
    "img[layout=responsive]{display:block;width:100%;height:auto}img[layout=intrinsic]{max-width:100%;height:auto}"
)
CHOSEN = """document.querySelectorAll('form').forEach((form, at) => {
    const inputs = form.querySelectorAll('.ac-input');
    if (inputs.length && at % 2 == 0) inputs[Math.min(3, inputs.length - 1)].checked = true;
})"""


def main(out: Path, *names: str) -> None:
    """Writes OUT/<email>.<language>.<screen>.png; in every second form something is chosen."""
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsers.find(), args=browsers.arguments())
        for name, email, language in starters():
            if names and email.name not in names:
                continue
            for screen, width in WIDTHS.items():
                page = browser.new_page(viewport={"width": width, "height": 800})
                page.set_content(as_html(of_email(email, language)[1]))
                page.evaluate(CHOSEN)
                page.screenshot(path=out / f"{name}.{screen}.png", full_page=True)
                page.close()
        browser.close()


def as_html(filled: str) -> str:
    """An AMP document that a browser shows without its runtime."""
    plain = re.sub(r"<script async.*?</script>", "", filled).replace(BOILERPLATE, RUNTIME)
    plain = re.sub(r"<amp-img\b([^>]*)></amp-img>", r"<img\1>", plain)
    return re.sub(r'<amp-list\b([^>]*?) height="(\d+)"', r'<amp-list\1 style="height:\2px"', plain)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
