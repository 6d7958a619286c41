"""Verifies the DKIM signature (RFC 6376) of the domain of a mail's sender, aligned as DMARC has it (RFC 7489 3.1.1).

The one door to dkimpy and dnspython. Needs no list of public suffixes, because the signing domain is the sender's or one
above it, which is stricter than DMARC.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import dkim
import dns.exception
import dns.resolver
from dkim.util import parse_tag_value

from server.inbound.inbound_mail import Mail

Lookup = Callable[[str], bytes | None]
Tags = dict[str, str]
COVERED = frozenset({"from", "message-id"})  # who wrote it, and what makes the same mail twice one answer
ONCE = ("from", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references", "content-type")
ALGORITHM = "rsa-sha256"  # RFC 8301 forbids sha1
MAX_SIGNATURES = 3
MAX_SIGNATURE_BYTES = 4_000
MAX_RECORD_BYTES = 2_000  # an RSA key of 8,192 bits; one much longer would take the processor hostage


TIMEOUT_SECONDS = 5.0  # of asking the DNS for one key


class DnsUnavailable(Exception):
    """No name server could say; the same question may be answered later."""


class Unsigned(Exception):
    """`why` is a key of `outcome.WHY`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Signature(NamedTuple):
    """Which domain vouches, and for which headers (lower case)."""

    domain: str
    headers: frozenset[str]


def verify(mail: Mail, sender_domain: str, lookup: Lookup) -> Signature:
    """The first signature that holds. Raises Unsigned, and DnsUnavailable where a key could not be asked for."""
    if not mail.straight or any(len(mail.all(name)) > 1 for name in ONCE):
        raise Unsigned("ambiguous")
    checker = _checker(mail.raw)
    unknown: DnsUnavailable | None = None
    tried = 0
    for index, tags in _fitting(checker, sender_domain):
        tried += 1
        try:
            if _holds(checker, index, lookup):
                return Signature(tags["d"].lower(), _covered(tags))
        except DnsUnavailable as error:
            unknown = error
        if tried == MAX_SIGNATURES:
            break
    if unknown:
        raise unknown
    raise Unsigned("altered" if tried else "unsigned")


def aligned(signing: str, sender: str) -> bool:
    """Whether whoever holds the signing domain holds the sender's."""
    return "." in signing and (sender == signing or sender.endswith(f".{signing}"))


def _checker(raw: bytes) -> dkim.DKIM:
    try:
        return dkim.DKIM(raw)
    except Exception as error:  # it trusts headers to be well-formed
        raise Unsigned("unsigned") from error


def _fitting(checker: dkim.DKIM, sender_domain: str) -> Iterator[tuple[int, Tags]]:
    """The signatures that would prove something, by their place; no DNS is asked for others."""
    values = [value for name, value in checker.headers if name.lower() == b"dkim-signature"]
    for index, value in enumerate(values):
        tags = _tags(value)
        fits = (
            tags.get("a", "").lower() == ALGORITHM
            and "l" not in tags  # signs the beginning of the body only: anybody may write on
            and aligned(tags.get("d", "").lower(), sender_domain)
            and _covered(tags) >= COVERED
        )
        if fits:
            yield index, tags


def _tags(value: bytes) -> Tags:
    if len(value) > MAX_SIGNATURE_BYTES:
        return {}
    try:
        return {key.decode("ascii"): found.decode("ascii") for key, found in parse_tag_value(value).items()}
    except Exception:  # not a list of tags, or not ASCII
        return {}


def _covered(tags: Tags) -> frozenset[str]:
    return frozenset(name.strip().lower() for name in tags.get("h", "").split(":"))


def _holds(checker: dkim.DKIM, index: int, lookup: Lookup) -> bool:
    def record(name: bytes, timeout: float = 0) -> bytes | None:
        found = lookup(name.decode("ascii").lower().rstrip("."))
        return found if found and len(found) <= MAX_RECORD_BYTES else None

    try:
        return bool(checker.verify(idx=index, dnsfunc=record))
    except DnsUnavailable:
        raise
    except Exception:  # what is no key or no signature, it says in many ways
        return False


def lookup(name: str) -> bytes | None:
    """The TXT record of a name; None where there is none. Raises DnsUnavailable."""
    try:
        answer = dns.resolver.resolve(name, "TXT", lifetime=TIMEOUT_SECONDS, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer, dns.resolver.YXDOMAIN):
        return None
    except (dns.exception.Timeout, dns.resolver.NoNameservers, dns.resolver.NoResolverConfiguration, OSError) as error:
        raise DnsUnavailable(f"{name}: {type(error).__name__}") from error
    except (dns.exception.DNSException, UnicodeError):  # a name that cannot be one
        return None
    return next((b"".join(record.strings) for record in answer), None)
