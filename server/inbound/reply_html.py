"""The html of a reply as text, without what it quotes: mail clients mark that in html more plainly than in text."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping

from lxml import etree

BREAKS = re.compile(r"address|article|br|dd|div|dl|dt|h[1-6]|hr|li|ol|p|pre|section|table|tr|ul")
UNSEEN = re.compile(r"head|script|style|title|template|object|svg|blockquote")
QUOTES = frozenset(  # classes and ids of what holds the earlier mail, or a signature
    (
        *("gmail_quote", "gmail_quote_container", "gmail_attr", "gmail_extra", "yahoo_quoted", "moz-cite-prefix"),
        *("protonmail_quote", "zmail_extra", "gmail_signature", "moz-signature", "protonmail_signature_block"),
        *("signature", "ms-outlook-mobile-signature", "ms-outlook-mobile-body-separator-line"),
    )
)
ENDS = frozenset(  # ids after which everything is the earlier mail
    ("appendonsend", "divrplyfwdmsg", "mail-editor-reference-message-container", "ms-outlook-mobile-reference")
)
_SPACES = re.compile(r"[ \t\r\n\f]+")


def text(html: str) -> str:
    """Its words, a line for each block. Never raises; what comes after broken markup may be missing."""
    reader = _Reader()
    # libxml2, since the standard library's parser takes minutes for 50 kB of what was made to slow it
    parser = etree.HTMLParser(target=reader)  # type: ignore[call-overload]  # the stubs ask for methods that may be left out
    with contextlib.suppress(etree.LxmlError, ValueError, AssertionError):
        parser.feed(html)
        parser.close()
    lines = (_SPACES.sub(" ", line).strip(" ") for line in "".join(reader.found).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader:
    """What the parser calls as it goes; it closes whatever was left open."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._skipped = 0  # how many tags are open from the one on that is left out
        self._ended = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        names = _names(attributes)
        self._ended = self._ended or not names.isdisjoint(ENDS)
        if self._skipped or UNSEEN.fullmatch(tag) or not names.isdisjoint(QUOTES):
            self._skipped += 1
        elif BREAKS.fullmatch(tag):
            self.found.append("\n")

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif BREAKS.fullmatch(tag) and tag != "br":
            self.found.append("\n")

    def data(self, data: str) -> None:
        if not self._skipped and not self._ended:
            self.found.append(data.replace("\n", " "))

    def close(self) -> None:
        """Nothing is left to do."""


def _names(attributes: Mapping[str, str]) -> set[str]:
    values = (attributes.get(name, "") for name in ("class", "id"))
    return {name.removeprefix("x_") for value in values for name in value.lower().split()}
