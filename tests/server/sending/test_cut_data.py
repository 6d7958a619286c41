"""A server that closes or refuses inside the data cannot have the message: it is tried again, or failed, and never `unknown`."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from server.sending import endpoint, transport
from server.sending.transport import Deferred, Rejected, SendOutcome, Transport, Wire
from tests.server.sending.mailserver import cutting_server

LINE = b"x" * 76 + b"\r\n"
HEAD = b"Message-ID: <m1@x>\r\n\r\n"


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The servers here share two cores with other tests and may need longer than one on a network of its own."""
    monkeypatch.setattr(transport, "BEFORE_DOT_MS", 1_000)


def send(port: int, lines: int) -> SendOutcome:
    connection = Transport(endpoint.parse(f"smtp://127.0.0.1:{port}"), "acto.example", 5.0)
    try:
        return connection.send(Wire("news@example.com", "ana@example.com", HEAD + LINE * lines))
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        (0, 0),
        (0, 5),
        (5, 100),
        (100, 7_799),
        (1_000, 1),
        (2_500, 150_000),
        (40_000, 1_000),
        (3, len(HEAD) + 3 * len(LINE)),
    ],
)
def test_a_server_that_closes_inside_the_data_is_deferred(lines: int, read: int) -> None:
    """After a part of it, and after all of it but the dot; fewer bytes than the kernels buffer, and more."""
    with cutting_server(bytes_of_data=read) as port:
        outcome = send(port, lines)
    assert isinstance(outcome, Deferred) and outcome.reason.startswith("interrupted: ")


@pytest.mark.parametrize(
    ("says", "kind", "reason"),
    [
        (b"552 5.3.4 too large\r\n", Rejected, "refused: 552 5.3.4 too large"),
        (b"554-5.7.1 no\r\n554 5.7.1 spam\r\n", Rejected, "refused: 554 5.7.1 no"),
        (b"421 4.3.2 going down\r\n", Deferred, "deferred: 421 4.3.2 going down"),
        (b"451 4.7.1 later\r\n", Deferred, "deferred: 451 4.7.1 later"),
        (b"250 2.0.0 taken\r\n", Deferred, "deferred: 250 2.0.0 taken"),  # before the dot it cannot have taken it
    ],
)
def test_what_a_server_says_before_the_dot_is_heard(says: bytes, kind: type[SendOutcome], reason: str) -> None:
    with interrupting_server(says) as (port, heard):
        outcome = send(port, 50)
    assert isinstance(outcome, kind) and getattr(outcome, "reason", "").startswith(reason)
    assert b"\r\n.\r\n" not in b"".join(heard), "no dot follows"


@contextmanager
def interrupting_server(says: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """A server that answers in the middle of the data and goes on listening; what it heard of the data."""
    listening, heard = socket.create_server(("127.0.0.1", 0)), list[bytes]()

    def serve() -> None:
        connection, _ = listening.accept()
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"220 x\r\n")
            for line in lines:
                connection.sendall(b"354 go\r\n" if line.upper().startswith(b"DATA") else b"250 x\r\n")
                if line.upper().startswith(b"DATA"):
                    break
            heard.append(lines.readline())
            connection.sendall(says)
            heard.extend(lines)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1], heard
    finally:
        thread.join(5)
        listening.close()
