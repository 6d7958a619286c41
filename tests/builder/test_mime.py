"""Wire bytes, read back by a parser that is not ours."""

import binascii
import email
import email.policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder import mime, quoted
from builder.mime import Address, Envelope

DATE = 1_803_913_200_000
ANA = Address("Ana Ñandú", "ana@example.com")
NASTY = [
    "\r\n",
    "\n",
    "\r",
    "\x00",
    "\x85",
    "\u2028",
    "Bcc: evil@example.com",
    "\r\n\r\nbody",
    "=?utf-8?q?x?=",
    '"',
    "\\",
]
NASTY += [
    "é",
    "👩‍👩‍👧",
    "हिन्दी",
    "עברית",
    "\u202e",
    "<",
    ">",
    ",",
    ";",
    ":",
    "@",
    "(",
    ")",
    " ",
    "  ",
    "\t",
    "a",
    "x" * 70,
    "=",
    ".",
]
TEXTS = st.lists(st.sampled_from(NASTY) | st.text(max_size=6), max_size=12).map("".join)
BODIES = st.lists(
    st.sampled_from([*NASTY, "\n.\n", "\nFrom ", " \n", "\t\n", "=\n"]) | st.text(max_size=30), max_size=20
).map("".join)


def wire(
    subject: str = "Hola", sender: Address = ANA, recipient: Address = ANA, text: str = "t", html: str = "h"
) -> bytes:
    extra = [("List-Unsubscribe", f"<https://acto.example/u/{'x' * 200}>")]
    return mime.write(Envelope(sender, recipient, subject, "id@example.com", DATE, extra), text, html)


def read(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def spoken(text: str) -> str:
    """What of a text a header can say: control characters and surrogates cannot be sent."""
    return mime.encoded(text) and " ".join(mime._CONTROLS.sub(" ", text).split(" ")).strip(" ")


@settings(deadline=None, max_examples=60)
@given(TEXTS, TEXTS)
def test_what_goes_into_the_headers_comes_out(subject: str, name: str) -> None:
    message = read(wire(subject, Address(name, "acto@example.com"), Address(name, "ana@example.com")))
    assert _folded(str(message["Subject"])) == _folded(spoken(subject))
    assert [a.addr_spec for a in message["To"].addresses] == ["ana@example.com"]
    (sender,) = message["From"].addresses
    assert _joined(sender.display_name) == _joined(spoken(name))


@settings(deadline=None, max_examples=60)
@given(TEXTS, TEXTS, TEXTS)
def test_no_header_is_ever_added(subject: str, name: str, address: str) -> None:
    more = address.replace("@", "").replace(".", "")  # at a domain that ends in a dot the parser itself falls over
    message = read(wire(subject, Address(name, "acto@example.com"), Address(name, f"ana@example.com{more}")))
    names = ["From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe", "MIME-Version", "Content-Type"]
    assert message.keys() == names
    assert len(message["To"].addresses) == 1


@settings(deadline=None, max_examples=60)
@given(BODIES, BODIES)
def test_the_bodies_come_out_as_they_went_in(text: str, html: str) -> None:
    message = read(wire(text=text, html=html))
    kinds = {part.get_content_type(): part for part in message.walk()}
    assert list(kinds) == ["multipart/alternative", "text/plain", "text/html"]
    for kind, body in (("text/plain", text), ("text/html", html)):
        payload = kinds[kind].get_payload(decode=True)
        assert isinstance(payload, bytes)
        sent = body.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace")
        assert payload.replace(b"\r\n", b"\n") == sent


@settings(deadline=None, max_examples=60)
@given(TEXTS, TEXTS, BODIES)
def test_lines_end_in_crlf_and_stay_short(subject: str, name: str, body: str) -> None:
    raw = wire(subject, Address(name, "acto@example.com"), text=body, html=body * 3)
    raw.decode("ascii")
    lines = raw.split(b"\r\n")
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    assert max(len(line) for line in lines) <= 998
    assert max(len(line) for line in lines if b"https://" not in line) <= 78


@settings(deadline=None)
@given(st.lists(BODIES, max_size=5))
def test_pieces_encoded_apart_read_as_one(pieces: list[str]) -> None:
    joined = "".join(quoted.closed(piece) for piece in pieces)
    plain = "".join(piece.replace("\r\n", "\n").replace("\r", "\n") for piece in pieces)
    assert binascii.a2b_qp(joined.replace("\r\n", "\n")).decode() == plain.encode("utf-8", "replace").decode()
    assert max(map(len, joined.split("\r\n"))) <= 78


@pytest.mark.parametrize(
    "subject", ["Tu pedido está entregado " * 8, "😀" * 60, "a" * 300, "=?utf-8?b?aGE=?= real", "", " "]
)
def test_a_long_or_odd_subject_arrives_whole(subject: str) -> None:
    raw = wire(subject)
    assert str(read(raw)["Subject"]).strip() == subject.strip()
    assert max(len(line) for line in raw.split(b"\r\n\r\n")[0].split(b"\r\n") if b"https" not in line) <= 76


def test_a_name_with_commas_and_quotes_is_one_name() -> None:
    message = read(wire(sender=Address('Pérez, "Ana" (Ventas) <x@y>', "acto@example.com")))
    assert [(a.display_name, a.addr_spec) for a in message["From"].addresses] == [
        ('Pérez, "Ana" (Ventas) <x@y>', "acto@example.com")
    ]
    ascii_name = read(wire(sender=Address('Doe, "Jane" \\ Sales', "acto@example.com")))
    assert ascii_name["From"].addresses[0].display_name == 'Doe, "Jane" \\ Sales'


def test_a_domain_in_its_wire_form_stays_as_it_is() -> None:
    message = read(wire(recipient=Address("", "ana@xn--andu-hqa.example")))
    assert str(message["To"]) == "ana@xn--andu-hqa.example"


def test_the_date_is_the_moment_given() -> None:
    assert read(wire())["Date"].datetime.timestamp() * 1000 == DATE


def _joined(text: str) -> str:
    """Without white space: of a name in several encoded words the standard library keeps the folds (RFC 2047 6.2 says not to)."""
    return "".join(_folded(text).split())


def _folded(text: str) -> str:
    """Runs of white space, which a folded header cannot keep apart, as one."""
    return " ".join(text.encode("utf-8", "replace").decode().split())
