"""Calls to others: nothing inside is reached whatever it is called, one checked address, bounded time and size."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from server.http_client.client import ANSWER_MOST_BYTES, Door, NotCalled
from server.http_client.public_addresses import is_public
from tests.server.flows.acting import receiving

INSIDE = (
    *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1"),  # this machine, private networks
    *("169.254.169.254", "169.254.0.1", "fe80::1", "fe80::1%eth0"),  # link-local: the metadata of clouds
    *("100.64.0.1", "100.127.255.255"),  # carrier-grade NAT
    *("224.0.0.1", "239.255.255.255", "ff02::1", "255.255.255.255", "240.0.0.1"),  # multicast, broadcast, reserved
    *("192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "192.88.99.1"),  # for tests and protocols
    *("::", "::1", "fc00::1", "fd12:3456::1", "fec0::1", "2001:db8::1", "3fff:fff::1", "100::1"),
    *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "::8.8.8.8"),  # IPv4 inside IPv6, whatever it carries
    *("64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "2002:7f00:1::", "2002:808:808::1", "2001:0:4136::1"),
    *("localhost", "8.8.8", "2130706433", "0x7f000001", ""),  # no address at all
)
OUTSIDE = ("8.8.8.8", "1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "2a00:1450:4001:831::200e")


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_none_of_the_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_an_address_of_the_internet_is_one(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "[::1]",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "localhost",
        "[::ffff:7f00:1]",
        "169.254.169.254",
    ],
)
def test_whatever_this_machine_is_called_it_is_not_called(host: str) -> None:
    """Decimal, octal, hexadecimal: the system reads them all, and what it makes of them is looked at."""
    with listening() as (port, connections):
        with pytest.raises(NotCalled) as refused:
            Door().post(f"https://{host}:{port}/", b"{}", {})
        assert refused.value.name in (
            "private_address",
            "no_connection",
        )  # some systems do not read some of these at all
        assert connections() == 0


def test_a_name_that_changes_between_the_check_and_the_call_gains_nothing() -> None:
    """It says one address to the check; whatever it would say afterwards, nobody asks."""
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    with receiving() as receiver:
        door = Door(private=("rebinding.example",), resolve=rebinding)
        assert door.post(f"http://rebinding.example:{receiver.port}/hook", b"{}", {}).status == 204
        assert asked == ["rebinding.example"]
        assert receiver.heard[0].headers["Host"] == f"rebinding.example:{receiver.port}"


def test_one_address_inside_among_others_is_enough_to_refuse() -> None:
    with pytest.raises(NotCalled, match="private_address"):
        Door(resolve=lambda host, port: ["8.8.8.8", "10.0.0.1"]).post("https://example.com/", b"{}", {})


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://example.com/", "not_https"),
        ("ftp://example.com/", "bad_url"),
        ("file:///etc/passwd", "bad_url"),
        ("https://user:secret@example.com/", "bad_url"),
        ("https:///path", "bad_url"),
        ("https://example.com:0/", "bad_url"),
        ("https://example.com:99999/", "bad_url"),
        ("https://exämple.com/", "bad_url"),
        ("https://example.com/a b", "bad_url"),
        ("https://example.com/\r\nHost: evil", "bad_url"),
        ("https://example.com/" + "a" * 3000, "bad_url"),
    ],
)
def test_an_address_that_cannot_be_called_is_told_before_anything_is_looked_up(url: str, name: str) -> None:
    with pytest.raises(NotCalled) as refused:
        Door(resolve=lambda host, port: pytest.fail("nobody asks for its address")).post(url, b"{}", {})
    assert refused.value.name == name
    assert "secret" not in str(refused.value)


def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    with receiving() as receiver, receiving() as other:
        receiver.replies = [(302, {"Location": other.url}, b"")]
        reply = Door(private=("127.0.0.1",)).post(receiver.url, b"{}", {})
        assert (reply.status, reply.location) == (302, other.url)
        assert other.heard == []


def test_of_a_long_answer_only_the_beginning_is_read() -> None:
    with receiving() as receiver:
        receiver.replies = [(200, {}, b"x" * (3 * ANSWER_MOST_BYTES))]
        assert len(Door(private=("127.0.0.1",)).post(receiver.url, b"{}", {}).said) == ANSWER_MOST_BYTES


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (b"", "too_slow"),
        (b"HTTP/1.1 200 OK\r\nX: ", "too_slow"),
        (b"SSH-2.0-OpenSSH\r\n\r\n", "garbled"),
        (None, "no_connection"),
    ],
)
def test_who_is_slow_or_speaks_something_else_is_left_in_time(said: bytes | None, name: str) -> None:
    """A server that sends a byte now and then would hold on for ever, if only the pauses were bounded."""
    with listening(said) as (port, _):
        began = time.monotonic()
        with pytest.raises(NotCalled) as refused:
            Door(private=("127.0.0.1",), timeout_seconds=0.4).post(f"http://127.0.0.1:{port}/", b"{}", {})
        assert refused.value.name == name
        assert time.monotonic() - began < 2


@contextmanager
def listening(said: bytes | None = b"") -> Iterator[tuple[int, Callable[[], int]]]:
    """Something that listens: it says `said`, and then a letter every 50 ms; None: it hangs up."""
    server, done, count = socket.create_server(("127.0.0.1", 0)), threading.Event(), [0]

    def serve() -> None:
        while not done.is_set():
            try:
                connection, _ = server.accept()
            except OSError:
                return
            count[0] += 1
            with connection:
                if said is None:
                    continue
                try:
                    connection.sendall(said)
                    while not done.wait(0.05) and not said.startswith(b"SSH"):
                        connection.sendall(b"x")
                except OSError:
                    continue

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield server.getsockname()[1], lambda: count[0]
    finally:
        done.set()
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join()
