"""Reads and writes the inbox folder of the local mail server: one .eml file for each mail, with names that sort by arrival."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

NEWEST = 200  # an inbox of a demo: enough to look around in
NAME = re.compile(r"[0-9a-z]{20}")
BODY = re.compile(rb"\r?\n\r?\n")  # the empty line before it (RFC 5322 2.1)


@dataclass(frozen=True)
class Listed:
    """The header of one mail. `sent_at` in ms UTC, 0 if the date is missing or unreadable.

    `message_id` is the part before the @ of its Message-ID: for mail of Acto, the id of its row.
    """

    name: str
    message_id: str
    to: str
    sender: str
    subject: str
    sent_at: int


@dataclass(frozen=True)
class Received(Listed):
    """One mail, read by the standard library's parser, which shows what a mail client would show."""

    html: str
    text: str
    headers: tuple[tuple[str, str], ...]
    source: bytes


def store(folder: Path, name: str, data: bytes) -> None:
    """Write one mail to a hidden file and rename it, so that a reader never sees half a file."""
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f".{name}"
    aside.write_bytes(data)
    aside.rename(folder / f"{name}.eml")


def newest(folder: Path) -> list[Listed]:
    """List the last NEWEST mails, newest first. Only headers are parsed, because whole mails take much longer."""
    names = sorted((path.stem for path in folder.glob("*.eml")), reverse=True)[:NEWEST]
    sources = ((name, _source(folder, name)) for name in names)
    return [
        Listed(**_listed(name, _parsed(BODY.split(source, 1)[0]))) for name, source in sources if source is not None
    ]


def read(folder: Path, name: str) -> Received | None:
    """Read one mail; None when there is no such file."""
    source = _source(folder, name)
    if source is None:
        return None
    message = _parsed(source)
    return Received(
        **_listed(name, message),
        html=_part(message, "html"),
        text=_part(message, "plain"),
        headers=tuple((key, str(value)) for key, value in message.items()),
        source=source,
    )


def _source(folder: Path, name: str) -> bytes | None:
    path = folder / f"{name}.eml"
    return path.read_bytes() if NAME.fullmatch(name) and path.is_file() else None


def _parsed(source: bytes) -> EmailMessage:
    return message_from_bytes(source, policy=policy.default)


def _listed(name: str, message: EmailMessage) -> dict[str, Any]:
    to, sender, subject = (_header(message, each) for each in ("To", "From", "Subject"))
    message_id = _header(message, "Message-ID").strip("<> ").partition("@")[0]
    sent_at = _moment(_header(message, "Date"))
    return {"name": name, "message_id": message_id, "to": to, "sender": sender, "subject": subject, "sent_at": sent_at}


def _moment(date: str) -> int:
    try:
        return int(parsedate_to_datetime(date).timestamp() * 1000)
    except ValueError:
        return 0


def _header(message: EmailMessage, name: str) -> str:
    return str(message.get(name, ""))


def _part(message: EmailMessage, kind: str) -> str:
    """Return the text of a part; undecodable characters are replaced, as mail clients do."""
    part = message.get_body((kind,))
    if part is None:
        return ""
    try:
        return str(part.get_content())
    except LookupError:
        return bytes(part.get_payload(decode=True)).decode("utf-8", "replace")
