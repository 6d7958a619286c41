"""Transfer encodings of a reply's parts: what names none is no text, and what stands behind a name changes nothing. RFC 2045 6."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest

from server.inbound import mime_parts


def text(header: str, body: bytes = b"S=ED\r\n") -> str | None:
    raw = b"Content-Type: text/plain; charset=windows-1252\r\n" + header.encode() + b"\r\n" + body
    part = mime_parts.read(message_from_bytes(raw, policy=policy.default))
    return part.text.strip() if part else None


@pytest.mark.parametrize(
    "said",
    ["quoted-printable", "QUOTED-PRINTABLE", "quoted-printable\t", "quoted-printable ; x=1", " quoted-printable"],
)
def test_a_name_counts_whatever_stands_around_it(said: str) -> None:
    assert text(f"Content-Transfer-Encoding: {said}\r\n") == "Sí"


@pytest.mark.parametrize("said", ["quoted-prinuable", "quoted", "x-unknown", "8 bit", "base46"])
def test_a_name_that_nobody_knows_makes_no_text(said: str) -> None:
    assert text(f"Content-Transfer-Encoding: {said}\r\n") is None


@pytest.mark.parametrize("header", ["", "Content-Transfer-Encodjng: quoted-printable\r\n"])
@pytest.mark.parametrize("body", [b"S=ED\r\n", b"one=\r\ntwo\r\n", b"=C3=AD\r\n"])
def test_encoded_text_whose_encoding_was_lost_is_not_taken_as_it_stands(header: str, body: bytes) -> None:
    assert text(header, body) is None


@pytest.mark.parametrize("body", [b"1 + 1 = 2\r\n", b"a=b\r\n", b"S\xed\r\n", b"x = no\r\n"])
def test_plain_text_without_a_header_stays(body: bytes) -> None:
    assert text("", body) == body.decode("cp1252").strip()
