"""Text is decoded as mail programs decode it."""

from __future__ import annotations

import base64

import pytest

from server.inbound import charsets, inbound_mail, own_words

HEAD = b"From: Ana <ana@example.com>\r\nMIME-Version: 1.0\r\n"
LABELLED = [
    ("iso-8859-1", "“Sí” – 5 €".encode("cp1252"), "“Sí” – 5 €"),
    ("ISO_8859-1", "café…".encode("cp1252"), "café…"),
    ("latin1", "œuvre".encode("cp1252"), "œuvre"),
    ("us-ascii", "Sí".encode("cp1252"), "Sí"),
    ("us-ascii", "Sí".encode(), "Sí"),
    ("", "Sí, ¡qué bien!".encode("cp1252"), "Sí, ¡qué bien!"),
    ("unknown-8bit", "año".encode("cp1252"), "año"),
    ("x-unknown", "año".encode(), "año"),
    ("gb2312", "中國".encode("gbk"), "中國"),
    ("iso-8859-8-i", "שלום".encode("iso8859-8"), "שלום"),
    ("windows-874", "สวัสดี".encode("cp874"), "สวัสดี"),
    ("shift_jis", "①髙".encode("cp932"), "①髙"),
    ("ks_c_5601-1987", "안녕 똠".encode("cp949"), "안녕 똠"),
    ("iso-2022-jp", b"\x1b$B-!F|\x1b(B", "①日"),
    ("iso-8859-9", "ışık".encode("cp1254"), "ışık"),
    ("punycode", b"hola", "hola"),
    ("utf-7", b"+AO0-", "+AO0-"),
    ("no-such-thing", "Sí".encode(), "Sí"),
    ("'utf-8'", "Sí".encode(), "Sí"),
    ("rot13", b"hola", "hola"),
]


@pytest.mark.parametrize(("label", "data", "text"), LABELLED)
def test_a_label_means_what_mail_programs_take_it_for(label: str, data: bytes, text: str) -> None:
    assert charsets.decoded(data, label) == text


def test_one_wrong_byte_spoils_no_text_and_a_cut_one_is_left_out() -> None:
    long = "Pía, ¡qué mañana más bonita! Él también".encode()
    assert charsets.decoded(long + b"\xe9", "utf-8").startswith("Pía, ¡qué mañana")
    assert charsets.decoded("Sí".encode()[:-1], "utf-8", cut=True) == "S"


@pytest.mark.parametrize("charset", ["", "; charset=us-ascii", "; charset=iso-8859-1", "; charset=unknown-8bit"])
def test_a_decision_outlives_a_wrong_label(charset: str) -> None:
    raw = HEAD + f"Content-Type: text/plain{charset}\r\n\r\n".encode() + "Sí".encode("cp1252")
    assert own_words.of(inbound_mail.read(raw)) == "Sí"


def test_a_footer_behind_base64_is_no_text() -> None:
    body = base64.encodebytes("Sí, claro".encode()) + b"\r\n-- \r\nThis list is run by Example\r\n"
    raw = HEAD + b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + body
    assert own_words.of(inbound_mail.read(raw)) == "Sí, claro"
