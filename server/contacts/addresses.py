"""Validates and normalises email addresses. The only module that imports email-validator."""

from __future__ import annotations

import re
from functools import lru_cache

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, ValidatedEmail, validate_email

# names of this machine (RFC 6761 6.3) reach its own mail server, as in the demo; the library allows changing its list
SPECIAL_USE_DOMAIN_NAMES.remove("localhost")


LOCAL_MOST, ADDRESS_MOST = 64, 254  # RFC 5321 4.5.3.1
LABEL_MOST = 63  # RFC 1035 2.3.4


class BadAddress(ValueError):
    """An address that mail cannot reach; `why` is the library's sentence (English)."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(f"{address!r} is not an email address: {why}")
        self.address = address
        self.why = why


_USUAL = re.compile(r"[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,24}")


def key(address: str) -> str:
    """Return the form of an address for comparison: lower case, domain in IDNA. Makes no DNS query. Raises BadAddress.

    RFC 5321 lets the part before the @ differ by case; no provider does, and people type it either way.
    """
    stripped = address.strip()
    local, _, domain = stripped.rpartition("@")
    if len(local) <= LOCAL_MOST and len(stripped) <= ADDRESS_MOST and _USUAL.fullmatch(stripped):
        return f"{local.lower()}@{_domain_key(domain.lower(), address)}"
    found = _valid(address)
    return f"{found.local_part.lower()}@{str(found.ascii_domain).lower()}"


def _domain_key(domain: str, address: str) -> str:
    """Return a domain as compared. Raises BadAddress. Cached, because lists name the same domains again and again."""
    found = _looked_up(domain)
    if isinstance(found, BadAddress):
        raise BadAddress(address, found.why)
    return found


@lru_cache(maxsize=65_536)
def _looked_up(domain: str) -> str | BadAddress:
    if _is_plain(domain):
        return domain
    try:
        return str(_valid(f"a@{domain}").ascii_domain).lower()
    except BadAddress as error:
        return error


def _is_plain(domain: str) -> bool:
    """Return whether a domain of `_USUAL`, in lower case, is valid without the library's checks of IDNA, which are slow."""
    plain = "--" not in domain and max(map(len, domain.split("."))) <= LABEL_MOST
    return plain and not any(domain == each or domain.endswith(f".{each}") for each in SPECIAL_USE_DOMAIN_NAMES)


def ascii_form(address: str) -> str:
    """Return the address as SMTP requires it: the part before the @ as written, the domain in IDNA. Raises BadAddress.

    The usual ASCII form skips the validation library, which is slow.
    """
    if _USUAL.fullmatch(address):
        local, _, domain = address.rpartition("@")
        return f"{local}@{domain.lower()}"
    found = _valid(address)
    return f"{found.local_part}@{found.ascii_domain}"


def _valid(address: str) -> ValidatedEmail:
    """Validate an address. A part before the @ outside ASCII is refused because hardly any mail server supports SMTPUTF8."""
    try:
        return validate_email(address.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise BadAddress(address, str(error)) from error
