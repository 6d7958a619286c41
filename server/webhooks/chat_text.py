"""Texts of people as chats read them: nobody's name or answer calls a channel, becomes a link or a list. Pure."""

from __future__ import annotations

import re

MENTION = re.compile(r"(?<![A-Za-z0-9])[@＠](?=\S)")  # @channel, _@all_, ñ@here; the @ of an address stays
BREAK = "\u200b"  # zero width: seen by nobody, and no chat reads on over it
ANGLES = str.maketrans("<>", "‹›")  # <users/all>, <!channel>, <@U1>: not every chat has an escape for them


def unmentioned(text: str) -> str:
    """The text with no @ that begins a mention."""
    return MENTION.sub(lambda found: found[0] + BREAK, text)


def plain(text: str) -> str:
    """For chats of any kind: no mention and no angle brackets."""
    return unmentioned(text).translate(ANGLES)


def slack(text: str) -> str:
    """Slack's own escapes, and no mention."""
    return unmentioned(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def card(text: str) -> str:
    """A text block of a card reads Markdown."""
    return "".join(f"\\{char}" if char in "\\`*_[]()#+-!<>" else char for char in unmentioned(text))
