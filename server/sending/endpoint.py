"""Reads the URL of a mail server: smtp://host:port, smtp+starttls://user:password@host:587, smtps://…"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


@dataclass(frozen=True)
class MailServer:
    """The address and login of a mail server; `user` is empty when there is no login."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)


def parse(url: str) -> MailServer:
    """Return the endpoint of a stream's `smtp_url`. Raises ValueError for another scheme or an invalid port."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("a mail server is written smtp://host:port, smtp+starttls://… or smtps://…")
    return MailServer(
        parts.scheme,
        parts.hostname,
        parts.port or PORTS[parts.scheme],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )
