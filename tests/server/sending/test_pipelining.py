"""MAIL, RCPT and DATA in one packet, to servers that offer it (RFC 2920): the first reply that is a no decides."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from server.sending import endpoint
from server.sending.transport import Deferred, Delivered, Rejected, SendOutcome, Transport, Wire

DATA = b"Message-ID: <m1@x>\r\n\r\nHola\r\n"
OK, GO_ON = b"250 2.0.0 ok\r\n", b"354 go on\r\n"
EMPTY = b"554 5.5.1 no valid recipients\r\n"


def send(replies: Sequence[bytes], messages: int = 1) -> tuple[list[SendOutcome], list[bytes]]:
    """What became of the messages, and each packet that the server read after EHLO."""
    with scripted(replies) as (port, heard):
        connection = Transport(endpoint.parse(f"smtp://127.0.0.1:{port}"), "acto.example", 5.0)
        outcomes = [connection.send(Wire("news@example.com", "ana@example.com", DATA)) for _ in range(messages)]
        connection.close()
    return outcomes, heard


def test_the_three_commands_leave_in_one_packet() -> None:
    outcomes, heard = send([OK + OK + GO_ON, OK])
    assert outcomes == [Delivered("250 2.0.0 ok")]
    assert heard[0] == b"MAIL FROM:<news@example.com>\r\nRCPT TO:<ana@example.com>\r\nDATA\r\n"


@pytest.mark.parametrize(
    ("replies", "kind", "reason"),
    [
        (OK + b"550 5.1.1 no such user\r\n554 5.5.1 no recipients\r\n", Rejected, "refused: 550 5.1.1 no such user"),
        (OK + b"450 4.2.1 busy\r\n503 5.5.1 no recipients\r\n", Deferred, "deferred: 450 4.2.1 busy"),
        (
            b"550 5.7.1 not you\r\n503 5.5.1 MAIL first\r\n503 5.5.1 RCPT first\r\n",
            Rejected,
            "refused: 550 5.7.1 not you",
        ),
        (OK + OK + b"451 4.3.0 no room\r\n", Deferred, "deferred: 451 4.3.0 no room"),
    ],
)
def test_the_first_no_is_the_outcome_and_the_message_does_not_leave(
    replies: bytes, kind: type[SendOutcome], reason: str
) -> None:
    (outcome,), heard = send([replies, OK])
    assert isinstance(outcome, kind) and getattr(outcome, "reason", "") == reason
    assert heard[1:2] == [b"rset\r\n"]


def test_a_server_that_waits_for_data_without_a_recipient_gets_an_empty_message() -> None:
    """It said no to the only recipient and still 354: the dot ends the data, and the next message leaves (RFC 2920 3.1)."""
    outcomes, heard = send([OK + b"550 5.1.1 no\r\n" + GO_ON, EMPTY, OK, OK + OK + GO_ON, OK], messages=2)
    assert outcomes == [Rejected("refused: 550 5.1.1 no"), Delivered("250 2.0.0 ok")]
    assert heard[1:3] == [b".\r\n", b"rset\r\n"]


def test_a_server_that_says_why_and_hangs_up_is_heard() -> None:
    (outcome,), _ = send([b"421 4.3.2 closing\r\n"])
    assert outcome == Deferred("deferred: 421 4.3.2 closing")


def test_a_server_that_hangs_up_between_two_replies_is_deferred() -> None:
    (outcome,), _ = send([OK])
    assert isinstance(outcome, Deferred) and outcome.reason.startswith("interrupted: ")


def test_a_line_break_in_an_address_is_no_second_command() -> None:
    with scripted([]) as (port, heard):
        connection = Transport(endpoint.parse(f"smtp://127.0.0.1:{port}"), "acto.example", 5.0)
        outcome = connection.send(Wire("news@example.com", "ana@example.com>\r\nRCPT TO:<eve@example.com", DATA))
        connection.close()
    assert isinstance(outcome, Rejected)
    assert not any(b"eve" in packet for packet in heard)


@contextmanager
def scripted(replies: Sequence[bytes]) -> Iterator[tuple[int, list[bytes]]]:
    """A server that offers PIPELINING, answers each packet with the next of `replies` and then hangs up."""
    listening, heard = socket.create_server(("127.0.0.1", 0)), list[bytes]()

    def serve() -> None:
        connection, _ = listening.accept()
        with connection:
            connection.sendall(b"220 x\r\n")
            connection.recv(1000)
            connection.sendall(b"250-x\r\n250 PIPELINING\r\n")
            for reply in replies:
                heard.append(connection.recv(10_000))
                while b"Message-ID" in heard[-1] and not heard[-1].endswith(b"\r\n.\r\n"):
                    heard[-1] += connection.recv(10_000)
                connection.sendall(reply)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1], heard
    finally:
        thread.join(5)
        listening.close()
