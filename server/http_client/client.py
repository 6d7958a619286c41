"""Sends one request to somebody else's server: one checked address, no redirect, a bounded answer in bounded time.

The name is resolved once, and the connection goes to the address that was checked, so that a name cannot resolve differently for
the check and the connection (DNS rebinding). TLS is verified against the name.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from server.http_client.public_addresses import is_public

TIMEOUT_SECONDS = 15.0  # in total: the name, the connection, the answer
ANSWER_MOST_BYTES = 64 * 1024
URL_MOST = 2_000
AGENT = "Acto-Webhooks/1"
Resolve = Callable[[str, int], list[str]]


class HttpReply(NamedTuple):
    """The server's answer; `said` is the beginning of the body, `retry_after` the header as sent."""

    status: int
    said: str
    retry_after: str
    location: str
    ms: int


class NotCalled(Exception):
    """There was no answer; `name` is private_address, bad_url, not_https, no_connection, too_slow or garbled."""

    def __init__(self, name: str, detail: object) -> None:
        self.name, self.detail = name, str(detail)
        super().__init__(f"{name}: {detail}")


@dataclass(frozen=True)
class Door:
    """The rules of outgoing calls. `private` are hosts of the private network that an operator allows, also without TLS."""

    private: Collection[str] = ()
    timeout_seconds: float = TIMEOUT_SECONDS
    resolve: Resolve = lambda host, port: resolve(host, port)

    def check(self, url: str) -> SplitResult:
        """Parse an address that may be called. Raises NotCalled; `post` and `get` resolve and check its host."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise NotCalled("bad_url", error) from error
        host = parts.hostname or ""
        if parts.scheme not in ("https", "http") or not host or len(url) > URL_MOST or port == 0:
            raise NotCalled("bad_url", url[:100])
        if parts.username is not None or not url.isascii() or any(char <= " " for char in url):
            raise NotCalled("bad_url", "…" if parts.username is not None else url[:100])  # a password is not repeated
        if parts.scheme == "http" and host not in self.private:
            raise NotCalled("not_https", host)
        return parts

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> HttpReply:
        """Send one POST. Raises NotCalled when there was no answer; the caller judges the status."""
        return self._call("POST", url, body, headers, ANSWER_MOST_BYTES)

    def get(self, url: str, most_bytes: int) -> HttpReply:
        """Send one GET and read up to `most_bytes`. Raises NotCalled."""
        return self._call("GET", url, None, {}, most_bytes)

    def _call(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str], most_bytes: int
    ) -> HttpReply:
        parts, began = self.check(url), time.monotonic()
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        address = self._checked(host, port)
        connection = _Pinned(host, port, address, tls=parts.scheme == "https", timeout=self.timeout_seconds)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        with _cut_off(connection, self.timeout_seconds) as late:
            try:
                connection.request(method, path, body, {"User-Agent": AGENT, **headers, "Connection": "close"})
                answer = connection.getresponse()
                said = answer.read(most_bytes)
            except (OSError, http.client.HTTPException, ValueError) as error:
                raise _failure(error, late.is_set(), self.timeout_seconds) from error
            if late.is_set():
                raise NotCalled("too_slow", f"{self.timeout_seconds:g}")
        return HttpReply(
            answer.status,
            said.decode("utf-8", "replace"),
            answer.headers.get("Retry-After", ""),
            answer.headers.get("Location", ""),
            round((time.monotonic() - began) * 1000),
        )

    def _checked(self, host: str, port: int) -> str:
        """Return the first address of the name; all of them must be public, unless an operator allowed the host."""
        try:
            found = self.resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise NotCalled("no_connection", f"{host}: {getattr(error, 'strerror', None) or error}") from error
        if not found:
            raise NotCalled("no_connection", f"{host} has no address")
        inside = [address for address in found if not is_public(address)]
        if inside and host not in self.private:
            raise NotCalled("private_address", f"{host} ({inside[0]})")
        return found[0]


def resolve(host: str, port: int) -> list[str]:
    """Return every address of a name from the system's resolver."""
    return [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


class _Pinned(http.client.HTTPConnection):
    """A connection to one checked address that uses the host's name in Host, in SNI and for the certificate."""

    def __init__(self, host: str, port: int, address: str, tls: bool, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout)
        self._address, self._tls = address, tls
        self.default_port = 443 if tls else 80  # so that Host names the port only where it is another one

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), self.timeout)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host) if self._tls else plain


@contextmanager
def _cut_off(connection: http.client.HTTPConnection, seconds: float) -> Iterator[threading.Event]:
    """Close the connection when the time is up, even if bytes still trickle in; the event says whether it did."""
    late = threading.Event()

    def cut() -> None:
        late.set()
        if connection.sock is not None:
            try:
                connection.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
        connection.close()


def _failure(error: Exception, late: bool, seconds: float) -> NotCalled:
    if late or isinstance(error, TimeoutError):
        return NotCalled("too_slow", f"{seconds:g}")
    if isinstance(error, ssl.SSLCertVerificationError):
        return NotCalled("no_connection", error.verify_message)
    if isinstance(error, (ConnectionError, ssl.SSLError, socket.gaierror)):
        return NotCalled("no_connection", getattr(error, "strerror", None) or getattr(error, "reason", None) or error)
    if isinstance(error, (http.client.HTTPException, ValueError)):
        return NotCalled("garbled", type(error).__name__)
    return NotCalled("no_connection", getattr(error, "strerror", None) or error)
