"""Decodes one part of a mail to text: transfer encoding, character set and flowed lines (RFC 2045, RFC 3676)."""

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
KEPT = {  # content types that may hold an answer, and how many bytes of each are read
    "text/plain": 200_000,
    "text/html": 100_000,
    "text/calendar": 64_000,
    REACTION: 1_000,
}


@dataclass(frozen=True)
class Part:
    """One part. `method` is the parameter of a calendar's Content-Type, in upper case.

    `choice` numbers the multipart/alternative of the part; 0 for a part without alternatives.
    """

    content_type: str
    text: str
    method: str = ""
    attached: bool = False
    choice: int = 0


def read(part: EmailMessage, choice: int = 0) -> Part | None:
    """Decode a part; None if its type cannot hold an answer or it is broken."""
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
    except Exception:  # hostile headers; the other parts may still be read
        return None


def unflowed(text: str, delete_space: bool) -> str:
    """Join lines that end in a space with the next line of the same quote depth."""
    lines: list[str] = []
    depth = None  # of a line that continues
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
    """Return the part's bytes; base64 is decoded up to its end, because gateways append plain text.

    Raises ValueError for an unknown encoding (RFC 2045 6.4) or a missing one, which DKIM need not sign.
    """
    encoding = str(part.get("content-transfer-encoding", "")).partition(";")[0].strip().lower()
    if encoding not in ENCODINGS or (not encoding and _QUOTED.search(str(part.get_payload()))):
        raise ValueError(encoding)
    if encoding:
        part.replace_header(
            "Content-Transfer-Encoding", encoding
        )  # without parameters, which Python would take as part of its name
    if encoding == "base64":
        payload = part.get_payload()
        found = _BASE64.match(payload if isinstance(payload, str) else "")
        digits = re.sub(r"[^A-Za-z0-9+/]", "", found[0]) if found else ""
        return base64.b64decode(digits[: len(digits) - (len(digits) % 4 == 1)] + "=" * (-len(digits) % 4))
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def clean(text: str) -> str:
    """Remove zero bytes and lone surrogates, because the databases cannot store them."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
