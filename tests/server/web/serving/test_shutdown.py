"""SIGTERM ends the web server within a second, whoever is in the middle of a request, and loses no answer that was acknowledged."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from server import store as stores
from server.cli import serve
from tests.conftest import SQLITE_FIRST
from tests.kills import asking, stored
from tests.kills.clients import Clients
from tests.server.sending.working import wait_for

HEAD = b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
HALF = {
    "a request line": b"GET /hea",
    "headers": b"GET /health HTTP/1.1\r\nHost: x\r\nX-",
    "a body": HEAD + b"Content-Length: 50\r\n\r\nemail=",
    "a large body": HEAD + b"Content-Length: 60000\r\n\r\n" + b"email=" * 5_000,
    "a body in pieces": HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab",
    "a second request": b"GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET /health HTTP/1.1\r\nHo",
    "nothing": b"",
}
LIMIT_SECONDS = 1.0


@pytest.mark.parametrize("sent", [("headers",), ("a body",), tuple(HALF) * 8], ids=["headers", "a body", "everything"])
def test_half_sent_requests_hold_up_no_end(tmp_path: Path, sent: tuple[str, ...]) -> None:
    environment = asking.environment(str(tmp_path / "acto.db"), tmp_path)
    with serving(environment) as process, ExitStack() as open_:
        port = int(environment["ACTO_PORT"])
        for name in sent:
            connection = open_.enter_context(socket.create_connection(("127.0.0.1", port)))
            connection.sendall(HALF[name])
        time.sleep(0.3)
        assert ended(process) < LIMIT_SECONDS


@pytest.mark.parametrize("engine", SQLITE_FIRST, indirect=True)
def test_what_was_acknowledged_when_it_ends_is_stored(database: str, tmp_path: Path) -> None:
    environment = asking.environment(database, tmp_path)
    settings = asking.settings(environment)
    asks = asking.everybody(settings, 20)
    with serving(environment) as process, socket.create_connection(("127.0.0.1", settings.port)) as half:
        half.sendall(HALF["headers"])
        clients = Clients(settings.port, asks, 8)
        try:
            wait_for(lambda: len(clients.acknowledged) > 50)
            assert ended(process) < LIMIT_SECONDS
        finally:
            clients.abandon()
    with stores.open(database) as store:
        there = stored.nonces(store)
    assert not [sent for sent in clients.acknowledged if not there[sent.nonce]]


@pytest.mark.parametrize("after", [0.0, 0.6])
def test_a_server_that_is_told_to_end_while_it_starts_ends(tmp_path: Path, after: float) -> None:
    environment = asking.environment(str(tmp_path / "acto.db"), tmp_path)
    command = [sys.executable, "-m", "server.cli", "serve"]
    with subprocess.Popen(
        command, cwd=asking.ROOT, env={**os.environ, **environment}, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr
        assert "listens on" in process.stderr.readline() + process.stderr.readline()
        time.sleep(after)
        began = time.monotonic()
        process.terminate()
        process.wait(30)
        assert time.monotonic() - began < serve.KILL_SECONDS


def ended(process: subprocess.Popen[bytes]) -> float:
    """How long it takes after SIGTERM."""
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    return time.monotonic() - began


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """`acto serve`, once it answers."""
    command, port = [sys.executable, "-m", "server.cli", "serve"], int(environment["ACTO_PORT"])
    process = subprocess.Popen(command, cwd=asking.ROOT, env={**os.environ, **environment})
    try:
        wait_for(lambda: _listens(port), 30)
        yield process
    finally:
        process.terminate()
        process.wait(30)


def _listens(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as connection:
            connection.sendall(b"GET /health HTTP/1.0\r\nHost: x\r\n\r\n")
            return b"200" in connection.recv(100)
    except OSError:
        return False
