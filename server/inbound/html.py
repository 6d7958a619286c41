"""The html of a reply as text, without what it quotes: mail clients mark that in html more plainly than in text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

VOID = re.compile(r"area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr")
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
    try:
        reader.feed(html)
        reader.close()
    except (AssertionError, ValueError):  # declarations that the parser gives up on
        pass
    lines = (_SPACES.sub(" ", line).strip(" ") for line in "".join(reader.found).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._skipped = ""  # the tag that is being left out, with how many of its kind are open
        self._depth = 0
        self._ended = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = _names(attrs)
        self._ended = self._ended or not names.isdisjoint(ENDS)
        if self._skipped:
            self._depth += tag == self._skipped
        elif not VOID.fullmatch(tag) and (UNSEEN.fullmatch(tag) or not names.isdisjoint(QUOTES)):
            self._skipped, self._depth = tag, 1
        elif BREAKS.fullmatch(tag):
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._skipped and tag == self._skipped:
            self._depth -= 1
            self._skipped = self._skipped if self._depth else ""
        elif BREAKS.fullmatch(tag) and not self._skipped:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._skipped and not self._ended:
            self.found.append(data.replace("\n", " "))


def _names(attrs: list[tuple[str, str | None]]) -> set[str]:
    values = [value or "" for name, value in attrs if name in ("class", "id")]
    return {name.removeprefix("x_") for value in values for name in value.lower().split()}
