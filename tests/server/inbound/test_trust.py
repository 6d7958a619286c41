"""Who may answer by mail: the person themselves, and only if the domain of their address signed what they wrote."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from server.dns_records import DnsUnavailable
from server.inbound.dkim_verification import aligned
from server.store import StoreUnavailable
from tests.builder import keys
from tests.clients import replies
from tests.clients.replies import LIKE_MICROSOFT, Reply, gmail, outlook, signed, typed
from tests.server.inbound.desk import Counter

Change = Callable[[bytes], bytes]


@pytest.fixture
def yes(counter: Counter) -> Reply:
    """Ana's yes to `call`, not sent yet."""
    return typed(counter.link("call"), "Sí")


def body(raw: bytes) -> bytes:
    return raw.split(b"\r\n\r\n", 1)[1]


FORGED: dict[str, tuple[Change, str]] = {
    "not signed": (lambda raw: raw, "unsigned"),
    "signed by another domain": (lambda raw: signed(raw, "evil.example"), "unsigned"),
    "signed by a domain that ends alike": (lambda raw: signed(raw, "badexample.com"), "unsigned"),
    "signed by a top level domain": (lambda raw: signed(raw, "com"), "unsigned"),
    "signed with another key": (lambda raw: signed(raw, key=keys.private(2048)), "altered"),
    "a body that was altered": (
        lambda raw: signed(raw).replace(b"MIME-Version", b"MIME-Version", 1) + b"\r\nMore",
        "altered",
    ),
    "a subject that was altered": (lambda raw: signed(raw).replace(b"Subject: ", b"Subject: Re: "), "altered"),
    "a signature of the body's beginning": (lambda raw: signed(raw, length=True), "too_little"),
    "a signature that leaves out From": (lambda raw: signed(raw).replace(b"from :", b"x-from :"), "too_little"),
    "a weak algorithm": (lambda raw: signed(raw, signature_algorithm=b"rsa-sha1"), "too_little"),
    "a second From": (lambda raw: b"From: Ana <ana@example.com>\r\n" + signed(raw), "somebody_else"),
    "a second To": (lambda raw: signed(raw).replace(b"\r\nTo: ", b"\r\nTo: x@example.net\r\nTo: "), "ambiguous"),
    "a bare carriage return": (lambda raw: signed(raw.replace(b"Subject: ", b"Subject: x\rX-Y: ")), "ambiguous"),
    "signatures that are none": (
        lambda raw: b"DKIM-Signature: v=1; a\r\nDKIM-Signature: \xff=;;\r\n" + raw,
        "unsigned",
    ),
    "a signature of spaces": (lambda raw: b"DKIM-Signature: b=" + b" \r\n " * 20_000 + b"\r\n" + raw, "unsigned"),
}


def test_what_is_not_authenticated_is_kept_and_answers_nothing(counter: Counter, yes: Reply) -> None:
    counter.records |= replies.records("evil.example", "badexample.com", "com", "mail.example.com")
    for how, (change, why) in FORGED.items():
        outcome = counter.take(change(gmail(yes)))
        assert (outcome.result, outcome.why, how) == ("kept", why, how)
    assert counter.events() == []
    hits = counter.place.world.hits("ana")
    assert sorted(json.loads(hit["facts"])["why"] for hit in hits) == sorted(why for _, why in FORGED.values())
    assert {(hit["method"], hit["vouched"]) for hit in hits} == {("MAIL", "")}


HERS = {
    "Ana <ana@example.com>": "example.com",
    "ana@example.com": "Example.COM",
    '"Díaz, Ana" <ANA@EXAMPLE.COM>': "example.com",
}
NOT_HERS = [
    "Grace <grace@example.org>",
    '"ana@example.com" <eve@example.com>',
    "ana@example.com <eve@example.com>",
    "Ana <ana@example.com>, Eve <eve@example.com>",
    "ana@example.com, eve@example.com",
    "<ana@example.com> <eve@example.com>",
    "ana+x@example.com",
    "",
]


def test_the_persons_own_address_is_theirs_however_it_is_written(counter: Counter, yes: Reply) -> None:
    for sender, domain in HERS.items():
        assert counter.take(signed(gmail(replace(yes, sender=sender)), domain)).result == "answered"


def test_nobody_else_answers_for_a_person(counter: Counter, yes: Reply) -> None:
    for sender in NOT_HERS:
        outcome = counter.take(signed(gmail(replace(yes, sender=sender))))
        assert (outcome.result, outcome.why, sender) == ("kept", "somebody_else", sender)
    assert counter.asked == [], "no DNS is asked on behalf of a stranger"


def test_a_domain_above_or_below_the_persons_own_vouches_for_it() -> None:
    assert aligned("example.com", "mail.example.com") and aligned("example.com", "example.com")
    assert not aligned("com", "example.com") and not aligned("example.com", "com")
    assert aligned("mail.example.com", "example.com"), "as relaxed DMARC has it"
    assert not aligned("ample.com", "example.com") and not aligned("", "example.com")


