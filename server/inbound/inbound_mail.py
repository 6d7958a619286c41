"""Parses one incoming mail within limits on size, lines and parts, so that hostile mail can neither block nor crash the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import EmailMessage
from functools import cached_property
from itertools import groupby

from server.inbound import mime_parts, reply_html
from server.inbound.mime_parts import Part
from server.inbound.outcome import MAX_MEGABYTES
from server.inbound.reply_html import UNMARKED, Marked

READABLE = ("text/plain", "text/html")
MAX_BYTES = MAX_MEGABYTES * 1_000_000  # verifying a signature needs the whole mail in memory
MAX_HEAD_BYTES = 200_000
MAX_LINES = 250_000
MAX_PARTS = 60  # the parser compares each line with the boundaries around it
MAX_CONTENT_HEADER_BYTES = 4_000
_CONTENT_HEADER = re.compile(rb"(?im)^content-[a-z-]{1,30}:.*(?:\n[ \t].*)*")
_FOLD = re.compile(r"[\r\n]+[ \t]?")
_ONE_MAILBOX = re.compile(r"(?:[^<>]*<([^<>\s]{3,254})>|([^<>\s\",;:()]{3,254})(?:\s+\([^()<>@]{0,200}\))?)\s*")


class Unreadable(Exception):
    """The mail cannot be read; `why` is a key of `outcome.WHY`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Mail:
    """One mail. `headers` by lower-case name, unfolded, in their order; `parts` are the leaves that may hold an answer.

    `straight` is false if a line ends in a bare CR: mail programs disagree about such a mail, so its signature proves nothing.
    """

    raw: bytes
    headers: Mapping[str, tuple[str, ...]]
    parts: tuple[Part, ...]
    content_type: str
    straight: bool

    def all(self, name: str) -> tuple[str, ...]:
        """Return all values of a header, by its lower-case name."""
        return self.headers.get(name, ())

    def first(self, name: str) -> str:
        """Return the first value of a header; '' without one."""
        return next(iter(self.all(name)), "")

    def part(self, content_type: str) -> Part | None:
        """Return the first part of this content type; None without one."""
        return next((part for part in self.parts if part.content_type == content_type), None)

    @cached_property
    def sender(self) -> str:
        """The one address in From; empty if there is none, several, or an ambiguous one."""
        values = self.all("from")
        found = _ONE_MAILBOX.fullmatch(values[0].strip()) if len(values) == 1 and len(values[0]) < 1_000 else None
        return (found[1] or found[2]) if found else ""

    @cached_property
    def sender_name(self) -> str:
        """The name beside the address in From; empty without one. It is not authenticated."""
        value = self.first("from") if self.sender else ""
        try:
            name = str(make_header(decode_header(value.partition("<")[0]))) if "<" in value else ""
        except (MessageError, LookupError, ValueError):
            name = ""
        return " ".join(name.replace('"', " ").split())[:200]

    @cached_property
    def texts(self) -> tuple[tuple[str, Marked], ...]:
        """The texts that a reader sees, in order: each text part; of two alternatives the plain one, with the marks of the html."""
        found: list[tuple[str, Marked]] = []
        readable = [part for part in self.parts if not part.attached and part.content_type in READABLE]
        for _, forms in groupby(enumerate(readable), key=lambda each: each[1].choice or -1 - each[0]):
            text, marked = _one_text([part for _, part in forms])
            if text.strip() and all(text.split() != other.split() for other, _ in found):
                found.append((text, marked))
        return tuple(found)


def read(raw: bytes) -> Mail:
    """Parse a mail. Raises Unreadable."""
    _check(len(raw) <= MAX_BYTES, "too_large")
    unix = raw.replace(b"\r\n", b"\n")
    straight = b"\r" not in unix
    unix = unix.replace(b"\r", b"\n")
    _bound(unix)
    try:
        message = message_from_bytes(unix, policy=policy.default)
        leaves = tuple(part for leaf, choice in _leaves(message) if (part := mime_parts.read(leaf, choice)))
        return Mail(raw, _headers(message), leaves, message.get_content_type(), straight)
    except Exception as error:  # hostile input makes the parser raise anything
        raise Unreadable("unreadable") from error


def _bound(unix: bytes) -> None:
    """Count, before parsing, what makes a parser slow. Raises Unreadable beyond a limit."""
    head = unix.find(b"\n\n")
    _check(0 < (head if head >= 0 else len(unix)) <= MAX_HEAD_BYTES, "unreadable")
    _check(unix.count(b"\n") <= MAX_LINES, "too_large")
    count = 0
    for found in _CONTENT_HEADER.finditer(unix):
        count += found[0].lower().startswith(b"content-type")
        _check(count <= MAX_PARTS and len(found[0]) <= MAX_CONTENT_HEADER_BYTES, "too_deep")


def _check(holds: bool, why: str) -> None:
    if not holds:
        raise Unreadable(why)


def _headers(message: EmailMessage) -> dict[str, tuple[str, ...]]:
    """Return the headers without decoding encoded words, because no decision depends on a display name."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value in message.raw_items():
        said = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        found[name.lower()] = (*found.get(name.lower(), ()), mime_parts.clean(_FOLD.sub(" ", said).strip()))
    return found


def _leaves(message: EmailMessage) -> Iterator[tuple[EmailMessage, int]]:
    """Yield the leaf parts in reading order, with the number of their multipart/alternative. An enclosed mail is skipped."""
    waiting, choices = [(message, 0)], 0
    while waiting:
        part, choice = waiting.pop(0)
        if part.get_content_maintype() == "message":
            continue
        if not part.is_multipart():
            yield part, choice
            continue
        if not choice and part.get_content_subtype() == "alternative":
            choice = choices = choices + 1
        waiting[:0] = [(child, choice) for child in part.get_payload() if isinstance(child, EmailMessage)]


def _one_text(forms: Sequence[Part]) -> tuple[str, Marked]:
    """Return the text of one part, or of the alternatives of one text."""
    plain = "\n\n".join(part.text for part in forms if part.content_type == "text/plain" and part.text.strip())
    markup = [reply_html.read(part.text) for part in forms if part.content_type == "text/html"]
    own, cut = "\n\n".join(each.own for each in markup), "\n\n".join(each.cut for each in markup)
    return (plain, Marked(own, cut)) if plain else (own, UNMARKED)
