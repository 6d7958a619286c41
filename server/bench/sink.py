"""Runs an SMTP server that accepts everything and keeps nothing, in its own process, with as little work as possible.

python -m server.bench.sink: the first line it prints is its port; for each line of its input, and when that ends, it prints the number of
messages so far.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

END = b"\r\n.\r\n"
REPLIES = {
    b"EHLO": b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n",
    b"DATA": b"354 go on\r\n",
    b"QUIT": b"221 bye\r\n",
}
OK = b"250 OK\r\n"


class Sink:
    """A running sink. `received` is set when its block has ended; `ask()` tells it earlier."""

    def __init__(self, port: int, ask: Callable[[], int]) -> None:
        self.port, self.ask = port, ask
        self.received = 0


@contextmanager
def running() -> Iterator[Sink]:
    """Run a sink on 127.0.0.1 for the block."""
    command = [sys.executable, "-m", "server.bench.sink"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdin  # noqa: S101 - a pipe, as asked for
        assert process.stdout  # noqa: S101 - the same
        asked, answered = process.stdin, process.stdout

        def ask() -> int:
            asked.write("\n")
            asked.flush()
            return int(answered.readline())

        sink = Sink(int(answered.readline()), ask)
        try:
            yield sink
        finally:
            process.stdin.close()
            sink.received = int(process.stdout.readline() or 0)


class _Connection(asyncio.Protocol):
    """One client. It waits for the reply to DATA (RFC 2920 3.1), so a read holds commands or data, never both."""

    received = 0  # of all connections

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - what a TCP server gives
        self._transport, self._in_data, self._buffer = transport, False, b""
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        if self._in_data:
            self._take(data)
            return
        self._buffer += data
        *commands, self._buffer = self._buffer.split(b"\r\n")
        verbs = [command[:4].upper() for command in commands]
        self._transport.write(b"".join(REPLIES.get(verb, OK) for verb in verbs))
        self._in_data = verbs[-1:] == [b"DATA"]
        if b"QUIT" in verbs:
            self._transport.close()

    def _take(self, data: bytes) -> None:
        """Keep only the last bytes of the data, which suffice to find its end across packets."""
        self._buffer = (self._buffer + data)[-len(END) :]
        if self._buffer == END:
            self._in_data, self._buffer = False, b""
            _Connection.received += 1
            self._transport.write(OK)


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(_Connection, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)  # the parent reads it
    while True:
        asked = await loop.run_in_executor(None, sys.stdin.readline)
        print(_Connection.received, flush=True)
        if not asked:
            return


if __name__ == "__main__":
    asyncio.run(_serve())
