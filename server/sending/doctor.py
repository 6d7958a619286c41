"""Checks how a stream signs and authenticates its mail: SPF (RFC 7208), DKIM (RFC 6376) and DMARC (RFC 7489) in the DNS.

Each finding is right, wrong, or could not be checked: a name server that does not reply is not a missing record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from builder import dkim
from server import dns_records
from server.dns_records import DnsUnavailable
from server.sending import gate
from server.settings import Settings, Stream

Lookup = Callable[[str], Sequence[bytes]]
Says = Literal["right", "wrong", "unchecked"]
SPF = re.compile(rb"v=spf1(\s|$)", re.IGNORECASE)
DMARC = re.compile(rb"v=dmarc1\s*(;|$)", re.IGNORECASE)
SENTENCES = {
    "local": "The address {address} belongs to this machine, so nothing in the DNS is needed.",
    "spf": "SPF: {domain} names the servers that may send for it.",
    "no_spf": "SPF: {domain} has no record. Add a TXT record there: {record}",
    "many_spf": "SPF: {domain} has {number} records, and receivers accept only one. Join them into one.",
    "open_spf": "SPF: the record of {domain} ends with {ending}, which allows everybody. Write ~all in its place.",
    "dkim": "DKIM: the key of {name} is published and is the one that signs.",
    "unsigned": "DKIM: mail of this stream is not signed. Set dkim_domain and dkim_key_file; Gmail, Yahoo and Microsoft ask for it.",
    "no_dkim": "DKIM: there is no key at {name}. Add a TXT record there: {record}",
    "other_dkim": "DKIM: the key at {name} is not the one that signs. Replace the TXT record by: {record}",
    "no_key": "DKIM: the key file {file} cannot be read: {why}.",
    "dmarc": "DMARC: {domain} tells receivers what to do with mail that is not authenticated.",
    "no_dmarc": "DMARC: {domain} has no record. Add a TXT record at {name}: {record}",
    "aligned": "The mail comes from {from_domain} and is signed by {dkim_domain}, which belong together.",
    "apart": "The mail comes from {from_domain} but is signed by {dkim_domain}: DMARC needs the same domain, a parent or a child of it.",
    "https": "The links begin with https.",
    "own_links": "The links lead to this machine ({url}), so they work only here.",
    "no_https": "The links begin with {url}. One-click unsubscribe needs https (RFC 8058): change the setting base_url.",
    "push": "Push notices: the key that identifies this server to browsers is in {file}.",
    "no_push": "Push notices: the key file {file} is missing. It is made when the web server starts; if there was one, put it back from a "
    "backup, or every device must be switched on again.",
    "silent": "{name} could not be checked: no name server replied.",
}


class Finding(NamedTuple):
    """One finding: `name` is a key of SENTENCES, `values` fill its gaps."""

    says: Says
    name: str
    values: dict[str, str]


def examine(settings: Settings, stream: Stream, lookup: Lookup = dns_records.texts) -> list[Finding]:
    """Return the findings about a stream, in the order in which they are mended."""
    domain = stream.from_address.rpartition("@")[2].lower()
    found = [_links(settings.base_url)]
    if domain == "localhost" or domain.endswith(".localhost"):
        return [*found, Finding("right", "local", {"address": stream.from_address})]
    checks = (_spf(domain, lookup), _dkim(stream, lookup), _alignment(domain, stream), _dmarc(domain, lookup))
    return [*found, *(finding for each in checks for finding in each)]


def _links(base_url: str) -> Finding:
    parts = urlsplit(base_url)
    if parts.scheme == "https":
        return Finding("right", "https", {})
    if gate.is_secure(base_url):  # this machine, where no third party can read the traffic
        return Finding("right", "own_links", {"url": base_url})
    return Finding("wrong", "no_https", {"url": base_url})


def _spf(domain: str, lookup: Lookup) -> Iterator[Finding]:
    records = _ask(domain, lookup)
    if records is None:
        yield Finding("unchecked", "silent", {"name": f"SPF ({domain})"})
        return
    found = [record for record in records if SPF.match(record)]
    if not found:
        record = "v=spf1 a mx include:… ~all"
        yield Finding("wrong", "no_spf", {"domain": domain, "record": record})
    elif len(found) > 1:
        yield Finding("wrong", "many_spf", {"domain": domain, "number": str(len(found))})
    elif ending := re.search(rb"(\+all|\?all|\sall)\s*$", found[0], re.IGNORECASE):
        yield Finding("wrong", "open_spf", {"domain": domain, "ending": ending[1].decode().strip()})
    else:
        yield Finding("right", "spf", {"domain": domain})


def _dkim(stream: Stream, lookup: Lookup) -> Iterator[Finding]:
    if not stream.dkim_domain:
        yield Finding("wrong", "unsigned", {})
        return
    name = f"{stream.dkim_selector}._domainkey.{stream.dkim_domain}"
    try:
        record = dkim.public_record(Path(stream.dkim_key_file).read_bytes())
    except (OSError, ValueError, TypeError) as error:
        yield Finding("wrong", "no_key", {"file": stream.dkim_key_file, "why": str(error).splitlines()[0]})
        return
    records = _ask(name, lookup)
    if records is None:
        yield Finding("unchecked", "silent", {"name": f"DKIM ({name})"})
    elif not records:
        yield Finding("wrong", "no_dkim", {"name": name, "record": record})
    elif _key_of(record.encode()) not in [_key_of(each) for each in records]:
        yield Finding("wrong", "other_dkim", {"name": name, "record": record})
    else:
        yield Finding("right", "dkim", {"name": name})


def _alignment(domain: str, stream: Stream) -> Iterator[Finding]:
    """Compare the domain of the sender with the one that signs (DMARC's relaxed alignment, without a public suffix list)."""
    signs = stream.dkim_domain.lower()
    if signs:
        together = signs == domain or domain.endswith("." + signs) or signs.endswith("." + domain)
        values = {"from_domain": domain, "dkim_domain": signs}
        yield Finding("right" if together else "wrong", "aligned" if together else "apart", values)


def _dmarc(domain: str, lookup: Lookup) -> Iterator[Finding]:
    """Look at the domain and its parents, as receivers look at the organisation's domain (RFC 7489 6.6.3)."""
    labels = domain.split(".")
    for start in range(max(1, len(labels) - 1)):
        parent = ".".join(labels[start:])
        records = _ask(f"_dmarc.{parent}", lookup)
        if records is None:
            yield Finding("unchecked", "silent", {"name": f"DMARC (_dmarc.{parent})"})
            return
        if any(DMARC.match(record) for record in records):
            yield Finding("right", "dmarc", {"domain": parent})
            return
    yield Finding("wrong", "no_dmarc", {"domain": domain, "name": f"_dmarc.{domain}", "record": "v=DMARC1; p=none"})


def _key_of(record: bytes) -> bytes:
    found = re.search(rb"(?:^|;)\s*p\s*=\s*([^;]*)", record)
    return re.sub(rb"\s", b"", found[1]) if found else b""


def _ask(name: str, lookup: Lookup) -> Sequence[bytes] | None:
    """Return the records, or None when no name server replied."""
    try:
        return lookup(name)
    except DnsUnavailable:
        return None
