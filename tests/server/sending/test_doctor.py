"""The doctor against a DNS of a test's own: each fault is told apart, with the record that mends it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from builder import dkim
from server import texts
from server.dns_records import DnsUnavailable
from server.sending import doctor
from server.settings import Settings, Stream
from tests.builder import keys

KEY = keys.private(1024)
SPF, DKIM, DMARC = "acto.example", "s1._domainkey.acto.example", "_dmarc.acto.example"
GOOD = {SPF: b"v=spf1 a mx ~all", DKIM: dkim.public_record(KEY).encode(), DMARC: b"v=DMARC1; p=none"}


@pytest.fixture
def stream(tmp_path: Path) -> Stream:
    (tmp_path / "key.pem").write_bytes(KEY)
    return Stream(
        from_address="news@acto.example",
        dkim_domain="acto.example",
        dkim_selector="s1",
        dkim_key_file=str(tmp_path / "key.pem"),
    )


def dns(records: Mapping[str, bytes | Sequence[bytes]]) -> Callable[[str], Sequence[bytes]]:
    def lookup(name: str) -> Sequence[bytes]:
        found = records.get(name, ())
        return [found] if isinstance(found, bytes) else found

    return lookup


def names(
    stream: Stream, records: Mapping[str, bytes | Sequence[bytes]], url: str = "https://acto.example"
) -> list[str]:
    found = doctor.examine(replace(Settings(), base_url=url), stream, dns(records))
    assert {each.says for each in found} <= {"right", "wrong"}
    return [each.name for each in found]


def test_a_stream_that_is_set_up_has_no_fault(stream: Stream) -> None:
    assert names(stream, GOOD) == ["https", "spf", "dkim", "aligned", "dmarc"]


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({SPF: ()}, "no_spf"),
        ({SPF: (b"v=spf1 -all", b"v=spf1 a ~all")}, "many_spf"),
        ({SPF: b"v=spf1 a +all"}, "open_spf"),
        ({SPF: b"v=spf1 a all"}, "open_spf"),
        ({SPF: b"v=spf1 ?all"}, "open_spf"),
        ({DKIM: ()}, "no_dkim"),
        ({DKIM: b"v=DKIM1; k=rsa; p=AAAA"}, "other_dkim"),
        ({DKIM: b"v=DKIM1; p="}, "other_dkim"),
        ({DMARC: ()}, "no_dmarc"),
        ({DMARC: b"v=spf1 -all"}, "no_dmarc"),
    ],
)
def test_each_fault_is_told_apart(stream: Stream, changed: Mapping[str, bytes], fault: str) -> None:
    assert fault in names(stream, {**GOOD, **changed})


def test_a_subdomain_finds_the_policy_of_its_parent_and_signs_with_its_key(stream: Stream) -> None:
    below = replace(stream, from_address="news@mail.acto.example")
    assert names(below, {**GOOD, "mail.acto.example": b"v=spf1 mx -all"}) == [
        "https",
        "spf",
        "dkim",
        "aligned",
        "dmarc",
    ]


def test_a_stranger_who_signs_is_not_aligned(stream: Stream) -> None:
    other = replace(stream, from_address="news@other.example")
    assert "apart" in names(other, GOOD)


def test_a_name_server_that_is_silent_is_no_missing_record(stream: Stream) -> None:
    def silent(name: str) -> Sequence[bytes]:
        raise DnsUnavailable(name)

    found = doctor.examine(replace(Settings(), base_url="https://acto.example"), stream, silent)
    assert [each.says for each in found] == ["right", "unchecked", "unchecked", "right", "unchecked"]


def test_every_sentence_is_complete_in_both_languages(stream: Stream) -> None:
    broken = replace(stream, dkim_key_file="nothing.pem")
    local = replace(stream, from_address="news@acto.localhost")
    for each, records in ((stream, {}), (stream, GOOD), (broken, GOOD), (local, {})):
        for finding in doctor.examine(replace(Settings(), base_url="http://acto.example"), each, dns(records)):
            for language in ("es", "en"):
                assert "{" not in texts.text(doctor.SENTENCES[finding.name], language, **finding.values)
