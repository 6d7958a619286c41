"""The starter emails for tests: filled in for the person of their sample, and read as that person reads them."""

import html
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from builder import catalog, emails, messages
from builder.blocks import Block
from builder.formats.personalised_block import personalised
from builder.messages import Filled, Recipient, Sender
from builder.mime import Address
from builder.source import EmailSource
from builder.tokens import Keyring

FOLDER = Path(__file__).parents[2] / "templates" / "emails"
NAMES = catalog.names(FOLDER)
NOW = 1_795_305_600_000  # 22 November 2026, before the dates of the samples
COMPANY = Address("Brújula", "hola@example.com")
SENDER = Sender(COMPANY, "Carrera 7", "https://a.example.com", "example.com", Keyring(["a key"]))


@cache
def source(name: str) -> EmailSource:
    return catalog.read(FOLDER / name)


def blocks(name: str, language: str = "es") -> list[Block]:
    return list(emails.compile(source(name), language).blocks.values())


def filled(name: str, language: str, **known: Any) -> Filled:
    """For the person of the sample, of whom we know these answers."""
    return written(name, language, replace(messages.sample(source(name)), known=known))


def written(name: str, language: str, recipient: Recipient) -> Filled:
    return messages.fill(emails.compile(source(name), language), SENDER, recipient, NOW)


def asked(name: str, language: str, **known: Any) -> dict[str, Block]:
    """The blocks that the message asks, in the words of the sample's person. A block's name stands in its token."""
    text = filled(name, language, **known).text
    context = {"known": known, **source(name).sample}
    return {block.name: personalised(block, context) for block in blocks(name, language) if f".{block.name}." in text}


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", re.sub(r"https?://\S+", " ", text).casefold()))


def spaced(text: str) -> str:
    return " ".join(html.unescape(text).split())


def seen(markup: str) -> str:
    """The text a reader sees of an html part."""
    parser = _Seen()
    parser.feed(markup)
    return spaced(parser.text)


class _Seen(HTMLParser):
    """No head, no comment, nothing that is hidden, as the preheader is."""

    VOID = frozenset(["br", "hr", "img", "input", "link", "meta"])

    def __init__(self) -> None:
        super().__init__()
        self.text, self.hidden = "", 0  # how deep in something that is hidden

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        unseen = tag in ("head", "style") or "display:none" in (dict(attrs).get("style") or "")
        if tag not in self.VOID and (self.hidden or unseen):
            self.hidden += 1
        self.text += " "

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= bool(self.hidden)
        self.text += " "

    def handle_data(self, data: str) -> None:
        self.text += "" if self.hidden else data
