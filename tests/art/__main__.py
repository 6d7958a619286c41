"""`python -m tests.art`: makes the images of the starters from the drawings beside this file, as PNG files of few colours.

A changed drawing gets another name, because sent emails show the old one; so write the new name into the templates, and keep the old file.
"""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from server import shipped
from tests import browser as browsers

DRAWINGS = Path(__file__).parent
FOLDER = "static/starters"


def main() -> None:
    """Write every image whose drawing is new or changed, and print its name."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsers.find(), args=browsers.arguments())
        page = browser.new_page()
        for drawing in sorted(DRAWINGS.glob("*.svg")):
            print(write(page, drawing))
        browser.close()


def write(page: Page, drawing: Path) -> str:
    """Write one image under its name, its hash and its size; return the name of the file."""
    svg = drawing.read_text(encoding="utf-8")
    page.set_content(f"<body style='margin:0;background:transparent'>{svg}</body>")
    shot = page.locator("svg").screenshot(type="png", omit_background=True)
    picture = Image.open(io.BytesIO(shot)).quantize(96, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    digest = hashlib.sha256(out.getvalue()).hexdigest()[:8]
    name = f"{drawing.stem}-{digest}-{picture.width}x{picture.height}.png"
    path = shipped.path(FOLDER) / name
    if not path.exists():
        path.write_bytes(out.getvalue())
    return name


if __name__ == "__main__":
    main()
