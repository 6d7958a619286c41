"""People who answer all the time and, as their page would, send the same answer again until it is acknowledged."""

from __future__ import annotations

import http.client
import random
import secrets
import threading
import time
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

AGAIN_SECONDS = 0.02
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Ask(NamedTuple):
    """One question to one person, the link to it, and what can be answered."""

    contact_id: str
    message_id: str
    block: str
    token: str
    options: tuple[str, ...]


class Sent(NamedTuple):
    """One answer with the nonce that makes it one."""

    ask: Ask
    value: str
    nonce: str


class Clients:
    """`count` threads over the same questions, in a browser that says no more of itself than `agent`.

    `acknowledged` are the answers that got their 200, in that order.
    """

    def __init__(self, port: int, asks: Sequence[Ask], count: int, agent: str = "") -> None:
        self._port, self._asks = port, asks
        self._headers = {**FORM, **({"User-Agent": agent} if agent else {})}
        self._stop = threading.Event()  # begin nothing new
        self._abandon = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=(number,)) for number in range(count)]
        self.acknowledged: list[Sent] = []
        self.refused: list[str] = []
        for thread in self._threads:
            thread.start()

    def finish(self) -> None:
        """Begin nothing new and wait until everything begun is acknowledged: the server must be running."""
        self._stop.set()
        for thread in self._threads:
            thread.join(30)
            assert not thread.is_alive(), "an answer is repeated for ever"

    def abandon(self) -> None:
        """Stop in the middle, so that a run that failed can end."""
        self._stop.set()
        self._abandon.set()
        for thread in self._threads:
            thread.join(30)

    def _run(self, number: int) -> None:
        dice, connection = random.Random(number), http.client.HTTPConnection("127.0.0.1", self._port, timeout=10)
        while not self._stop.is_set():
            ask = dice.choice(self._asks)
            self._answer(connection, Sent(ask, dice.choice(ask.options), secrets.token_urlsafe(18)), dice)
        connection.close()

    def _answer(self, connection: http.client.HTTPConnection, sent: Sent, dice: random.Random) -> None:
        gesture, accept = dice.choice(("", "pointer")), dice.choice(("text/html", "application/json"))
        body = urlencode({"choice": sent.value, "nonce": sent.nonce, "gesture": gesture})
        while (status := _post(connection, f"/a/{sent.ask.token}", body, {**self._headers, "Accept": accept})) >= 500:
            if self._abandon.is_set():
                return
            time.sleep(AGAIN_SECONDS)
        if status == 200:
            self.acknowledged.append(sent)
        else:
            self.refused.append(f"{sent.nonce} was answered with {status}")


def _post(connection: http.client.HTTPConnection, path: str, body: str, headers: dict[str, str]) -> int:
    """The status of the whole reply; 599 when there was none."""
    try:
        connection.request("POST", path, body, headers)
        reply = connection.getresponse()
        reply.read()
    except (OSError, http.client.HTTPException):
        connection.close()
        return 599
    return reply.status
