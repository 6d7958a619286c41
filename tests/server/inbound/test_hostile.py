"""Mail that was made to break whoever reads it: it is left alone, quickly."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.inbound import (
    auto_replies,
    calendar_reply,
    dkim_verification,
    inbound_mail,
    own_words,
    reply_html,
    reply_reader,
)
from server.inbound.dkim_verification import Unsigned
from server.inbound.inbound_mail import Mail, Unreadable
from server.inbound.mime_parts import KEPT, Part
from tests.clients.replies import gmail, signed, typed
from tests.server.inbound import reply_corpus
from tests.server.inbound.desk import Counter

BLOCKS = [block for case in reply_corpus.cases("es")[:20] for block in reply_corpus.blocks(case)]
SECONDS = 5.0  # of the processor; unbounded, each of these takes minutes
HEAD = b"From: Ana <ana@example.com>\r\nMessage-ID: <x@example.com>\r\n"


def nested(depth: int, comment: bytes = b"") -> bytes:
    inner = b"".join(
        b'Content-Type: %smultipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (comment, at, at) for at in range(depth)
    )
    return HEAD + inner + b"Content-Type: text/plain\r\n\r\nhi\r\n" + b"x\r\n" * 100_000


HOSTILE = {
    "nothing": (b"", "unreadable"),
    "no headers": (b"\r\n\r\nhello", "unreadable"),
    "zeros": (b"\x00" * 100_000, "not_ours"),
    "30 MB": (HEAD + b"\r\n" + b"x" * 30_000_000, "too_large"),
    "a million lines": (HEAD + b"\r\n" + b"\r\n" * 1_000_000, "too_large"),
    "a head without end": (b"X: y\r\n" * 100_000, "unreadable"),
    "a header without end": (b"To: " + b"(" * 190_000 + b"\r\n\r\n", "not_ours"),
    "nested 5,000 deep": (nested(5_000), "too_deep"),
    "nested 50 deep": (nested(50), "not_ours"),
    "nested behind comments": (nested(200, b"(c) "), "too_deep"),
    "mails within mails": (HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 2_000, "too_deep"),
    "a type of brackets": (HEAD + b"Content-Type: text/plain; x=" + b"(" * 3_900 + b"\r\n\r\n", None),
    "a long type": (HEAD + b"Content-Type: text/plain;" + b" x=1;\r\n" * 9_000 + b"\r\n\r\n", None),
    "parameters": (HEAD + b"Content-Type: text/plain; " + b"a*%d*=x;" * 400 % tuple(range(400)) + b"\r\n\r\n", None),
    "strange charsets": (HEAD + b"Content-Type: text/plain; charset=punycode\r\n\r\n" + b"a-" * 90_000, "not_ours"),
    "no such charset": (HEAD + b"Content-Type: text/plain; charset=\xff\xfe\r\n\r\nhi", "not_ours"),
    "bad base64": (HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n====\xff", "not_ours"),
    "many addresses": (b"To: " + b"r+a@in.example.com, " * 9_000 + b"\r\n\r\n", "not_ours"),
    "a long thread": (HEAD + b"References: " + b"<0123456789abcdefghjk@x> " * 7_000 + b"\r\n\r\n", "not_ours"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_mail_is_read_quickly_or_not_at_all(what: str) -> None:
    raw, why = HOSTILE[what]
    started = time.process_time()
    try:
        everything(inbound_mail.read(raw))
        refused = "not_ours"
    except Unreadable as error:
        refused = error.why
    assert time.process_time() - started < SECONDS
    assert why is None or refused == why


def everything(mail: Mail) -> None:
    """All that is read of a mail before and after its message is found."""
    said = own_words.of(mail, above_line=True) + own_words.of(mail)
    reply_reader.understand(BLOCKS, said)
    auto_replies.is_automatic(mail)
    calendar_reply.read(Part("text/calendar", said[:64_000]))
    with pytest.raises(Unsigned):
        dkim_verification.verify(mail, "example.com", lambda name: None)


def test_hostile_mail_leaves_no_trace(counter: Counter) -> None:
    for raw, _ in HOSTILE.values():
        if len(raw) < 250_000:
            assert counter.take(raw).result == "ignored"
    assert counter.place.world.hits("ana") == []


def test_a_person_with_a_large_picture_still_answers(counter: Counter) -> None:
    picture = b"--000000000000a1b2c3\r\nContent-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    picture += (b"A" * 76 + b"\r\n") * 90_000
    raw = gmail(typed(counter.link("call"), "Sí")).replace(
        b"--000000000000a1b2c3--", picture + b"--000000000000a1b2c3--"
    )
    assert len(raw) > 6_000_000
    assert counter.take(signed(raw)).result == "answered"


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 2_000), st.binary(max_size=20))
def test_whatever_comes_in_is_a_mail_or_unreadable(noise: bytes, at: int, more: bytes) -> None:
    """Noise alone, and noise in the middle of a mail that would be good."""
    for raw in (noise, GOOD[:at] + noise + GOOD[at + len(more) :], GOOD.replace(b"UTF-8", more)):
        try:
            mail = inbound_mail.read(raw)
        except Unreadable:
            continue
        assert isinstance(mail, Mail)
        for said in texts(mail):
            said.encode("utf-8")
            assert "\x00" not in said


def texts(mail: Mail) -> Iterator[str]:
    yield mail.sender
    yield own_words.of(mail)
    yield from (text for text, _ in mail.texts)
    yield from (value for values in mail.headers.values() for value in values)


GOOD = gmail(typed("mailto:r+x@in.example.com?subject=x&body=%0D%0A%0D%0A-- -- --", "Sí"))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from([*"<>/ab!-[]&;#x0\"'= \n", "<div>", "</div>", "<blockquote>", "<!--"]), max_size=99).map(
        "".join
    )
)
def test_any_html_is_some_text(markup: str) -> None:
    assert "\x00" not in reply_html.text(markup)


@pytest.mark.parametrize("markup", ["<div>", "<blockquote>", "<!--", "<a ", "&#", "<p x=1 ", "<b><b></i>"])
def test_html_is_read_in_time(markup: str) -> None:
    started = time.process_time()
    reply_html.text((markup * 150_000)[: KEPT["text/html"]])
    assert time.process_time() - started < SECONDS
