"""The mail that the local mail server received: one .eml file each, named so that their order is the order of arrival."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

NEWEST = 200  # an inbox of a demo: enough to look around in
NAME = re.compile(r"[0-9a-z]{20}")


@dataclass(frozen=True)
class Received:
    """One message, read by the standard library's parser: what it says is what a mail client would see."""

    name: str
    to: str
    sender: str
    subject: str
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


def newest(folder: Path) -> list[Received]:
    """The last NEWEST messages, newest first."""
    names = sorted((path.stem for path in folder.glob("*.eml")), reverse=True)[:NEWEST]
    return [received for name in names if (received := read(folder, name))]


def read(folder: Path, name: str) -> Received | None:
    path = folder / f"{name}.eml"
    if not NAME.fullmatch(name) or not path.is_file():
        return None
    source = path.read_bytes()
    message = message_from_bytes(source, policy=policy.default)
    return Received(
        name=name,
        to=_header(message, "To"),
        sender=_header(message, "From"),
        subject=_header(message, "Subject"),
        html=_part(message, "html"),
        text=_part(message, "plain"),
        headers=tuple((key, str(value)) for key, value in message.items()),
        source=source,
    )


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
