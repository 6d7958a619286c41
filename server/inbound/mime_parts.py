"""One part of a mail as text: its transfer encoding, character set and flowed lines undone. RFC 2045, RFC 3676."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from email.message import EmailMessage

from server.inbound import charsets

SAME_AS = {"application/ics": "text/calendar"}
ENCODINGS = ("", "7bit", "8bit", "binary", "quoted-printable", "base64", "x-uuencode", "uuencode", "uue", "x-uue")
_QUOTED = re.compile(r"=(?:[0-9A-F]{2}|\r?$)", re.MULTILINE)  # of quoted-printable
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{1,1000}\s*\n|\s)*[A-Za-z0-9+/]*={0,2}")
REACTION = "text/vnd.google.email-reaction+json"
KEPT = {  # the kinds an answer can stand in, and how many bytes of them are looked at
    "text/plain": 200_000,
    "text/html": 100_000,
    "text/calendar": 64_000,
    REACTION: 1_000,
}


@dataclass(frozen=True)
class Part:
    """`method` is the parameter of a calendar's Content-Type, in upper case.

    `choice` numbers the multipart/alternative that the part is one form of; 0 for a part that stands for itself.
    """

    content_type: str
    text: str
    method: str = ""
    attached: bool = False
    choice: int = 0


def read(part: EmailMessage, choice: int = 0) -> Part | None:
    """None for a part that no answer can stand in, or that is broken."""
    try:
        content_type = SAME_AS.get(part.get_content_type(), part.get_content_type())
        if content_type not in KEPT:
            return None
        content = _content(part)
        data = content[: KEPT[content_type]]
        text = clean(
            re.sub(
                r"\r\n?", "\n", charsets.decoded(data, str(part.get_content_charset("")), cut=len(data) < len(content))
            )
        )
        if content_type == "text/plain" and str(part.get_param("format", "")).lower() == "flowed":
            text = unflowed(text, str(part.get_param("delsp", "")).lower() == "yes")
        attached = part.get_content_disposition() == "attachment"
        return Part(content_type, text, str(part.get_param("method", "")).upper(), attached, choice)
    except Exception:  # headers that were made to break their parser; the other parts may still be read
        return None


def unflowed(text: str, delete_space: bool) -> str:
    """Lines that end in a space go on in the next one, where it is quoted as deeply."""
    lines: list[str] = []
    depth = None  # of the line that goes on
    for line in text.splitlines():
        quotes = len(line) - len(line.lstrip(">"))
        content = line[quotes:].removeprefix(" ")
        if not quotes and content.startswith(">"):
            content = line  # the space keeps the person's own ">" from being a quote
        flows = content.endswith(" ") and content != "-- "
        shown = content[:-1] if flows and delete_space else content
        if depth == quotes:
            lines[-1] += shown
        else:
            lines.append(f"{'>' * quotes}{' ' if quotes else ''}{shown}")
        depth = quotes if flows else None
    return "\n".join(lines)


def _content(part: EmailMessage) -> bytes:
    """The part's bytes; of base64 no more than its own: what a gateway wrote behind it is no base64.

    Raises ValueError for an encoding that nobody knows (RFC 2045 6.4 makes no text of it), or that got lost: DKIM need not sign it.
    """
    encoding = str(part.get("content-transfer-encoding", "")).partition(";")[0].strip().lower()
    if encoding not in ENCODINGS or (not encoding and _QUOTED.search(str(part.get_payload()))):
        raise ValueError(encoding)
    if encoding:
        part.replace_header(
            "Content-Transfer-Encoding", encoding
        )  # without what stands behind it, which Python takes as its name
    if encoding == "base64":
        payload = part.get_payload()
        found = _BASE64.match(payload if isinstance(payload, str) else "")
        digits = re.sub(r"[^A-Za-z0-9+/]", "", found[0]) if found else ""
        return base64.b64decode(digits[: len(digits) - (len(digits) % 4 == 1)] + "=" * (-len(digits) % 4))
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def clean(text: str) -> str:
    """Without what no database stores: zero bytes, and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
