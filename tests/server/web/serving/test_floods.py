"""The real server under people and programs that want too much of it: bounded, told when to come back, and nobody else harmed."""

from __future__ import annotations

import http.client
import os
import secrets
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import combinations
from pathlib import Path
from urllib.parse import urlencode

import pytest

from builder.tokens import Keyring
from server import settings as all_settings
from server import store as stores
from server.contacts import erase
from server.settings import Settings
from tests.kills import asking
from tests.kills.clients import FORM, Ask
from tests.server import troubles
from tests.server.web.serving import timing

THREADS, INSIDE = 2, 32  # what the server below has, and what it lets in at once
SLOW_SECONDS, LIMIT = 0.5, 90
SERVE = f"""
from server import settings
from server.cli import serve
from server.web.serving import gateway
gateway.BODY_SECONDS = {SLOW_SECONDS}
from server.web.app import gateway as app
if __name__ == "__main__":
    serve.TARGET = "impatient:app"
    serve.run(settings.load(), quiet=True)
"""


class Place:
    """A server on this machine, and people who were asked something."""

    def __init__(self, settings: Settings, asks: list[Ask]) -> None:
        self.settings, self.port, self.database, self._asks = settings, settings.port, settings.database, asks

    def somebody(self) -> Ask:
        """Whose link nobody has used yet."""
        return self._asks.pop()

    def tap(self, ask: Ask) -> tuple[int, str]:
        """The status, and after how many seconds to come back."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        form = {"choice": ask.options[0], "nonce": secrets.token_urlsafe(18), "gesture": "pointer"}
        connection.request("POST", f"/a/{ask.token}", urlencode(form), {**FORM, "Accept": "application/json"})
        reply = connection.getresponse()
        reply.read()
        connection.close()
        return reply.status, reply.headers.get("Retry-After", "")

    def events(self, ask: Ask) -> int:
        with stores.open(self.database) as store, store.read() as tx:
            return len(tx.events.of_message(contact_id=ask.contact_id, message_id=ask.message_id))

    def send(self, raw: bytes) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        connection.sendall(raw)
        return connection


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("floods")
    changes = {"ACTO_MESSAGE_REQUESTS": str(LIMIT), "ACTO_THREADS": str(THREADS)}
    environment = {**asking.environment(str(folder / "acto.db"), folder), **changes}
    settings = asking.settings(environment)
    asks = [ask for ask in asking.everybody(settings, 60) if ask.block == "need"]
    with _serving(folder, environment):
        made = Place(settings, asks)
        _wait(made)
        yield made


@contextmanager
def _serving(folder: Path, environment: dict[str, str]) -> Iterator[None]:
    (folder / "impatient.py").write_text(SERVE, encoding="utf-8")
    paths = {"PYTHONPATH": os.pathsep.join([str(folder), str(asking.ROOT)])}
    process = subprocess.Popen([sys.executable, "-m", "impatient"], env={**os.environ, **environment, **paths})
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


def _wait(place: Place) -> None:
    for _ in range(1200):
        try:
            socket.create_connection(("127.0.0.1", place.port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server did not start")


def test_a_flood_on_one_link_is_told_to_wait_and_nobody_else_is(place: Place) -> None:
    victim, colleague = place.somebody(), place.somebody()
    with ThreadPoolExecutor(8) as crowd:
        replies = list(crowd.map(lambda _: place.tap(victim), range(LIMIT + 40)))
    statuses = Counter(status for status, _ in replies)
    assert set(statuses) == {200, 429}
    assert LIMIT - 1 <= statuses[200] <= LIMIT + 10, "as many as allowed, and those that time has allowed since"
    assert place.events(victim) == statuses[200], "nothing is stored of what is refused"
    assert all(1 <= int(retry) <= 60 for status, retry in replies if status == 429)
    assert place.tap(colleague) == (200, ""), "the same network, another mail"


@pytest.mark.parametrize(
    "raw",
    [
        b"POST /a/x HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\nc",
        b"GET /health HTTP/1.1\r\nHost: x\r\nX-",
    ],
    ids=["body", "headers"],
)
def test_two_hundred_slow_senders_hold_up_nobody(place: Place, raw: bytes) -> None:
    with ExitStack() as open_:
        slow = [open_.enter_context(place.send(raw)) for _ in range(200)]
        began = time.monotonic()
        assert [place.tap(place.somebody())[0] for _ in range(3)] == [200] * 3
        assert time.monotonic() - began < SLOW_SECONDS
        if raw.startswith(b"POST"):
            assert slow[0].recv(100).startswith(b"HTTP/1.1 408 "), "in the end they are told that it took too long"


@pytest.mark.parametrize(
    ("status", "sent"),
    [
        (413, b"Content-Length: 9999999999\r\n\r\n"),
        (413, b"Content-Length: 70000\r\n\r\n" + b"x" * 60_000),
        (411, b"Transfer-Encoding: chunked\r\n\r\n" + 3 * (b"8000\r\n" + b"x" * 0x8000 + b"\r\n")),
        (400, b"Content-Length: ten\r\n\r\n"),
    ],
)
def test_a_body_that_no_form_has_is_refused_before_it_is_read(place: Place, status: int, sent: bytes) -> None:
    with place.send(b"POST /a/x HTTP/1.1\r\nHost: x\r\n" + sent) as connection:
        assert connection.recv(100).startswith(b"HTTP/1.1 %d " % status)


def test_a_long_list_of_contacts_may_take_its_time_but_few_arrive_at_once(place: Place) -> None:
    head = b"POST /contacts/imports/-/new HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"
    with ExitStack() as open_:
        lists = [open_.enter_context(place.send(head % 30_000_000 + b"x" * 1_000)) for _ in range(3)]
        time.sleep(2 * SLOW_SECONDS)
        assert place.tap(place.somebody())[0] == 200
        assert open_.enter_context(place.send(head % 9)).recv(100).startswith(b"HTTP/1.1 503 ")
        lists[0].settimeout(0.05)
        with pytest.raises(TimeoutError):
            lists[0].recv(1)


@pytest.mark.parametrize(("status", "length"), [(401, 200_000), (413, 2_000_000)])
def test_a_program_may_send_more_than_a_form_and_is_refused_in_problems(place: Place, status: int, length: int) -> None:
    head = b"POST /api/v1/contacts/bulk HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % length
    with place.send(head + (b"x" * length if status == 401 else b"")) as connection:
        reply = b"".join(iter(lambda: connection.recv(65536), b""))
    assert reply.startswith(b"HTTP/1.1 %d " % status)
    assert b"application/problem+json" in reply and b'"status":%d' % status in reply


def test_of_a_form_that_was_cut_off_nothing_is_taken(place: Place) -> None:
    """“choice=10” must never be read as “choice=1”."""
    ask = place.somebody()
    form = urlencode({"nonce": secrets.token_urlsafe(18), "choice": ask.options[0]}).encode()
    head = f"POST /a/{ask.token} HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM['Content-Type']}\r\nContent-Length: {len(form) + 1}\r\n\r\n"
    with place.send(head.encode() + form) as connection:
        connection.shutdown(socket.SHUT_WR)
        connection.recv(100)
    assert place.events(ask) == 0


def test_when_more_come_than_can_wait_they_are_told_so_before_anything_is_stored(place: Place) -> None:
    """The database is busy for a moment, with more people than the server lets in."""
    asks = [place.somebody() for _ in range(INSIDE + 10)]
    with stores.open(place.database) as store, ThreadPoolExecutor(len(asks)) as crowd:
        with troubles.locked(store, place.database):
            replies = [crowd.submit(place.tap, ask) for ask in asks]
            time.sleep(0.3)
        answered = dict(zip(asks, (reply.result() for reply in replies), strict=True))
    assert set(answered.values()) == {(200, ""), (503, "2")}
    for ask, (status, _) in answered.items():
        assert place.events(ask) == (status == 200)


def test_unknown_expired_and_erased_links_cannot_be_told_apart_by_what_they_say_nor_by_their_time(place: Place) -> None:
    links = {"unknown": _unknown(place), "expired": _expired(place), "erased": _erased(place)}
    for method in ("GET", "POST"):
        with ThreadPoolExecutor(AT_ONCE) as crowd:
            rounds = crowd.map(lambda _, method=method: list(_rounds(place, method, links)), range(AT_ONCE))
        replies = [reply for each in rounds for reply in each]
        assert len({said for _, said, _ in replies}) == 1
        times = {why: [seconds for each, _, seconds in replies if each == why] for why in links}
        for one, other in combinations(links, 2):
            assert timing.apart(times[one], times[other]) < timing.CERTAIN, (method, one, other)


def test_two_milliseconds_more_would_be_seen() -> None:
    """The control: what reading from the database costs, in times that vary by as much as these do."""
    usual = [0.025 + 0.001 * (number % 5) for number in range(TIMES)]
    assert timing.apart(usual, [each + 0.002 for each in usual]) > timing.CERTAIN
    assert timing.apart(usual, [*usual[5:], *usual[:5]]) < timing.CERTAIN


TIMES, AT_ONCE = 40, 4
Reply = tuple[str, tuple[int, bytes], float]  # which link, what came back, after how many seconds


def _rounds(place: Place, method: str, links: dict[str, str]) -> Iterator[Reply]:
    connection = http.client.HTTPConnection("127.0.0.1", place.port, timeout=20)
    for _ in range(TIMES // AT_ONCE):
        for why, token in links.items():
            form = urlencode({"choice": "crm", "nonce": secrets.token_urlsafe(18)}) if method == "POST" else None
            began = time.perf_counter()
            connection.request(method, f"/a/{token}", form, {**FORM, "Accept": "application/json"} if form else {})
            reply = connection.getresponse()
            said = reply.status, reply.read()
            yield why, said, time.perf_counter() - began
    connection.close()


def _unknown(place: Place) -> str:
    ask = place.somebody()
    return ask.token[:-2] + ("aa" if ask.token[-2:] != "aa" else "bb")


def _expired(place: Place) -> str:
    ask, keyring = place.somebody(), Keyring(all_settings.keys(place.settings))
    return keyring.sign("answer", ask.contact_id, ask.message_id, ask.block, int(time.time()) - 91 * 86_400)


def _erased(place: Place) -> str:
    ask = place.somebody()
    with stores.open(place.database) as store:
        store.write(lambda tx: erase.erase(tx, ask.contact_id))
    return ask.token
