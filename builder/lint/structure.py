"""Checks tags: unknown ones, their nesting, and text outside the tags that show it."""

import re
from collections.abc import Iterator

from builder.blocks import DECLARATIONS
from builder.css import SHEETS
from builder.lint.view import BLIND, Place, View, at, in_file, is_block, meant, problem_in
from builder.nodes import Element, Text
from builder.problems import Problem
from builder.tags import CONTENT_TAGS, FRAMES, HTML_TAGS, TAGS

BLOCK_PARENTS = ("mj-column", "mj-hero")
_KNOWN = {*TAGS, *DECLARATIONS, "ac-option"}


def check(view: View) -> Iterator[Problem]:
    """Check one body for unknown-tag, wrong-nesting, lost-text and missing-mjml."""
    yield from _whole(view)
    for place in view.places:
        if not _exists(place.element.tag):
            yield _unknown(place)
        elif not _may_stand(place):
            yield _misplaced(place)
    yield from _lost(view)
    yield from _open_styles(view)


def _open_styles(view: View) -> Iterator[Problem]:
    """Report an html comment that opens in a style sheet, because some parsers take the rest of the email for a comment."""
    for place in view.places:
        for text in place.element.children if place.element.tag in SHEETS else ():
            at = text.source.shadow.find("<!--", text.start, text.end) if isinstance(text, Text) else -1
            if at >= 0 and text.source.shadow.find("-->", at, place.element.inner_end) < 0:
                said = f"A comment opens in the <{place.element.tag}> here and never closes."
                yield problem_in(text.source, at, "unclosed-tag", said, "Remove it; comments in CSS are /* … */.")


def _whole(view: View) -> Iterator[Problem]:
    root = view.tree.mjml
    fix = "Write <mjml><mj-body> … </mj-body></mjml>."
    if root is None:
        yield in_file(view.email.body(view.language), "missing-mjml", "There is no <mjml> in this file.", fix)
        return
    bodies = [child for child in root.elements if child.tag == "mj-body"]
    if not bodies:
        yield at(root, "missing-mjml", "There is no <mj-body> in this <mjml>.", fix)
    heads = [child for child in root.elements if child.tag == "mj-head"]
    for again in (*bodies[1:], *heads[1:]):
        yield at(again, "wrong-nesting", f"This is the second <{again.tag}>.", "Keep one, with all that both hold.")


def _exists(tag: str) -> bool:
    return tag in _KNOWN or tag in HTML_TAGS or ":" in tag or tag in _UNSUPPORTED


_UNSUPPORTED = frozenset({"mj-html-attributes", "mj-selector", "mj-html-attribute"})  # reported by another rule


def _unknown(place: Place) -> Problem:
    tag = place.element.tag
    ours = tag.startswith(("mj", "ac-"))
    near = meant(tag, _KNOWN if ours or not place.in_content else HTML_TAGS)
    fix = f"Did you mean <{near}>?" if near else "Remove it, or use a tag of docs/templates.md."
    return at(place.element, "unknown-tag", f"There is no tag <{tag}>.", fix)


def _parents(place: Place) -> tuple[str, ...] | None:
    """Return the tags in which a tag may stand; None for any."""
    tag = place.element.tag
    if tag == "ac-option":
        return tuple(DECLARATIONS)
    if tag in DECLARATIONS:
        return BLOCK_PARENTS
    if tag in TAGS:
        return None if "*" in TAGS[tag].parents else TAGS[tag].parents or ("",)
    return None if place.in_content else ("mj-text",)  # blocks stand in columns, never in a part


def _may_stand(place: Place) -> bool:
    if place.element.tag in _UNSUPPORTED:
        return True
    if _holds_plain_text(place):
        return False
    if place.parent == "mj-attributes":
        return place.element.tag.startswith("mj-") or place.element.tag == "ac-all"
    parents = _parents(place)
    return parents is None or place.parent in parents


def _holds_plain_text(place: Place) -> bool:
    """Return whether the tag around holds plain text, as a label does; a part of <ac-explore> holds HTML."""
    return place.parent in BLIND or (place.parent == "ac-option" and not place.in_part)


def _misplaced(place: Place) -> Problem:
    tag, parents = place.element.tag, _parents(place) or ()
    where = f"in <{place.parent}>" if place.parent else "outside every tag"
    fix = f"Put it in {_an(parents[0])}." if parents and parents != ("",) else "Put it at the top, around everything."
    if _holds_plain_text(place):
        fix = f"Write plain text in <{place.parent}>."
    return at(place.element, "wrong-nesting", f"<{tag}> stands {where}.", fix)


def _an(tag: str) -> str:
    return f"{'an' if tag.startswith(('mj', 'ac')) else 'a'} <{tag}>"


def _lost(view: View) -> Iterator[Problem]:
    for text in (node for node in view.tree.nodes if isinstance(node, Text)):
        yield from _lost_text(text, "the <mjml>")
    for place in view.places:
        element = place.element
        if place.in_content or element.tag in CONTENT_TAGS or not _drops(element):
            continue
        for text in (child for child in element.children if isinstance(child, Text)):
            yield from _lost_text(text, f"the tags of <{element.tag}>")


def _drops(element: Element) -> bool:
    return element.tag in FRAMES or is_block(element) or (element.tag in TAGS and element.tag not in CONTENT_TAGS)


def _lost_text(text: Text, where: str) -> Iterator[Problem]:
    if text.is_comment:
        return
    shadow = text.source.shadow[text.start : text.end]
    word = re.search(r"[^\s\ue000]+", shadow)
    if word:
        said = f"“{word.group()[:30]}” stands between {where}, where text is dropped."
        yield problem_in(text.source, text.start + word.start(), "lost-text", said, "Put it into an <mj-text>.")
