"""Verifies the DKIM signature (RFC 6376) of the sender's domain, aligned as in DMARC (RFC 7489 3.1.1).

The only module that imports dkimpy. It needs no public suffix list, because the signing domain must be the
sender's, a parent or a child of it. A child is accepted because the owner of a domain controls the hosts under it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import dkim
from dkim.util import parse_tag_value

from server import dns_records
from server.dns_records import DnsUnavailable
from server.inbound.inbound_mail import Mail

Lookup = Callable[[str], bytes | None]
Tags = dict[str, str]
COVERED = frozenset({"from"})  # who wrote it; the body is always signed
ONCE = ("from", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references", "content-type")
ALGORITHM = "rsa-sha256"  # RFC 8301 forbids sha1
MAX_SIGNATURES = 3
MAX_SIGNATURE_BYTES = 4_000
MAX_RECORD_BYTES = 2_000  # an RSA key of 8,192 bits; a much longer one would block the processor


class Unsigned(Exception):
    """No valid signature; `why` is a key of `outcome.WHY`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Signature(NamedTuple):
    """A signature: its domain, the headers that it covers (lower case), and its value."""

    domain: str
    headers: frozenset[str]
    value: bytes = b""

    def nonce(self, mail: Mail) -> str:
        """Return an id of the mail, so that a second copy is a replay: from its Message-ID if that is signed, else from the
        signature.

        Providers such as Yahoo, and OpenDKIM with its defaults, do not sign Message-ID, so that anybody may change it.
        """
        named = mail.first("message-id").encode("utf-8", "replace") if "message-id" in self.headers else b""
        return f"mail-{hashlib.sha256(named or b'signature ' + self.value).hexdigest()[:32]}"


def claimed(mail: Mail, sender_domain: str) -> Signature:
    """Return the signature that a mail carries, without verifying it or using DNS. Without one, its Message-ID identifies the mail."""
    try:
        index_and_tags = next(iter(_fitting(_checker(mail.raw), sender_domain)), None)
    except Unsigned:
        index_and_tags = None
    if index_and_tags is None:
        return Signature("", frozenset({"message-id"}), hashlib.sha256(mail.raw).digest())
    return _signature(index_and_tags[1])


def _signature(tags: Tags) -> Signature:
    try:
        value = base64.b64decode(re.sub(r"\s", "", tags.get("b", "")), validate=False)
    except ValueError:
        value = tags.get("b", "").encode()
    return Signature(tags["d"].lower(), _covered(tags), value)


def verify(mail: Mail, sender_domain: str, lookup: Lookup) -> Signature:
    """Return the first valid signature. Raises Unsigned, and DnsUnavailable if a key could not be queried."""
    if not mail.straight or any(len(mail.all(name)) > 1 for name in ONCE):
        raise Unsigned("ambiguous")
    checker = _checker(mail.raw)
    unknown: DnsUnavailable | None = None
    tried = 0
    for index, tags in _fitting(checker, sender_domain):
        tried += 1
        try:
            if _holds(checker, index, lookup):
                return _signature(tags)
        except DnsUnavailable as error:
            unknown = error
        if tried == MAX_SIGNATURES:
            break
    if unknown:
        raise unknown
    if tried:
        raise Unsigned("altered")
    raise Unsigned("too_little" if _signs_too_little(checker, sender_domain) else "unsigned")


def aligned(signing: str, sender: str) -> bool:
    """Return whether two domains are equal or one is a parent of the other: DMARC's relaxed alignment without siblings."""
    if "." not in signing or "." not in sender:
        return False
    return sender == signing or sender.endswith(f".{signing}") or signing.endswith(f".{sender}")


def _checker(raw: bytes) -> dkim.DKIM:
    try:
        return dkim.DKIM(raw)
    except Exception as error:  # it trusts headers to be well-formed
        raise Unsigned("unsigned") from error


def _fitting(checker: dkim.DKIM, sender_domain: str) -> Iterator[tuple[int, Tags]]:
    """Yield the signatures that can prove the sender, with their index, so that DNS is queried for no others."""
    for index, tags in _of_domain(checker, sender_domain):
        # l= signs the beginning of the body only, so that anybody may append text
        if tags.get("a", "").lower() == ALGORITHM and "l" not in tags and _covered(tags) >= COVERED:
            yield index, tags


def _signs_too_little(checker: dkim.DKIM, sender_domain: str) -> bool:
    return next(iter(_of_domain(checker, sender_domain)), None) is not None


def _of_domain(checker: dkim.DKIM, sender_domain: str) -> Iterator[tuple[int, Tags]]:
    values = [value for name, value in checker.headers if name.lower() == b"dkim-signature"]
    for index, value in enumerate(values):
        tags = _tags(value)
        if aligned(tags.get("d", "").lower(), sender_domain):
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
    except Exception:  # dkimpy raises many types for invalid keys and signatures
        return False


def lookup(name: str) -> bytes | None:
    """Query the TXT record of a name; None if there is none. Raises DnsUnavailable."""
    return next(iter(dns_records.texts(name)), None)
