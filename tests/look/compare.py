"""Compares an MJML document as we send it with the same one out of npm mjml 5, by pixels where the html is not the same already."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Page, Route, sync_playwright

from builder import documents, mjml
from tests import browser
from tests.look import html
from tests.node import Checker

VIEWS = {  # a name, the width of the window, and how the html is read
    "800": (800, html.as_browsers_read),
    "600": (600, html.as_browsers_read),
    "375": (375, html.as_browsers_read),
    "mso": (800, html.as_outlook_reads),
}
NEAR = 4  # of 255 in any channel: what nobody sees
PICTURE = base64.b64decode(  # 40 by 20 pixels of many colours
    "iVBORw0KGgoAAAANSUhEUgAAACgAAAAUCAIAAABwJOjsAAAFcElEQVR42g3NEduqMQCA4ZeiUTSKRtEoGkWjaBSNolE06npgFL0UjaLRR6NoFI"
    "2iUTTqV5xz/4F7WRY2C2JhuyAXdgtqYb+gFw4LZuG4YBdOC27hvOAXLgth4boQF24LaeG+sC48FvLCc6Es/C3UhddCW3gv9IXPwlj4LsyF38Ky"
    "CDYCIdgKpGAnUIK9QAsOAiM4CqzgJHCCs8ALLoIguAqi4CZIgrtgFTwEWfAUFMGfoApegiZ4C7rgIxiCr2AKfuJ/LNlIhGQrkZKdREn2Ei05SI"
    "zkKLGSk8RJzhIvuUiC5CqJkpskSe6SVfKQZMlTUiR/kip5SZrkLemSj2RIvpIp+cn/sWKjEIqtQip2CqXYK7TioDCKo8IqTgqnOCu84qIIiqsi"
    "Km6KpLgrVsVDkRVPRVH8KaripWiKt6IrPoqh+Cqm4qf+x5qNRmi2GqnZaZRmr9Gag8ZojhqrOWmc5qzxmosmaK6aqLlpkuauWTUPTdY8NUXzp6"
    "mal6Zp3pqu+WiG5quZmp/+Hxs2BmHYGqRhZ1CGvUEbDgZjOBqs4WRwhrPBGy6GYLgaouFmSIa7YTU8DNnwNBTDn6EaXoZmeBu64WMYhq9hGn7m"
    "f2zZWIRla5GWnUVZ9hZtOViM5WixlpPFWc4Wb7lYguVqiZabJVnultXysGTL01Isf5ZqeVma5W3plo9lWL6WafnZ/7Fj4xCOrUM6dg7l2Du04+"
    "AwjqPDOk4O5zg7vOPiCI6rIzpujuS4O1bHw5EdT0dx/Dmq4+VojrejOz6O4fg6puPn/seejUd4th7p2XmUZ+/RnoPHeI4e6zl5nOfs8Z6LJ3iu"
    "nui5eZLn7lk9D0/2PD3F8+epnpened6e7vl4hufrmZ6f/x8HNgER2AZkYBdQgX1ABw4BEzgGbOAUcIFzwAcugRC4BmLgFkiBe2ANPAI58AyUwF"
    "+gBl6BFngHeuATGIFvYAZ+4X8c2UREZBuRkV1ERfYRHTlETOQYsZFTxEXOER+5RELkGomRWyRF7pE18ojkyDNSIn+RGnlFWuQd6ZFPZES+kRn5"
    "xf9xYpMQiW1CJnYJldgndOKQMIljwiZOCZc4J3zikgiJayImbomUuCfWxCORE89ESfwlauKVaIl3oic+iZH4Jmbil/7HK5sVsbJdkSu7FbWyX9"
    "ErhxWzclyxK6cVt3Je8SuXlbByXYkrt5W0cl9ZVx4reeW5Ulb+VurKa6WtvFf6ymdlrHxX5spv/R9nNhmR2WZkZpdRmX1GZw4ZkzlmbOaUcZlz"
    "xmcumZC5ZmLmlkmZe2bNPDI588yUzF+mZl6ZlnlneuaTGZlvZmZ++X9c2BREYVuQhV1BFfYFXTgUTOFYsIVTwRXOBV+4FELhWoiFWyEV7oW18C"
    "jkwrNQCn+FWngVWuFd6IVPYRS+hVn4lf9xZVMRlW1FVnYVVdlXdOVQMZVjxVZOFVc5V3zlUgmVayVWbpVUuVfWyqOSK89KqfxVauVVaZV3pVc+"
    "lVH5VmblV//HjU1DNLYN2dg1VGPf0I1DwzSODds4NVzj3PCNSyM0ro3YuDVS495YG49GbjwbpfHXqI1XozXejd74NEbj25iNX/sfdzYd0dl2ZG"
    "fXUZ19R3cOHdM5dmzn1HGdc8d3Lp3QuXZi59ZJnXtn7Tw6ufPslM5fp3ZendZ5d3rn0xmdb2d2fv1/PNgMxGA7kIPdQA32Az04DMzgOLCD08AN"
    "zgM/uAzC4DqIg9sgDe6DdfAY5MFzUAZ/gzp4DdrgPeiDz2AMvoM5+I3/8WQzEZPtRE52EzXZT/TkMDGT48ROThM3OU/85DIJk+skTm6TNLlP1s"
    "ljkifPSZn8TerkNWmT96RPPpMx+U7m5Df5B/cYYh1n1mNHAAAAAElFTkSuQmCC"
)
_COUNT = """async ([one, two]) => {
  const read = async (data) => {
    const image = new Image();
    image.src = "data:image/png;base64," + data;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height);
  };
  const [a, b] = [await read(one), await read(two)];
  if (a.width !== b.width || a.height !== b.height) return -1;
  let other = 0;
  for (let at = 0; at < a.data.length; at += 4)
    if ([0, 1, 2].some((channel) => Math.abs(a.data[at + channel] - b.data[at + channel]) > NEAR)) other++;
  return other;
}""".replace("NEAR", str(NEAR))


@dataclass(frozen=True)
class Difference:
    """`pixels` that look otherwise in a view; -1 where the page has another height."""

    view: str
    pixels: int


class Lookout:
    """A browser and the reference engine, kept open for many documents."""

    def __init__(self, page: Page, reference: Checker) -> None:
        self.page, self.reference = page, reference
        self.page.route("**/*", _answer)

    def differences(self, source: str, views: tuple[str, ...] = tuple(VIEWS)) -> list[Difference]:
        """How our html of an MJML document looks other than the reference's. Raises ValueError where the reference has none."""
        theirs = self.reference.ask(source)["html"]
        if not theirs:
            raise ValueError("npm mjml makes nothing of it")
        mine, found = ours(source), []
        for view in views:
            width, read = VIEWS[view]
            one, two = read(mine), read(theirs)
            if html.plain(one) != html.plain(two):
                pixels = self._pixels(one, two, width)
                found += [Difference(view, pixels)] if pixels else []
        return found

    def _pixels(self, one: str, two: str, width: int) -> int:
        shots = [self._shot(document, width) for document in (one, two)]
        if shots[0] == shots[1]:
            return 0
        return int(self.page.evaluate(_COUNT, [base64.b64encode(shot).decode() for shot in shots]))

    def _shot(self, document: str, width: int) -> bytes:
        self.page.set_viewport_size({"width": width, "height": 400})
        self.page.set_content(document)
        return self.page.screenshot(full_page=True, animations="disabled")


def ours(source: str) -> str:
    """The html that Acto makes of plain MJML."""
    tree = documents.read("try/body.mjml", "en", {"try/body.mjml": source})
    assert tree.mjml, tree.problems
    return mjml.compile(tree.mjml, "en", "", "").filled(lambda block: "")


@contextmanager
def lookout() -> Iterator[Lookout]:
    reference = Checker("mjml.js")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=browser.arguments())
        yield Lookout(chromium.new_page(device_scale_factor=1), reference)
        chromium.close()
    reference.close()


def _answer(route: Route) -> None:
    """One picture for every image, and nothing of the network."""
    if route.request.resource_type == "image":
        route.fulfill(body=PICTURE, content_type="image/png")
    else:
        route.abort()
