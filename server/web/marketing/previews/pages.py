"""Gathers the data of an email's preview page: the parts of the chosen format, and sizes, points and
conditions, which concern all formats.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from builder import context as contexts
from builder import personalise, screen_reader
from builder.blocks import Block, Option
from builder.context import IMAGES_PATH
from builder.eligibility import AMP_MAX_BYTES
from builder.formats.html import declares_dark
from server.sending import preview
from server.sending.preview import Preview
from server.web.language import text
from server.web.marketing.previews import card, conditions, frames, letters
from server.web.marketing.previews.preview_options import Look

CLIPPED_BYTES = 102_000  # Gmail cuts the html part off at about this size
Parts = dict[str, Any]


def of(shown: Preview, look: Look) -> Parts:
    """Return the data of the template for this look."""
    can_be_seen = look.format in shown.possible
    return {
        **(FORMATS.get(look.format, _nothing)(shown) if can_be_seen else {}),
        "can_be_seen": can_be_seen,
        "preheader": _preheader(shown),
        "never_dark": look.dark and _stays_light(shown, look.format),
        "sizes": sizes(shown),
        "worth": worth(shown),
        "conditionals": conditions.conditionals(shown, look),
    }


def framed(shown: Preview, part: str, now: int) -> str:
    """Return the HTML of the format that a frame shows; '' if the email has no such format."""
    if part == "html":
        return preview.plain(shown.email, shown.sender, shown.recipient, now).html
    if part == "kinetic":
        return shown.sent.html if part in shown.possible else ""
    return frames.without_runtime(_own_images(shown))


def _own_images(shown: Preview) -> str:
    """Return the AMP part with its images from this server, which may not be reached over https yet."""
    known = f"{preview.everywhere(shown.sender).base_url}/{IMAGES_PATH}/"
    return shown.full.amp.replace(known, f"{shown.sender.base_url}/{IMAGES_PATH}/")


def sizes(shown: Preview) -> list[tuple[str, int, int]]:
    """Return (part, bytes, limit) for each part of the message; 0 is no limit."""
    full = shown.full
    rows = [
        (text("HTML"), shown.sent.html, CLIPPED_BYTES),
        (text("Text"), shown.sent.text, 0),
        (text("AMP"), full.amp, AMP_MAX_BYTES),
        (text("Card"), full.card, 0),
        (text("Gmail action"), full.gmail, 0),
        (text("Invitation"), full.invite, 0),
    ]
    return [(name, len(part.encode()), limit) for name, part, limit in rows if part]


def _worth(shown: Preview) -> list[tuple[Block, tuple[Option, ...]]]:
    """Return each block as this person reads it, with the points of its answers; a written answer counts as one option."""
    blocks = preview.questions(shown)
    own = text("in their own words")
    return [(block, block.options or (Option("", own, block.interest, block.need, block.urgency),)) for block in blocks]


def _stays_light(shown: Preview, format_: str) -> bool:
    """Return whether the format ignores dark mode: AMP allows no rules for it, and HTML must declare it."""
    return format_ == "amp" or (format_ in ("html", "kinetic") and not declares_dark(shown.sent.html))


def worth(shown: Preview) -> list[tuple[Block, tuple[Option, ...]]]:
    """Return each block as this person reads it, with the points of its answers; a written answer counts as one option.

    Empty if no answer gives points.
    """
    own = text("in their own words")
    rows = [
        (block, block.options or (Option("", own, block.interest, block.need, block.urgency),))
        for block in preview.questions(shown)
    ]
    points = any(option.interest or option.need or option.urgency for _, options in rows for option in options)
    return rows if points else []


def _preheader(shown: Preview) -> str:
    template = shown.email.source.preheader.get(shown.email.language, "")
    recipient = shown.recipient
    brand = shown.email.source.brand(shown.email.language)
    return personalise.line(template, contexts.of({}, shown.email.language, shown.sender, recipient, 0, brand))


def _nothing(shown: Preview) -> Parts:
    return {}


def _gmail(shown: Preview) -> Parts:
    if not shown.full.gmail:
        return {"action": ""}
    document = json.loads(shown.full.gmail)
    return {"action": document["potentialAction"]["name"], "action_source": _indented(document)}


def _card(shown: Preview) -> Parts:
    source = _indented(json.loads(shown.full.card)) if shown.full.card else ""
    return {"pieces": card.tree(shown.full.card), "card_source": source}


def _indented(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2)


def _text(shown: Preview) -> Parts:
    return {"said": screen_reader.read(shown.sent.html)}


def _mailto(shown: Preview) -> Parts:
    return {"letters": letters.letters(shown.full.html)}


def _calendar(shown: Preview) -> Parts:
    return {"event": letters.event(shown.sent.invite or shown.full.invite)}


FORMATS: dict[str, Callable[[Preview], Parts]] = {
    "gmail": _gmail,
    "card": _card,
    "text": _text,
    "mailto": _mailto,
    "calendar": _calendar,
}
