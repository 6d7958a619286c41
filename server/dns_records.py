"""Asks the DNS for text records. The only module that imports dnspython."""

from __future__ import annotations

import dns.exception
import dns.resolver

TIMEOUT_SECONDS = 5.0  # for one name


class DnsUnavailable(Exception):
    """No name server replied; the same query may succeed later."""


def texts(name: str) -> list[bytes]:
    """Return the TXT records of a name, each joined from its strings; [] if there are none. Raises DnsUnavailable."""
    try:
        answer = dns.resolver.resolve(name, "TXT", lifetime=TIMEOUT_SECONDS, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer, dns.resolver.YXDOMAIN):
        return []
    except (dns.exception.Timeout, dns.resolver.NoNameservers, dns.resolver.NoResolverConfiguration, OSError) as error:
        raise DnsUnavailable(f"{name}: {type(error).__name__}") from error
    except (dns.exception.DNSException, UnicodeError):  # a name that cannot be one
        return []
    return [b"".join(record.strings) for record in answer]
