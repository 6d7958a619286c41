"""Assembles wire bytes: headers, the parts of a message, and a DKIM signature.

Written by hand for this one shape, because the standard library's EmailMessage is many times slower. The tests parse the result
with other libraries and compare. Lines end in CRLF; the longest is 76 characters, headers fold.
"""

import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import NamedTuple

from builder import quoted
from builder.dkim import Signer

Header = tuple[str, str]
_ENCODED_WORD_BYTES = 39  # of UTF-8 in one RFC 2047 word: 64 characters, so that `Subject: ` and the first fit in 76
_UNSAFE = re.compile(r"[^\x20-\x7e]")
_CONTROLS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")  # joiners of emoji and no-break spaces stay
_NO_ADDRESS = re.compile(r"[^!-~]|[<>(),;:\\\\\"\[\]]")  # would end an address or begin another
_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")


@dataclass(frozen=True)
class Address:
    """A display name and an address in its ASCII form (an IDN domain as xn--)."""

    name: str
    email: str


@dataclass(frozen=True)
class Envelope:
    """The sender, recipient and headers of one message. `date` is milliseconds UTC; `extra` are ASCII headers as (name, value)."""

    sender: Address
    recipient: Address
    subject: str
    message_id: str
    date: int
    extra: Sequence[Header] = ()


class Part(NamedTuple):
    """One rendering of the message: its Content-Type, and its content as quoted-printable."""

    content_type: str
    content: str


def write(envelope: Envelope, text: str, html: str, signer: Signer | None = None) -> bytes:
    """Write one message, multipart/alternative, as bytes for SMTP DATA (dots are not yet doubled)."""
    parts = [
        Part("text/plain; charset=utf-8", quoted.piece(text)),
        Part("text/html; charset=utf-8", quoted.piece(html)),
    ]
    return assemble(envelope, parts, signer)


def assemble(envelope: Envelope, parts: Sequence[Part], signer: Signer | None = None) -> bytes:
    """Write one message from parts, the plainest first (RFC 2046 5.1.4)."""
    boundary = hashlib.sha256(envelope.message_id.encode()).hexdigest()[:32]
    headers = [
        ("From", _mailbox(envelope.sender)),
        ("To", _mailbox(envelope.recipient)),
        ("Subject", encoded(envelope.subject)),
        ("Date", format_datetime(datetime.fromtimestamp(envelope.date / 1000, UTC))),
        ("Message-ID", f"<{clean(envelope.message_id)}>"),
        *((name, clean(value)) for name, value in envelope.extra),
        ("MIME-Version", "1.0"),
        ("Content-Type", f'multipart/alternative; boundary="{boundary}"'),
    ]
    body = b"".join(piece for part in parts for piece in _part(boundary, part)) + b"--" + boundary.encode() + b"--\r\n"
    lines = [fold(f"{name}: {value}") for name, value in headers]
    if signer:
        lines.insert(0, signer.sign(lines, body, envelope.date // 1000))
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body


def clean(value: str) -> str:
    """Remove control characters and all but ASCII from a header value, so that it cannot become a second header."""
    return _UNSAFE.sub("", value)


def encoded(value: str) -> str:
    """Encode text for a header: plain ASCII stays as it is, the rest becomes RFC 2047 words cut between characters."""
    text = _CONTROLS.sub(" ", value).strip(" ")
    if text.isascii() and "=?" not in text and max(map(len, text.split()), default=0) < 60:
        return text
    words, chunk = [], b""
    for character in text:
        piece = character.encode("utf-8", "replace")
        if len(chunk) + len(piece) > _ENCODED_WORD_BYTES:
            words.append(chunk)
            chunk = b""
        chunk += piece
    words.append(chunk)
    return " ".join(f"=?utf-8?b?{binascii.b2a_base64(word, newline=False).decode()}?=" for word in words)


def fold(line: str) -> str:
    """Fold a header of more than 76 characters at white space (RFC 5322 2.2.3)."""
    if len(line) <= 76:
        return line
    lines, current = [], ""
    for word in line.split(" "):
        if current and len(current) + 1 + len(word) > 76 and not current.endswith(":"):
            lines.append(current)
            current = ""
            word = " " + word
        current = f"{current} {word}" if current else word
    return "\r\n".join([*lines, current])


def _mailbox(address: Address) -> str:
    email = _NO_ADDRESS.sub("", address.email)
    if not address.name.strip():
        return email
    name = encoded(address.name)
    if not name.startswith("=?") and not _ATOM.fullmatch(name):
        name = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{name} <{email}>"


def _part(boundary: str, part: Part) -> tuple[bytes, bytes, bytes]:
    head = f"--{boundary}\r\nContent-Type: {part.content_type}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    return head.encode("ascii"), part.content.encode("ascii"), b"\r\n"
