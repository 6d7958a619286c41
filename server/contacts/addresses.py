"""Addresses: which can be written to, and when two are the same. The one door to email-validator."""

from __future__ import annotations

import re

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, ValidatedEmail, validate_email

# names of this machine (RFC 6761 6.3) reach its own mail server, as in the demo; the library's list is meant to be changed
SPECIAL_USE_DOMAIN_NAMES.remove("localhost")


class BadAddress(ValueError):
    """An address that no mail could reach; `why` is the library's sentence (English)."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(f"{address!r} is not an email address: {why}")
        self.address = address
        self.why = why


_USUAL = re.compile(r"[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,24}")


def key(address: str) -> str:
    """The address as compared: lower case, domain in IDNA. No DNS is asked. Raises BadAddress.

    RFC 5321 lets the part before the @ differ by case; no provider does, and people type it either way.
    """
    found = _valid(address)
    return f"{found.local_part.lower()}@{str(found.ascii_domain).lower()}"


def ascii_form(address: str) -> str:
    """The address as the wire wants it: the part before the @ as given, the domain in IDNA. Raises BadAddress.

    The usual shape, which is all of nearly every list, needs no look at scripts and IDNA.
    """
    if _USUAL.fullmatch(address):
        local, _, domain = address.rpartition("@")
        return f"{local}@{domain.lower()}"
    found = _valid(address)
    return f"{found.local_part}@{found.ascii_domain}"


def _valid(address: str) -> ValidatedEmail:
    """A part before the @ outside ASCII needs SMTPUTF8 all the way, which hardly any mail server has."""
    try:
        return validate_email(address.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise BadAddress(address, str(error)) from error
