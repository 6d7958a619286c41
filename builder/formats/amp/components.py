"""Converts MJML's components of hidden checkboxes to AMP's own: the accordion, the carousel, the menu."""

from builder.formats.amp import tree
from builder.formats.amp.clean import Work
from builder.formats.amp.images import source
from builder.formats.amp.tree import Node

FRAME = ("600", "400")  # of a carousel, in px: MJML gives its pictures no height
TITLE_LOOK = "margin:0;padding:0;border:0;background-color:transparent;font-size:inherit;font-weight:inherit"


def convert(root: Node, work: Work) -> None:
    """Convert every component below the root. Runs before the images, because a carousel's images get their size from its frame."""
    for node in tree.tags(root):
        names = str(node.get("class", "")).split()
        for name, make in _MAKERS.items():
            if name in names and node.getparent() is not None:
                make(node, work)


def _accordion(node: Node, work: Work) -> None:
    """Convert each label with its checkbox, title and text to a section with a header and a body."""
    work.extensions.add("amp-accordion")
    for label in _below(node, "mj-accordion-element"):
        header, body = tree.make("header", style=TITLE_LOOK), tree.make("div")
        for part, name in ((header, "mj-accordion-title"), (body, "mj-accordion-content")):
            for each in _below(label, name):
                part.append(each)
        for icon in _below(header, "mj-accordion-ico"):
            icon.text = "+"
            for image in list(icon):
                tree.remove(image, work.marks)
        accordion, section = tree.make("amp-accordion", style=str(label.get("style", ""))), tree.make("section")
        accordion.append(section)
        section.extend([header, body])
        tree.replace(label, accordion)


def _carousel(node: Node, work: Work) -> None:
    """Convert the pictures to slides; AMP adds its own arrows."""
    work.extensions.add("amp-carousel")
    work.losses.add("frame", "<mj-carousel>")
    made = tree.make("amp-carousel", type="slides", layout="responsive", width=FRAME[0], height=FRAME[1])
    for slide in _below(node, "mj-carousel-image"):
        for image in [each for each in tree.tags(slide) if each.tag == "img"]:
            picture = tree.make("amp-img", src=source(image, work), layout="fill", style="object-fit:contain")
            picture.set("alt", str(image.get("alt", "")))
            tree.replace(image, picture)
        slide.attrib.pop("style", None)
        slide.tail = None
        made.append(slide)
    tree.replace(node, made)


def _menu(node: Node, work: Work) -> None:
    """Remove the button that folds a menu; the links stay."""
    work.losses.add("menu", "<mj-navbar hamburger>")
    tree.remove(node, work.marks)


def _checkbox(node: Node, work: Work) -> None:
    tree.remove(node, work.marks)


def _below(node: Node, name: str) -> list[Node]:
    return [each for each in tree.tags(node) if name in str(each.get("class", "")).split()]


_MAKERS = {
    "mj-accordion": _accordion,
    "mj-carousel": _carousel,
    "mj-menu-trigger": _menu,
    "mj-menu-checkbox": _checkbox,
}
