"""Extracts the text of an html reply, split into own and quoted, because html marks quotes more clearly than plain text."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

BREAKS = re.compile(r"address|article|br|dd|div|dl|dt|h[1-6]|hr|li|ol|p|pre|section|table|tr|ul")
UNSEEN = re.compile(r"head|script|style|title|template|object|svg")
QUOTES = frozenset(  # classes, ids and names of elements with the earlier mail, an attribution or a signature
    (
        *(
            "gmail_quote",
            "gmail_quote_container",
            "gmail_attr",
            "gmail_extra",
            "yahoo_quoted",
            "moz-cite-prefix",
            "moz-forward-container",
        ),
        *(
            "protonmail_quote",
            "zmail_extra",
            "gmail_signature",
            "moz-signature",
            "protonmail_signature_block",
            "elided-text",
        ),
        *(
            "signature",
            "ms-outlook-mobile-signature",
            "ms-outlook-mobile-body-separator-line",
            "composer_signature",
            "applemailsignature",
        ),
        *(
            "_rc_sig",
            "reply-intro",
            "k9mail-signature",
            "zmail_signature",
            "yahoo-signature",
            "bloop_sign",
            "tutanota_quote",
            "quote",
        ),
        *(
            "gmail_signature_prefix",
            "gmx_signature",
            "avg_signature",
            "dcb4fab8-2dd7-40bb-a1b8-4e2aa1f9fdf2",
            "mailbird_sign",
            "mb_sig",
            "fastmail-quoted",
        ),
        *(
            "protonmail_signature_block-user",
            "protonmail_signature_block-proton",
            "lightmail_signature",
            "edo-signature",
            "edo-original-message",
        ),
    )
)
SIGNED = re.compile(r"sig\d{5,}|ydp\w*signature|ydp\w*yahoo_quoted|yui\w*signature|.*[-_]signature")
ENDS = frozenset(  # ids that begin the earlier mail
    (
        *("appendonsend", "divrplyfwdmsg", "mail-editor-reference-message-container", "ms-outlook-mobile-reference"),
        *(
            "ms-outlook-mobile-reference-message",
            "replysplit",
            "olk_src_body_section",
            "oriMsgHtmlSeperator".lower(),
            "isreplycontent",
        ),
    )
)
_INDENTED = re.compile(
    r"border(?:-left)?\s*:\s*(?:none|0)|margin\s*:\s*0(?:px)?\s+0(?:px)?\s+0(?:px)?\s+40px", re.IGNORECASE
)
_SPACES = re.compile(r"[ \t\r\n\f]+")


class Marked(NamedTuple):
    """The text that a person wrote and the text that the markup excludes, a line for each block."""

    own: str
    cut: str


UNMARKED = Marked("", "")


def read(html: str) -> Marked:
    """Extract both texts. Never raises; text after broken markup may be missing."""
    reader = _Reader()
    # libxml2, because the standard library's parser takes minutes for a hostile text
    parser = etree.HTMLParser(target=reader)  # type: ignore[call-overload]  # the stubs ask for methods that may be left out
    with contextlib.suppress(etree.LxmlError, ValueError, AssertionError):
        parser.feed(html)
        parser.close()
    return Marked(_lines(reader.own), _lines(reader.cut))


def text(html: str) -> str:
    """Return the own text alone."""
    return read(html).own


def _lines(found: list[str]) -> str:
    lines = (_SPACES.sub(" ", line).strip(" ") for line in "".join(found).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader:
    """The target of the parser, which also closes elements left open."""

    def __init__(self) -> None:
        self.own: list[str] = []
        self.cut: list[str] = []
        self._unseen = 0  # open tags from the first invisible one on
        self._quoted = 0  # open tags from the first marked one on
        self._pre = 0
        self._ended = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        names = _names(attributes)
        self._ended = self._ended or not names.isdisjoint(ENDS)
        if self._unseen or UNSEEN.fullmatch(tag):
            self._unseen += 1
            return
        if self._quoted or _is_marked(tag, names, attributes):
            self._quoted += 1
        self._pre += tag == "pre"
        if BREAKS.fullmatch(tag):
            self._found("\n")

    def end(self, tag: str) -> None:
        if self._unseen:
            self._unseen -= 1
            return
        if BREAKS.fullmatch(tag) and tag != "br":
            self._found("\n")
        self._pre -= tag == "pre"
        self._quoted -= bool(self._quoted)

    def data(self, data: str) -> None:
        if not self._unseen:
            self._found(data if self._pre > 0 else data.replace("\n", " "))

    def close(self) -> None:
        """Do nothing; the parser requires it."""

    def _found(self, data: str) -> None:
        (self.cut if self._quoted or self._ended else self.own).append(data)


def _is_marked(tag: str, names: set[str], attributes: Mapping[str, str]) -> bool:
    if tag == "blockquote" and not names & QUOTES and not attributes.get("type"):
        return not _INDENTED.search(attributes.get("style", ""))
    return tag == "blockquote" or not names.isdisjoint(QUOTES) or any(SIGNED.fullmatch(name) for name in names)


def _names(attributes: Mapping[str, str]) -> set[str]:
    values = (attributes.get(name, "") for name in ("class", "id", "name"))
    return {name.removeprefix("x_") for value in values for name in value.lower().split()}
