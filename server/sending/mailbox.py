"""The mail that the local mail server received: one .eml file each, named so that their order is the order of arrival."""

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
    """What its header says of one message. `sent_at` in ms UTC, 0 where it says none that can be read.

    `message_id` is what stands before the @ of its Message-ID: of mail of ours, the id of its row.
    """

    name: str
    message_id: str
    to: str
    sender: str
    subject: str
    sent_at: int


@dataclass(frozen=True)
class Received(Listed):
    """One message, read by the standard library's parser: what it says is what a mail client would see."""

    html: str
    text: str
    headers: tuple[tuple[str, str], ...]
    source: bytes


def store(folder: Path, name: str, data: bytes) -> None:
    """Writes one message aside and moves it into place: a reader never sees half of one."""
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f".{name}"
    aside.write_bytes(data)
    aside.rename(folder / f"{name}.eml")


def newest(folder: Path) -> list[Listed]:
    """The last NEWEST messages, newest first. Their headers alone are read: all of a message takes twenty times as long."""
    names = sorted((path.stem for path in folder.glob("*.eml")), reverse=True)[:NEWEST]
    sources = ((name, _source(folder, name)) for name in names)
    return [
        Listed(**_listed(name, _parsed(BODY.split(source, 1)[0]))) for name, source in sources if source is not None
    ]


def read(folder: Path, name: str) -> Received | None:
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
    """The part's text; letters of a character set that nobody knows are replaced, as mail clients do."""
    part = message.get_body((kind,))
    if part is None:
        return ""
    try:
        return str(part.get_content())
    except LookupError:
        return bytes(part.get_payload(decode=True)).decode("utf-8", "replace")
