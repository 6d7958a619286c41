"""Generates load: a fixed number of keep-alive connections, each sending its next request when the reply is complete."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Request = Callable[[], bytes]


@dataclass(frozen=True)
class Load:
    """The result of a run: replies per second, the latency of each in ms, and replies by status."""

    per_second: float
    latencies: list[float]
    statuses: dict[int, int]


def run(host: str, port: int, connections: int, seconds: float, request: Request) -> Load:
    """Load the server for `seconds`; `request()` returns the bytes of the next request. Loopback only. Raises ValueError for
    other hosts.
    """
    if host != "127.0.0.1":
        raise ValueError("the load generator only loads this machine")
    return asyncio.run(_run(host, port, connections, seconds, request))


async def _run(host: str, port: int, connections: int, seconds: float, request: Request) -> Load:
    loop = asyncio.get_running_loop()
    until = time.perf_counter() + seconds
    clients = [_Client(request, until, loop.create_future()) for _ in range(connections)]
    started = time.perf_counter()
    for client in clients:
        await loop.create_connection(lambda client=client: client, host, port)  # type: ignore[misc]
    await asyncio.gather(*(client.done for client in clients))
    elapsed = time.perf_counter() - started
    latencies = [latency for client in clients for latency in client.latencies]
    statuses: dict[int, int] = {}
    for client in clients:
        for status, count in client.statuses.items():
            statuses[status] = statuses.get(status, 0) + count
    return Load(len(latencies) / elapsed, latencies, statuses)


class _Client(asyncio.Protocol):
    """One connection. Replies carry a Content-Length, so their end is found without a parser."""

    def __init__(self, request: Request, until: float, done: asyncio.Future[None]) -> None:
        self._request, self._until, self.done = request, until, done
        self._buffer = b""
        self._sent_at = 0.0
        self.latencies: list[float] = []
        self.statuses: dict[int, int] = {}

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - what create_connection gives
        self._transport = transport
        self._send()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head_end = self._buffer.find(b"\r\n\r\n")
        if head_end < 0:
            return
        head = self._buffer[:head_end].lower()
        start = head.find(b"content-length:") + 15
        length = int(head[start : head.find(b"\r\n", start) if head.find(b"\r\n", start) > 0 else None])
        if len(self._buffer) < head_end + 4 + length:
            return
        self._buffer = self._buffer[head_end + 4 + length :]
        self._received(int(head[9:12]))

    def _received(self, status: int) -> None:
        now = time.perf_counter()
        self.latencies.append((now - self._sent_at) * 1000)
        self.statuses[status] = self.statuses.get(status, 0) + 1
        if now < self._until:
            self._send()
        else:
            self._transport.close()

    def _send(self) -> None:
        self._sent_at = time.perf_counter()
        self._transport.write(self._request())

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)


def percentile(runs: Iterable[Load], share: float) -> float:
    """Return the latency in ms that the given share of all replies stays below."""
    ordered = sorted(latency for one in runs for latency in one.latencies)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0
