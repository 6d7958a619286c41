"""Converts <img> to <amp-img>: over https, with both dimensions, as wide as its place and no wider than itself."""

import re

from builder.formats.amp import tree
from builder.formats.amp.clean import Work
from builder.formats.amp.tree import Node

# How AMP lays an image out: an icon keeps its size (fixed), an image of MJML fills its cell (responsive), any other is as wide as
# it says and shrinks with its place (intrinsic).
SMALL_PX = 64
KEPT = ("alt", "title", "class", "role", "aria-label", "aria-hidden")
_SIZES = re.compile(r"(?:^|;)\s*(?:min-|max-)?(?:width|height|display)\s*:[^;]*", re.IGNORECASE)
_NAMED = re.compile(r"-([1-9][0-9]{0,4})x([1-9][0-9]{0,4})\.(?:png|jpg)\s*$")
_PX = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)(px)?\s*", re.IGNORECASE)


def convert(root: Node, work: Work) -> None:
    """Convert every image below the root."""
    for image in tree.tags(root):
        if image.tag == "img" and image.getparent() is not None:
            tree.replace(image, amp_image(image, work))


def amp_image(image: Node, work: Work) -> Node:
    """Build the <amp-img> of an image; records a loss if a dimension is missing."""
    width, height = size(image, "width", work), size(image, "height", work)
    if not width or not height:
        work.losses.add("image-size", _name(image, work))
    made = tree.make("amp-img", src=source(image, work), width=width or "1", height=height or "1")
    made.set("layout", _layout(image, width))
    for name in KEPT:
        if image.get(name) is not None:
            made.set(name, str(image.get(name)))
    made.set("style", _SIZES.sub("", str(image.get("style", ""))).strip("; "))
    return made


def source(image: Node, work: Work) -> str:
    """Return the image's address; records a loss if it is not https."""
    address = str(image.get("src", "")).strip().replace(" ", "%20")
    if not address.lower().startswith("https://") and not work.marks.any.match(address):
        work.losses.add("image-url", work.marks.restore(address) or _name(image, work))
    return address


def size(image: Node, side: str, work: Work) -> str:
    """Return the width or height in px: of the image, of the cell of fixed size that holds it, or by the size in the name of a file such
    as faro-640x240.png; empty if none gives one.
    """
    given = str(image.get(side, ""))
    if work.marks.any.fullmatch(given):
        return given
    return _px(given) or _px(_said(image, side)) or _cell(image, side) or _named(image, side, work)


def _cell(image: Node, side: str) -> str:
    """Return the cell's size, if its width equals the image's: icons of networks stand in such cells."""
    cell = next((above for above in image.iterancestors() if above.tag in ("td", "th")), None)
    if cell is None or _px(_said(cell, "width")) != _px(str(image.get("width", ""))):
        return ""
    return _px(_said(cell, side))


def _named(image: Node, side: str, work: Work) -> str:
    """Return the height that belongs to the image's width, or the width of the file."""
    found = _NAMED.search(work.marks.restore(str(image.get("src", ""))))
    if not found:
        return ""
    wide, high = int(found[1]), int(found[2])
    shown = _px(str(image.get("width", "")))
    return str(wide) if side == "width" else str(round(high * float(shown) / wide)) if shown else str(high)


def _said(node: Node, side: str) -> str:
    found = re.search(rf"(?:^|;)\s*{side}\s*:([^;]*)", str(node.get("style", "")), re.IGNORECASE)
    return found[1] if found else ""


def _px(value: str) -> str:
    found = _PX.fullmatch(value)
    return found[1] if found and float(found[1]) > 0 else ""


def _layout(image: Node, width: str) -> str:
    if _PX.fullmatch(width) and float(width) <= SMALL_PX:
        return "fixed"
    fills = _said(image, "width").strip() == "100%" and not _said(image, "max-width")
    return "responsive" if fills else "intrinsic"


def _name(image: Node, work: Work) -> str:
    return work.marks.restore(str(image.get("src") or image.get("alt") or "<img>"))