def test_a_second_signature_may_be_the_one_that_holds(counter: Counter, yes: Reply) -> None:
    assert counter.take(signed(signed(gmail(yes)), "lists.example.net")).result == "answered"
    assert counter.asked == ["s1._domainkey.example.com"]


def test_the_same_mail_twice_is_one_answer(counter: Counter, yes: Reply) -> None:
    raw = signed(gmail(yes))
    first, second = counter.take(raw), counter.take(raw)
    assert (first.replay, second.replay, len(counter.events())) == (False, True, 1)


def test_an_old_mail_cannot_be_sent_to_another_question(counter: Counter, yes: Reply) -> None:
    """Microsoft signs no To, so nothing in the mail itself says that it was for another one."""
    raw = signed(outlook(yes), headers=LIKE_MICROSOFT)
    assert counter.take(raw).result == "answered"
    other = typed(counter.link("topics"), "").to
    outcome = counter.take(raw.replace(yes.to.encode(), other.encode()))
    assert (outcome.result, outcome.why, len(counter.events())) == ("kept", "used", 1)


def test_a_reply_address_added_on_the_way_was_not_written_by_the_person(counter: Counter, yes: Reply) -> None:
    raw = signed(gmail(replace(yes, to="somebody@example.net")))
    for header in ("Cc", "Delivered-To", "X-Original-To", "Envelope-To"):
        outcome = counter.take(f"{header}: {yes.to}\r\n".encode() + raw)
        assert (outcome.result, outcome.why) == ("kept", "readdressed")


def test_the_token_of_somebody_elses_message_is_somebody_elses(counter: Counter) -> None:
    reply = typed(counter.link("call", "grace"), "Sí")
    outcome = counter.take(signed(gmail(reply)))
    assert (outcome.result, outcome.why) == ("kept", "somebody_else")
    assert counter.events("grace") == counter.events("ana") == []


def test_a_header_cannot_be_put_in_by_what_a_person_types(counter: Counter) -> None:
    typed_text = "Sí\r\nFrom: eve@example.com\r\n\r\nNo"
    outcome = counter.take(signed(gmail(typed(counter.link("text"), typed_text))))
    assert outcome.values == ("Sí\nFrom: eve@example.com\n\nNo",)


def test_while_dns_is_silent_the_mail_server_tries_again(
    counter: Counter, yes: Reply, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(name: str) -> bytes | None:
        raise DnsUnavailable(name)

    raw = signed(gmail(yes))
    with monkeypatch.context() as patch:
        patch.setattr(counter, "lookup", silent)
        with pytest.raises(DnsUnavailable):
            counter.take(raw)
    assert counter.events() == [] and counter.place.world.hits("ana") == []
    assert counter.take(raw).result == "answered"


def test_a_key_that_is_gone_or_enormous_vouches_for_nothing(counter: Counter, yes: Reply) -> None:
    name = "s1._domainkey.example.com"
    for record in (
        b"",
        b"v=DKIM1; p=",
        b"v=DKIM1; k=rsa; p=" + b"A" * 60_000,
        b"\xff\xfe",
        b"v=DKIM1; k=ed25519; p=AAAA",
    ):
        counter.records[name] = record
        assert counter.take(signed(gmail(yes))).why == "altered"


def test_what_would_hold_up_the_processor_is_not_even_tried(counter: Counter, yes: Reply) -> None:
    """A key that takes minutes to raise to its power, and a signature whose blanks take minutes to take out."""
    spaced = signed(gmail(yes)).replace(b"bh=", b"bh=" + b"\r\n " * 60_000, 1)
    counter.records["huge._domainkey.example.com"] = record(modulus_bits=120_000)
    started = time.process_time()
    assert counter.take(spaced).why == "unsigned"
    assert counter.take(signed(gmail(yes)).replace(b"s=s1;", b"s=huge;")).why == "altered"
    assert time.process_time() - started < 3


def record(modulus_bits: int) -> bytes:
    """A TXT record with an RSA key of any size, its exponent as large."""

    def field(tag: int, content: bytes) -> bytes:
        size = len(content).to_bytes(4, "big")
        return bytes([tag, 0x84]) + size + content

    number = field(2, ((1 << modulus_bits) + 1).to_bytes(modulus_bits // 8 + 2, "big"))
    key = field(0x30, number + number)
    rsa = field(0x30, bytes.fromhex("06092a864886f70d010101 0500"))
    return b"v=DKIM1; k=rsa; p=" + base64.b64encode(field(0x30, rsa + field(3, b"\0" + key)))


def test_nothing_is_lost_while_the_store_is_away(counter: Counter, yes: Reply, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise StoreUnavailable("away")

    raw = signed(gmail(yes))
    with monkeypatch.context() as patch:
        patch.setattr(counter.place.world.store, "write", away)
        with pytest.raises(StoreUnavailable):
            counter.take(raw)
    assert counter.take(raw).result == "answered"
