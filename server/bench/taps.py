"""Generates answers at a steady rate, as people do: the next one does not wait for the reply to the one before."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

CONNECTIONS = 16
Due = asyncio.Queue[float | None]


def run(port: int, requests: Iterator[bytes], per_second: float, ended: Callable[[float], bool]) -> list[float]:
    """Send requests until `ended(seconds so far)`; return the ms of each, from the moment when it was due to its whole reply.

    Raises RuntimeError when a reply is not 200.
    """
    return asyncio.run(_run(port, requests, per_second, ended))


async def _run(port: int, requests: Iterator[bytes], per_second: float, ended: Callable[[float], bool]) -> list[float]:
    clock, due, found = asyncio.get_running_loop().time, Due(), list[float]()
    clients = [asyncio.create_task(_client(port, due, requests, found)) for _ in range(CONNECTIONS)]
    began, number = clock(), 0
    while not ended(clock() - began) and not any(client.done() for client in clients):
        at = began + number / per_second
        await asyncio.sleep(max(0.0, at - clock()))
        due.put_nowait(at)
        number += 1
    for _ in clients:
        due.put_nowait(None)
    await asyncio.gather(*clients)
    return found


async def _client(port: int, due: Due, requests: Iterator[bytes], found: list[float]) -> None:
    clock = asyncio.get_running_loop().time
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while (at := await due.get()) is not None:
        writer.write(next(requests))
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        await reader.readexactly(int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0]))
        if head[9:12] != b"200":
            raise RuntimeError(f"an answer got status {head[9:12].decode()}")
        found.append((clock() - at) * 1000)
    writer.close()
