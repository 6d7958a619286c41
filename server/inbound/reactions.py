"""Maps the emoji of a reaction to answers. An ambiguous emoji answers nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable

from builder.blocks import Block
from server.inbound.mime_parts import clean

STEPS = {  # on the five steps of faces and stars
    "5": "👍 👌 👏 🙌 💯 🔥 🎉 ❤ 🧡 💛 💚 💙 💜 🥰 😍 🤩 😀 😃 😄 😁 😊",
    "4": "🙂",
    "3": "😐",
    "2": "🙁 ☹",
    "1": "👎 😠 😡 🤬",
}
YES, NO = "👍 👌 ✅", "👎 ❌"  # to a question with a decision
SCALES = ("faces", "stars")
_STEP_OF = {emoji: step for step, row in STEPS.items() for emoji in row.split()}
_TONES = {0xFE0F: None, 0xFE0E: None, **dict.fromkeys(range(0x1F3FB, 0x1F400))}  # presentation and skin


def read(text: str) -> str:
    """Parse Gmail's JSON and return its emoji; '' if the format is unknown."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(found, dict) or found.get("version") != 1:
        return ""
    emoji = found.get("emoji")
    return clean(emoji) if isinstance(emoji, str) and len(emoji) < 20 else ""


def value(block: Block, emoji: str) -> str | None:
    """Return the option that the emoji chooses; None if it is ambiguous."""
    plain = emoji.translate(_TONES).strip()
    if block.scale in SCALES:
        return _STEP_OF.get(plain)
    if block.kind != "confirm":
        return None
    if plain in YES.split():
        return agreeing(block)
    return "no" if plain in NO.split() and block.option("no") else None


def agreeing(block: Block) -> str | None:
    """Return the option of a decision that a plain yes chooses: `yes`, or the first of two."""
    if block.option("yes"):
        return "yes"
    return block.options[0].value if 0 < len(block.options) <= 2 else None


def reacted_to(blocks: Iterable[Block]) -> Block | None:
    """Return the question of a reaction to the whole mail: its first faces or stars, or its only decision."""
    asked = list(blocks)
    rated = next((block for block in asked if block.scale in SCALES), None)
    decisions = [block for block in asked if block.kind == "confirm"]
    return rated or (decisions[0] if len(decisions) == 1 else None)
