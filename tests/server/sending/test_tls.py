"""Encrypted connections: whom we trust, and what nobody gets to hear."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from server import reasons
from server.sending import endpoint
from server.sending.transport import Deferred, Delivered, Transport, Wire
from tests.server.sending.authority import Authority
from tests.server.sending.mailserver import Faults, mail_server

WIRE = Wire("news@example.com", "ana@example.com", b"From: a@example.com\r\n\r\nHola\r\n")
# The library cannot see that a connection was inside TLS from its first byte, and warns of the password.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")
USER, PASSWORD = "ana@example.com", "p:w/ ñ"
LOGIN = "ana%40example.com:p%3Aw%2F%20%C3%B1@"
SCHEMES = ("smtp+starttls", "smtps")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def trusted(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """As an operator trusts a private authority."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.certificate))


class Doorkeeper:
    """Lets the right password in and remembers every one that was shown."""

    def __init__(self, password: str = PASSWORD) -> None:
        self._right = (USER.encode(), password.encode())
        self.shown: list[bytes] = []

    def __call__(self, server: Any, session: Any, envelope: Any, mechanism: str, data: LoginPassword) -> AuthResult:
        self.shown.append(data.password)
        right = (data.login, data.password) == self._right
        return AuthResult(success=right, handled=right)


@contextmanager
def serving(
    scheme: str, context: ssl.SSLContext, doorkeeper: Doorkeeper | None = None, **more: Any
) -> Iterator[tuple[Faults, int]]:
    options: dict[str, Any] = {**more, "authenticator": doorkeeper, "auth_required": doorkeeper is not None}
    if scheme == "smtps":
        options |= {"ssl_context": context, "auth_require_tls": False}
    else:
        options |= {"tls_context": context, "require_starttls": True}
    with mail_server(**options) as server:
        yield server


def send(scheme: str, port: int, login: str = "") -> Any:
    transport = Transport(endpoint.parse(f"{scheme}://{login}127.0.0.1:{port}"), "acto.example", 5)
    outcome = transport.send(WIRE)
    transport.close()
    return outcome


@pytest.mark.parametrize("scheme", SCHEMES)
def test_mail_leaves_over_tls_with_the_right_password(authority: Authority, trusted: None, scheme: str) -> None:
    doorkeeper = Doorkeeper()
    with serving(scheme, authority.server(), doorkeeper) as (server, port):
        assert isinstance(send(scheme, port, LOGIN), Delivered)
    assert len(server.received) == len(doorkeeper.shown) == 1


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_certificate_of_an_unknown_authority_is_refused_before_anything_is_said(
    authority: Authority, scheme: str
) -> None:
    doorkeeper = Doorkeeper()
    with serving(scheme, authority.server(), doorkeeper) as (server, port):
        outcome = send(scheme, port, LOGIN)
    assert isinstance(outcome, Deferred)
    assert outcome.reason.startswith(f"untrusted: 127.0.0.1:{port}: ")
    assert "unable to get local issuer certificate" in outcome.reason
    assert server.received == []
    assert doorkeeper.shown == []
    assert "SSL_CERT_FILE" in reasons.sentence(outcome.reason, "es")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_certificate_of_another_server_is_refused(authority: Authority, trusted: None, scheme: str) -> None:
    doorkeeper = Doorkeeper()
    with serving(scheme, authority.server("127.0.0.2"), doorkeeper) as (_, port):
        outcome = send(scheme, port, LOGIN)
    assert outcome.reason.startswith(f"untrusted: 127.0.0.1:{port}: IP address mismatch")
    assert doorkeeper.shown == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_wrong_password_has_a_readable_reason_and_the_message_waits(
    authority: Authority, trusted: None, scheme: str
) -> None:
    doorkeeper = Doorkeeper()
    with serving(scheme, authority.server(), doorkeeper) as (server, port):
        outcome = send(scheme, port, LOGIN.replace("%C3%B1", "n"))
    assert isinstance(outcome, Deferred)
    assert outcome.reason.startswith(f"no_login: 127.0.0.1:{port}: 535 5.7.8")
    assert "p:w/" not in outcome.reason
    assert server.received == []
    assert reasons.sentence(outcome.reason, "es").endswith("los mensajes esperan.")


def test_a_password_is_never_said_on_an_open_connection() -> None:
    """Not even to a server that would take it."""
    doorkeeper = Doorkeeper()
    with mail_server(authenticator=doorkeeper, auth_require_tls=False) as (server, port):
        outcome = send("smtp", port, LOGIN)
    assert outcome.reason.startswith("no_tls: ")
    assert "smtp+starttls://" in outcome.reason
    assert server.connections == 0
    assert doorkeeper.shown == []


def test_a_server_without_starttls_gets_neither_password_nor_mail() -> None:
    doorkeeper = Doorkeeper()
    with mail_server(authenticator=doorkeeper, auth_require_tls=False) as (server, port):
        outcome = send("smtp+starttls", port, LOGIN)
    assert outcome.reason == f"no_tls: 127.0.0.1:{port}: it does not offer STARTTLS"
    assert server.received == []
    assert doorkeeper.shown == []


def test_a_port_that_speaks_no_tls_says_so() -> None:
    with mail_server() as (_, port):
        outcome = send("smtps", port)
    assert outcome.reason.startswith(f"no_tls: 127.0.0.1:{port}: TLS failed: ")


@pytest.mark.parametrize("excluded", [["PLAIN"], ["LOGIN"]])
def test_each_way_to_log_in_serves(authority: Authority, trusted: None, excluded: list[str]) -> None:
    doorkeeper = Doorkeeper("p:w/")
    with serving("smtps", authority.server(), doorkeeper, auth_exclude_mechanism=excluded) as (_, port):
        assert isinstance(send("smtps", port, LOGIN.replace("%20%C3%B1", "")), Delivered)


def test_a_password_that_a_server_cannot_take_says_so(authority: Authority, trusted: None) -> None:
    with serving("smtps", authority.server(), Doorkeeper(), auth_exclude_mechanism=["PLAIN"]) as (_, port):
        outcome = send("smtps", port, LOGIN)
    assert outcome.reason.startswith(f"no_login: 127.0.0.1:{port}: it takes users and passwords in ASCII")


def test_a_server_that_asks_for_no_login_says_so(authority: Authority, trusted: None) -> None:
    with serving("smtps", authority.server()) as (_, port):
        outcome = send("smtps", port, LOGIN)
    assert outcome.reason.startswith(f"no_login: 127.0.0.1:{port}: ")
