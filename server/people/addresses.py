"""Addresses: which can be written to, and when two are the same. The one door to email-validator."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email


class BadAddress(ValueError):  # noqa: N818 - it is the address that is bad
    """An address that no mail could reach; `why` is the library's sentence (English)."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(f"{address!r} is not an email address: {why}")
        self.address = address
        self.why = why


def key(address: str) -> str:
    """The address as compared: lower case, domain in IDNA. No DNS is asked. Raises BadAddress.

    RFC 5321 lets the part before the @ differ by case; no provider does, and people type it either way.
    """
    try:
        found = validate_email(address.strip(), check_deliverability=False)
    except EmailNotValidError as error:
        raise BadAddress(address, str(error)) from error
    return f"{found.local_part.lower()}@{found.ascii_domain.lower()}"
