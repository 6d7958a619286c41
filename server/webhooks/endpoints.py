"""Adds, changes, switches and removes endpoints. A rotated secret signs beside the new one for a day, so that no call fails."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from server.accounts import audit
from server.errors import CannotDo
from server.http_client.client import TIMEOUT_SECONDS, Door, NotCalled
from server.settings import Settings
from server.store import Session
from server.texts import LANGUAGES
from server.webhooks import bodies, signing

if TYPE_CHECKING:
    from server.store.queries.endpoints import EndpointsRow

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,63}): ([\x21-\x7e][\x20-\x7e]{0,1000})")
OURS = ("host", "content-type", "content-length", "connection", "user-agent", "transfer-encoding")


class BadEndpoint(CannotDo):
    """An invalid entry of the form; `field` names its field."""

    def __init__(self, field: str, name: str, detail: str = "") -> None:
        self.field, self.name, self.detail = field, name, detail
        super().__init__(f"{field}: {name}: {detail}")


def door(settings: Settings) -> Door:
    """Return the HTTP client of webhooks, which only reaches public addresses and the private hosts that the operator listed."""
    hosts = frozenset(settings.webhook_private_hosts.replace(",", " ").split())
    return Door(private=hosts, timeout_seconds=min(TIMEOUT_SECONDS, settings.lease_seconds / 2))


class EndpointFields(NamedTuple):
    """The entries for an endpoint; `language` is that of the sentences in a chat."""

    url: str
    shape: str = "standard"
    header: str = ""
    language: str = LANGUAGES[0]


def add(tx: Session, settings: Settings, name: str, given: EndpointFields, by_whom: str, now: int) -> str:
    """Add an endpoint and return its secret. Raises BadEndpoint."""
    if not NAME.fullmatch(name):
        raise BadEndpoint("name", "bad_name", name)
    _check(settings, given)
    secret = signing.new_secret()
    if not tx.endpoints.add(**given._asdict(), name=name, secret=secret, now=now):
        raise BadEndpoint("name", "taken", name)
    audit.add(tx, by_whom, "webhook.added", name, now, host=_host(given.url))
    return secret


def change(tx: Session, settings: Settings, name: str, given: EndpointFields, by_whom: str, now: int) -> None:
    """Change an endpoint. Raises BadEndpoint."""
    _check(settings, given)
    if tx.endpoints.change(**given._asdict(), name=name):
        audit.add(tx, by_whom, "webhook.changed", name, now, host=_host(given.url))


def switch(tx: Session, name: str, on: bool, by_whom: str, now: int) -> bool:
    """Switch an endpoint on or off; False for an unknown one."""
    row = tx.endpoints.by_name(name=name)
    if row is None:
        return False
    tx.endpoints.switch(name=name, active=int(on), reason="")
    if bool(row["active"]) != on:
        audit.add(tx, by_whom, "webhook.on" if on else "webhook.off", name, now)
    return True


def remove(tx: Session, name: str, by_whom: str, now: int) -> bool:
    """Remove an endpoint; its planned calls are stopped when due. False for an unknown one."""
    if not tx.endpoints.remove(name=name):
        return False
    audit.add(tx, by_whom, "webhook.removed", name, now)
    return True


def rotate(tx: Session, name: str, by_whom: str, now: int) -> str:
    """Make a new secret and return it; the old one signs too for a day."""
    secret = signing.new_secret()
    if tx.endpoints.rotate(name=name, secret=secret, old_until=now + signing.ROTATION_MS):
        audit.add(tx, by_whom, "webhook.secret", name, now)
    return secret


def headers(row: EndpointsRow) -> dict[str, str]:
    """Return the extra header that the receiver requires."""
    found = HEADER.fullmatch(row["header"])
    return {found[1]: found[2]} if found else {}


def _host(url: str) -> str:
    """Return the host alone, because the rest of a URL may contain a key."""
    return urlsplit(url).hostname or ""


def _check(settings: Settings, given: EndpointFields) -> None:
    """Check the entries. The host is resolved at every call, because its address may change."""
    try:
        door(settings).check(given.url)
    except NotCalled as error:
        raise BadEndpoint("url", error.name, error.detail) from error
    if given.shape not in bodies.SHAPES:
        raise BadEndpoint("shape", "bad_shape", given.shape)
    if given.language not in LANGUAGES:
        raise BadEndpoint("language", "bad_language", given.language)
    found = HEADER.fullmatch(given.header)
    if given.header and (found is None or found[1].lower() in OURS or found[1].lower().startswith("webhook-")):
        raise BadEndpoint("header", "bad_header", given.header.partition(":")[0])
