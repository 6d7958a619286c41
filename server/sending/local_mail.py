"""Runs a mail server on this machine for demos: it accepts every mail, forwards none, and stores them in the inbox folder."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from aiosmtpd.controller import Controller

from server.sending import mailbox
from server.store import new_id

HOST = "127.0.0.1"


@contextmanager
def running(folder: Path, port: int = 0) -> Iterator[int]:
    """Run the server while the block lasts and yield its port (a free one when `port` is 0)."""
    folder.mkdir(parents=True, exist_ok=True)
    controller = _Controller(_Keeper(folder), hostname=HOST, port=port, data_size_limit=10_000_000)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


class _Keeper:
    def __init__(self, folder: Path) -> None:
        self._folder, self._last = folder, 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self._last = max(
            self._last + 1, time.time_ns() // 1_000_000
        )  # of two in one millisecond the later sorts as later
        mailbox.store(self._folder, new_id(self._last), bytes(envelope.content))
        return "250 OK: kept"


class _Controller(Controller):
    def _trigger_server(self) -> None:
        """Read the real port first, because the library connects once to check the start, and port 0 is not it."""
        self.port = cast(asyncio.Server, self.server).sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]
