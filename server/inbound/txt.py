"""TXT records, and whether there is none or nobody could say. The one door to dnspython."""

from __future__ import annotations

import dns.exception
import dns.resolver

TIMEOUT_SECONDS = 5.0


class DnsUnavailable(Exception):
    """Nobody could say; the same question may be answered later."""


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
