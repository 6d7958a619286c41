"""Signatures, verified by a verifier that is not ours."""

import dkim
import pytest

from builder import mime
from builder.dkim import Signer
from builder.mime import Address, Envelope
from tests.builder import keys

DATE = 1_772_377_200_000  # 1 March 2026: a verifier refuses signatures from its future
KEY = keys.private(2048)
EXTRA = [
    ("List-Unsubscribe", f"<https://acto.example/u/{'x' * 180}>"),
    ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    ("List-Id", "<news.example.com>"),
]
SUBJECTS = ["Hola", "¿Qué tan bien funciona hoy tu proceso comercial, Ana? " * 4, "😀" * 50, "a  b", ""]
BODIES = ["Hola", "", "\n\n\n", "trailing  \t \nspaces \n\n\n\n", "línea\n.\nFrom x\n" * 200]


def signed(subject: str = "Hola", body: str = "Hola", key: bytes = KEY) -> bytes:
    envelope = Envelope(
        Address("Ana Ñandú, “Ventas”", "acto@example.com"),
        Address("", "b@example.org"),
        subject,
        "i@example.com",
        DATE,
        EXTRA,
    )
    return mime.write(envelope, body, f"<p>{body}</p>", Signer("example.com", "acto", key))


def verifies(raw: bytes, key: bytes = KEY) -> bool:
    def dns(name: bytes, timeout: int = 5) -> bytes:
        assert name == b"acto._domainkey.example.com."
        return keys.record(key)

    return bool(dkim.DKIM(raw).verify(dnsfunc=dns))


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda text: text[:8])
@pytest.mark.parametrize("body", BODIES, ids=lambda text: repr(text[:8]))
def test_a_message_is_signed(subject: str, body: str) -> None:
    assert verifies(signed(subject, body))


@pytest.mark.parametrize(
    "header", ["From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post"]
)
@pytest.mark.parametrize("at_the_top", [True, False])
def test_a_second_header_breaks_it(header: str, at_the_top: bool) -> None:
    raw, added = signed(), f"{header}: <https://evil.example>\r\n".encode()
    assert verifies(raw)
    head, body = raw.split(b"\r\n\r\n", 1)
    forged = added + raw if at_the_top else head + b"\r\n" + added + b"\r\n" + body
    assert not _verifies_or_is_refused(forged)


@pytest.mark.parametrize("header", ["Cc", "Reply-To"])
def test_a_header_that_was_not_there_breaks_it(header: str) -> None:
    assert not _verifies_or_is_refused(f"{header}: evil@example.com\r\n".encode() + signed())


@pytest.mark.parametrize("header", [b"Subject: ", b"List-Unsubscribe: ", b"From: ", b"Content-Type: "])
def test_a_changed_header_breaks_it(header: bytes) -> None:
    raw = signed()
    assert not _verifies_or_is_refused(raw.replace(header, header + b"x", 1))


def test_one_changed_byte_of_the_body_breaks_it() -> None:
    raw = signed(body="precio 100")
    assert verifies(raw)
    assert not _verifies_or_is_refused(raw.replace(b"precio 100", b"precio 900", 1))
    assert not _verifies_or_is_refused(raw + b"more\r\n")


def test_what_a_relay_may_change_does_not_break_it() -> None:
    raw = signed("una línea " * 12)
    assert verifies(b"Received: from relay\r\n" + raw.replace(b"\r\nTo: ", b"\r\nTo:   ") + b"\r\n\r\n")


def test_another_key_does_not_verify() -> None:
    assert not verifies(signed(), keys.private(1024))


def test_a_short_key_is_refused_with_what_to_do() -> None:
    assert verifies(signed(key=keys.private(1024)), keys.private(1024))
    with pytest.raises(ValueError, match="1024 bits or more; 2048 is advised"):
        signed(key=keys.SMALL)


def test_what_is_no_rsa_key_is_refused() -> None:
    with pytest.raises(ValueError, match=r".+"):
        signed(key=b"no key")


def _verifies_or_is_refused(raw: bytes) -> bool:
    try:
        return verifies(raw)
    except dkim.DKIMException:  # two From headers are no message at all
        return False
