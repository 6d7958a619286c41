"""Endpoints: who else is told, with a secret each. A secret is rotated without a gap: for a day both sign."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from server.errors import CannotDo
from server.outside.http import TIMEOUT_SECONDS, Door, NotCalled
from server.settings import Settings
from server.store import Session
from server.webhooks import bodies, signing

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,63}): ([\x21-\x7e][\x20-\x7e]{0,1000})")
OURS = ("host", "content-type", "content-length", "connection", "user-agent", "transfer-encoding")
Row = Mapping[str, Any]


class BadEndpoint(CannotDo):
    """What somebody wrote into the form; `field` is where."""

    def __init__(self, field: str, name: str, detail: str = "") -> None:
        self.field, self.name, self.detail = field, name, detail
        super().__init__(f"{field}: {name}: {detail}")


def door(settings: Settings) -> Door:
    """How webhooks leave: past the hosts inside that an operator named, to nobody inside."""
    hosts = frozenset(settings.webhook_private_hosts.replace(",", " ").split())
    return Door(private=hosts, timeout_seconds=min(TIMEOUT_SECONDS, settings.lease_seconds / 2))


def add(tx: Session, settings: Settings, name: str, url: str, shape: str, header: str, now: int) -> str:
    """Returns its secret. Raises BadEndpoint."""
    if not NAME.fullmatch(name):
        raise BadEndpoint("name", "bad_name", name)
    _check(settings, url, shape, header)
    secret = signing.new_secret()
    if not tx.endpoints.add(name=name, url=url, shape=shape, header=header, secret=secret, now=now):
        raise BadEndpoint("name", "taken", name)
    return secret


def change(tx: Session, settings: Settings, name: str, url: str, shape: str, header: str) -> None:
    """Raises BadEndpoint."""
    _check(settings, url, shape, header)
    tx.endpoints.change(name=name, url=url, shape=shape, header=header)


def rotate(tx: Session, name: str, now: int) -> str:
    """A new secret; the old one signs too for a day. Returns the new one."""
    secret = signing.new_secret()
    tx.endpoints.rotate(name=name, secret=secret, old_until=now + signing.ROTATION_MS)
    return secret


def headers(row: Row) -> dict[str, str]:
    """The header that its receiver asks for."""
    found = HEADER.fullmatch(row["header"])
    return {found[1]: found[2]} if found else {}


def _check(settings: Settings, url: str, shape: str, header: str) -> None:
    """Where its name leads is looked up at every call: today's answer says nothing of tomorrow's."""
    try:
        door(settings).check(url)
    except NotCalled as error:
        raise BadEndpoint("url", error.name, error.detail) from error
    if shape not in bodies.SHAPES:
        raise BadEndpoint("shape", "bad_shape", shape)
    found = HEADER.fullmatch(header)
    if header and (found is None or found[1].lower() in OURS or found[1].lower().startswith("webhook-")):
        raise BadEndpoint("header", "bad_header", header.partition(":")[0])
