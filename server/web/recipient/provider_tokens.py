"""Verifies the bearer tokens with which Google and Microsoft vouch that a person pressed a button, against the provider's published keys
(JWKS).
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from server import jsontext
from server.http_client.client import Door, NotCalled

_log = logging.getLogger(__name__)
ALGORITHMS = ["RS256"]
KEPT_SECONDS = 3600
AGAIN_SECONDS = 60  # a token with an unknown key may cause a new fetch once a minute at most
TIMEOUT_SECONDS = 3
MAX_BYTES = 256 * 1024
LEEWAY_SECONDS = 60


def claims(authorization: str, jwks_url: str) -> dict[str, Any] | None:
    """Return the claims of a bearer token if its signature and its expiry are valid; None for anything else."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    keys = _keys(jwks_url)
    for attempt in (keys.current, keys.fresh):
        try:
            found = jwt.decode(token.strip(), attempt(), algorithms=ALGORITHMS)
            jwt.JWTClaimsRegistry(exp={"essential": True}, leeway=LEEWAY_SECONDS).validate(found.claims)
        except (JoseError, ValueError, KeysUnavailable) as error:
            _log.info("a bearer token was not accepted: %s", error)
            continue
        return dict(found.claims)
    return None


class KeysUnavailable(Exception):
    """The provider's keys could not be fetched, and none are cached."""


@dataclass
class _Keys:
    """The keys behind one URL, fetched when needed and cached for KEPT_SECONDS."""

    url: str
    found: KeySet | None = None
    at: float = -KEPT_SECONDS
    lock: threading.Lock = field(default_factory=threading.Lock)

    def current(self) -> KeySet:
        """Return the keys, fetched within KEPT_SECONDS."""
        return self._at_most(KEPT_SECONDS)

    def fresh(self) -> KeySet:
        """Return the keys, fetched within AGAIN_SECONDS."""
        return self._at_most(AGAIN_SECONDS)

    def _at_most(self, seconds: float) -> KeySet:
        with self.lock:
            if time.monotonic() - self.at > seconds:
                self._fetch()
            if self.found is None:
                raise KeysUnavailable(self.url)
            return self.found

    def _fetch(self) -> None:
        """Fetch the keys. Keep the old ones if the provider does not answer, so that its outage does not stop the answers."""
        self.at = time.monotonic()
        try:
            own = (urlsplit(self.url).hostname or "",)  # an operator's setting may name a host inside
            reply = Door(private=own, timeout_seconds=TIMEOUT_SECONDS).get(self.url, MAX_BYTES)
            if reply.status != HTTPStatus.OK:
                raise ValueError(f"the reply is {reply.status}")
            self.found = KeySet.import_key_set(jsontext.loads(reply.said))
        except (NotCalled, ValueError, JoseError, KeyError) as error:
            _log.warning("the keys at %s could not be fetched: %s", self.url, error)


_all: dict[str, _Keys] = {}


def _keys(url: str) -> _Keys:
    return _all.setdefault(url, _Keys(url))
