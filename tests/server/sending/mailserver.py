"""A real SMTP server whose behaviour towards a recipient stands in the recipient's name."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Faults:
    """`busy` is told 450, `full` 452 and `never` 550; after the data `later` is told 451 and `spam` 554; for
    `hangup` the server hangs up before the data, for `vanish` after it; for `closing` it says 421; `slow` waits.
    """

    def __init__(self, pipelining: bool = False) -> None:
        self.received: list[tuple[str, bytes]] = []
        self.connections = 0
        self.pipelining = pipelining

    def ids(self) -> list[str]:
        """The Message-IDs received, in order."""
        found = [re.search(rb"^Message-ID: <(.*?)>", data, re.M) for _, data in self.received]
        return [match[1].decode() for match in found if match]

    async def handle_EHLO(self, server: SMTP, session: Session, envelope: Envelope, host: str, replies: Any) -> Any:  # noqa: N802
        self.connections += 1
        session.host_name = host
        return [replies[0], "250-PIPELINING", *replies[1:]] if self.pipelining else replies

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, to: str, options: Any) -> str:  # noqa: N802
        who = to.partition("@")[0]
        if who == "hangup":
            _abort(server)
        answers = {"busy": "450 4.2.1 busy", "full": "452 4.2.2 full", "never": "550 5.1.1 no such user"}
        if who in answers:
            return answers[who]
        if who == "closing":
            return "421 4.3.2 closing"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        to = envelope.rcpt_tos[0]
        who = to.partition("@")[0]
        if who == "slow":
            await asyncio.sleep(1.0)
        if who == "later":
            return "451 4.7.1 try again later"
        if who == "spam":
            return "554 5.7.1 spam"
        self.received.append((to, envelope.content or b""))  # type: ignore[arg-type]
        if who == "vanish":
            _abort(server)
        return "250 2.0.0 taken"


def _abort(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()


@contextmanager
def mail_server(pipelining: bool = False, **options: Any) -> Iterator[tuple[Faults, int]]:
    """The server and its port, on this machine; `pipelining` says whether it takes several commands at once (RFC 2920)."""
    faults = Faults(pipelining)
    controller = Controller(faults, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield faults, controller.port
    finally:
        controller.stop()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def cutting_server(bytes_of_data: int) -> Iterator[int]:
    """The port of a server that hangs up after so many bytes of a message (-1: right after the final dot)."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listening.accept()
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"220 x\r\n")
            for line in lines:
                connection.sendall(b"354 go\r\n" if line.upper().startswith(b"DATA") else b"250 x\r\n")
                if line.upper().startswith(b"DATA"):
                    break
            if bytes_of_data >= 0:
                lines.read(bytes_of_data)
            else:
                while lines.readline() != b".\r\n":
                    pass
            # An unread rest makes the kernel answer with a reset, as a crashed server would.

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.close()
        thread.join(5)
