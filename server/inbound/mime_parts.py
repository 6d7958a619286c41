"""One part of a mail as text: its transfer encoding, character set and flowed lines undone. RFC 2045, RFC 3676."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import EmailMessage

REACTION = "text/vnd.google.email-reaction+json"
KEPT = {  # the kinds an answer can stand in, and how many bytes of them are looked at
    "text/plain": 200_000,
    "text/html": 100_000,
    "text/calendar": 64_000,
    REACTION: 1_000,
}
NO_CHARSETS = {"punycode", "idna", "unicode_escape", "unicode-escape", "raw_unicode_escape", "raw-unicode-escape"}


@dataclass(frozen=True)
class Part:
    """`method` is the parameter of a calendar's Content-Type, in upper case."""

    content_type: str
    text: str
    method: str = ""
    attached: bool = False


def read(part: EmailMessage) -> Part | None:
    """None for a part that no answer can stand in, or that is broken."""
    try:
        content_type = part.get_content_type()
        if content_type not in KEPT:
            return None
        content = part.get_payload(decode=True)
        data = content[: KEPT[content_type]] if isinstance(content, bytes) else b""
        text = _decoded(data, str(part.get_content_charset("utf-8")))
        if content_type == "text/plain" and str(part.get_param("format", "")).lower() == "flowed":
            text = unflowed(text, str(part.get_param("delsp", "")).lower() == "yes")
        attached = part.get_content_disposition() == "attachment"
        return Part(content_type, text, str(part.get_param("method", "")).upper(), attached)
    except Exception:  # headers that were made to break their parser; the other parts may still be read
        return None


def unflowed(text: str, delete_space: bool) -> str:
    """Lines that end in a space go on in the next one, where it is quoted as deeply."""
    lines: list[str] = []
    depth = None  # of the line that goes on
    for line in text.splitlines():
        quotes = len(line) - len(line.lstrip(">"))
        content = line[quotes:].removeprefix(" ")
        flows = content.endswith(" ") and content != "-- "
        shown = content[:-1] if flows and delete_space else content
        if depth == quotes:
            lines[-1] += shown
        else:
            lines.append(f"{'>' * quotes}{' ' if quotes else ''}{shown}")
        depth = quotes if flows else None
    return "\n".join(lines)


def _decoded(data: bytes, charset: str) -> str:
    """What claims to be ASCII and is not is mostly UTF-8."""
    name = "utf-8" if charset.lower() in {"us-ascii", "ascii", *NO_CHARSETS} else charset
    try:
        text = data.decode(name, "replace")
    except (LookupError, ValueError):
        text = data.decode("utf-8", "replace")
    return clean(re.sub(r"\r\n?", "\n", text))


def clean(text: str) -> str:
    """Without what no database stores: zero bytes, and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
