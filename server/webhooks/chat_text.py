"""Escapes people's texts for chats, so that no name or answer mentions a channel, or becomes a link or a list. Pure."""

from __future__ import annotations

import re

MENTION = re.compile(r"(?<![A-Za-z0-9])[@＠](?=\S)")  # @channel, _@all_, ñ@here; the @ of an address stays
BREAK = "\u200b"  # zero width: invisible, and it ends a mention in every chat
ANGLES = str.maketrans("<>", "‹›")  # <users/all>, <!channel>, <@U1>: not every chat has an escape for them


def unmentioned(text: str) -> str:
    """Break each @ that begins a mention."""
    return MENTION.sub(lambda found: found[0] + BREAK, text)


def plain(text: str) -> str:
    """Escape a text for any chat: no mention and no angle brackets."""
    return unmentioned(text).translate(ANGLES)


def slack(text: str) -> str:
    """Escape a text for Slack, without mentions."""
    return unmentioned(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def card(text: str) -> str:
    """Escape a text for the text block of a card, which is Markdown."""
    return "".join(f"\\{char}" if char in "\\`*_[]()#+-!<>" else char for char in unmentioned(text))
