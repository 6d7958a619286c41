"""What became of a message is known exactly, whatever the mail server does."""

import threading
from collections.abc import Iterator

import pytest

from server.sending import endpoint
from server.sending.transport import Deferred, Delivered, Rejected, SendOutcome, Transport, Unknown, Wire
from tests.server.sending.mailserver import Faults, cutting_server, free_port, mail_server

DATA = b"From: a@example.com\r\nMessage-ID: <m1@x>\r\n\r\nHola\r\n"


def wire(who: str, data: bytes = DATA) -> Wire:
    return Wire("news@example.com", f"{who}@example.com", data)


def connect(port: int, timeout: float = 5.0, scheme: str = "smtp") -> Transport:
    return Transport(endpoint.parse(f"{scheme}://127.0.0.1:{port}"), "acto.example", timeout)


@pytest.fixture(scope="module", params=[False, True], ids=["one by one", "pipelining"])
def shared(request: pytest.FixtureRequest) -> Iterator[tuple[Faults, int]]:
    with mail_server(request.param) as server:
        yield server


@pytest.mark.parametrize(
    ("who", "kind", "words"),
    [
        ("ana", Delivered, "250 2.0.0 taken"),
        ("busy", Deferred, "deferred: 450 4.2.1 busy"),
        ("full", Deferred, "deferred: 452"),
        ("closing", Deferred, "deferred: 421"),
        ("later", Deferred, "deferred: 451"),
        ("hangup", Deferred, "interrupted: "),
        ("never", Rejected, "refused: 550 5.1.1 no such user"),
        ("spam", Rejected, "refused: 554"),
        ("vanish", Unknown, "no_reply: "),
    ],
)
def test_each_answer_of_a_server_has_its_outcome_and_the_next_message_leaves(
    shared: tuple[Faults, int], who: str, kind: type[SendOutcome], words: str
) -> None:
    transport = connect(shared[1])
    outcome = transport.send(wire(who))
    assert type(outcome) is kind
    assert words in outcome[0]
    assert transport.send(wire("ana")) == Delivered("250 2.0.0 taken")
    transport.close()


def test_a_server_that_is_down_defers_and_names_itself() -> None:
    port = free_port()
    outcome = connect(port).send(wire("ana"))
    assert isinstance(outcome, Deferred)
    assert outcome.reason.startswith(f"no_connection: 127.0.0.1:{port}: ")


def test_a_server_too_slow_to_answer_after_the_end_is_unknown(shared: tuple[Faults, int]) -> None:
    outcome = connect(shared[1], timeout=0.3).send(wire("slow"))
    assert isinstance(outcome, Unknown)


def test_a_connection_cut_in_the_middle_of_the_data_is_deferred() -> None:
    """More data than the kernels buffer, so that the cut is noticed while it is being sent."""
    with cutting_server(bytes_of_data=1000) as port:
        outcome = connect(port).send(wire("ana", DATA + b"x" * 70 + b"\r\n" + b"y\r\n" * 10_000_000))
    assert isinstance(outcome, Deferred)
    assert outcome.reason.startswith("interrupted: ")


def test_a_connection_cut_right_after_the_final_dot_is_unknown() -> None:
    with cutting_server(bytes_of_data=-1) as port:
        assert isinstance(connect(port).send(wire("ana")), Unknown)


def test_one_connection_serves_many_messages() -> None:
    with mail_server() as (server, port):
        transport = connect(port)
        for who in ("ana", "busy", "never", "later", "beto"):
            transport.send(wire(who))
        transport.close()
        assert server.connections == 1
        assert [to for to, _ in server.received] == ["ana@example.com", "beto@example.com"]


def test_a_connection_that_the_server_closed_while_idle_is_opened_again() -> None:
    with mail_server() as (_, port):
        transport = connect(port)
        assert isinstance(transport.send(wire("ana")), Delivered)
        assert transport._smtp is not None
        assert transport._smtp.sock is not None
        transport._smtp.sock.shutdown(2)
        assert isinstance(transport.send(wire("beto")), Delivered)
        transport.close()


@pytest.mark.parametrize("body", [b".\r\n", b"..x\r\n.\r\n.", b"a\r\n.b\r\n", b"no end", "ñ❤️\r\n".encode()])
def test_the_body_arrives_as_it_was_written(body: bytes) -> None:
    with mail_server() as (server, port):
        transport = connect(port)
        transport.send(wire("ana", DATA + body))
        transport.close()
    ((_, received),) = server.received
    assert received.removesuffix(b"\r\n") == (DATA + body).removesuffix(b"\r\n")


def test_letters_beyond_ascii_leave_where_the_server_can_and_are_refused_where_it_cannot() -> None:
    unicode = Wire("news@example.com", "josé@example.com", DATA)
    with mail_server(enable_SMTPUTF8=True) as (server, port):
        transport = connect(port)
        assert isinstance(transport.send(unicode), Delivered)
        transport.close()
        assert server.received[0][0] == "josé@example.com"
    with mail_server(enable_SMTPUTF8=False) as (_, port):
        transport = connect(port)
        assert isinstance(transport.send(unicode), Rejected)
        assert isinstance(transport.send(wire("ana")), Delivered)
        transport.close()


def test_a_server_without_tls_never_gets_the_password() -> None:
    with mail_server() as (server, port):
        transport = Transport(endpoint.parse(f"smtp+starttls://ana:s3cret@127.0.0.1:{port}"), "x", 5)
        outcome = transport.send(wire("ana"))
    assert isinstance(outcome, Deferred)
    assert "STARTTLS" in outcome.reason
    assert "s3cret" not in outcome.reason + repr(transport._endpoint)
    assert server.received == []


def test_the_final_dot_does_not_wait_for_an_acknowledgement(shared: tuple[Faults, int]) -> None:
    transport = connect(shared[1])
    done = threading.Event()

    def send() -> None:
        for _ in range(20):
            transport.send(wire("ana"))
        done.set()

    threading.Thread(target=send).start()
    assert done.wait(20 * 0.04), "40 ms a message: Nagle's algorithm holds the dot back"
    transport.close()


@pytest.mark.parametrize("url", ["http://x", "smtp://", "mail.example.com:25"])
def test_a_wrong_address_of_a_server_says_how_it_is_written(url: str) -> None:
    with pytest.raises(ValueError, match="smtp://host:port"):
        endpoint.parse(url)


def test_a_password_may_hold_any_character() -> None:
    found = endpoint.parse("smtps://ana%40example.com:p%3Aw%2F@mail.example.com")
    assert (found.user, found.password, found.port) == ("ana@example.com", "p:w/", 465)
