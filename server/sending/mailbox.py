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
        to=str(message["To"]),
        sender=str(message["From"]),
        subject=str(message["Subject"]),
        html=_part(message, "html"),
        text=_part(message, "plain"),
        headers=tuple((key, str(value)) for key, value in message.items()),
        source=source,
    )


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part else ""
