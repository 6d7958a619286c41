"""Keys are asked for over real packets: what a DNS server says, and what is made of its silence."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest

from server import dns_records
from server.dns_records import DnsUnavailable
from server.inbound import dkim_verification

RECORDS = {"s1._domainkey.example.com.": '"v=DKIM1; k=rsa; " "p=MIGf"', "none.example.com.": ""}


class Answers(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        data, socket = self.request
        query = dns.message.from_wire(data)
        name = query.question[0].name.to_text().lower()
        reply = dns.message.make_response(query)
        reply.flags |= dns.flags.RA
        if name.startswith("silent"):
            return
        if name.startswith("broken"):
            reply.set_rcode(dns.rcode.SERVFAIL)
        elif name not in RECORDS:
            reply.set_rcode(dns.rcode.NXDOMAIN)
        elif RECORDS[name]:
            reply.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", RECORDS[name]))
        socket.sendto(reply.to_wire(), self.client_address)


@pytest.fixture(autouse=True)
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The system's resolver asks a server on loopback."""
    with socketserver.ThreadingUDPServer(("127.0.0.1", 0), Answers) as serving:
        threading.Thread(target=serving.serve_forever, args=(0.01,), daemon=True).start()
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], serving.server_address[1]
        monkeypatch.setattr(dns.resolver, "default_resolver", resolver)
        monkeypatch.setattr(dns_records, "TIMEOUT_SECONDS", 0.3)
        yield
        serving.shutdown()


def test_the_strings_of_a_record_are_one_text() -> None:
    assert dkim_verification.lookup("s1._domainkey.example.com") == b"v=DKIM1; k=rsa; p=MIGf"
    assert dkim_verification.lookup("S1._domainkey.EXAMPLE.com") == b"v=DKIM1; k=rsa; p=MIGf"


@pytest.mark.parametrize(
    "name", ["other.example.com", "none.example.com", "a..b", "x" * 64 + ".com", "x." * 200, "ñ\ud800.com", ""]
)
def test_no_record_is_none(name: str) -> None:
    assert dkim_verification.lookup(name) is None


@pytest.mark.parametrize("name", ["silent.example.com", "broken.example.com"])
def test_a_server_that_fails_or_is_silent_may_answer_later(name: str) -> None:
    with pytest.raises(DnsUnavailable):
        dkim_verification.lookup(name)


def test_without_a_resolver_nobody_could_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dns.resolver.get_default_resolver(), "nameservers", [])
    with pytest.raises(DnsUnavailable):
        dkim_verification.lookup("s1._domainkey.example.com")
