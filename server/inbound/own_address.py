"""Tells whether a mail's sender is the recipient of a message, also in other forms of the address that reach the same mailbox."""

from __future__ import annotations

from server.contacts import addresses
from server.contacts.addresses import BadAddress

GMAIL = ("gmail.com", "googlemail.com")  # one provider; it ignores full stops before the @
PLUS = frozenset(  # providers that deliver every address+word to its owner
    (
        *GMAIL,
        *(
            "outlook.com",
            "hotmail.com",
            "live.com",
            "msn.com",
            "hotmail.es",
            "outlook.es",
            "icloud.com",
            "me.com",
            "mac.com",
        ),
        *(
            "proton.me",
            "protonmail.com",
            "pm.me",
            "fastmail.com",
            "fastmail.fm",
            "zoho.com",
            "mailbox.org",
            "posteo.de",
        ),
    )
)


def is_theirs(sender: str, address: str) -> bool:
    """Return whether both addresses reach the same mailbox."""
    try:
        return _mailbox(sender) == _mailbox(address)
    except BadAddress:
        return False


def _mailbox(address: str) -> str:
    local, _, domain = addresses.key(address).rpartition("@")
    if domain in PLUS:
        local = local.partition("+")[0]
    if domain in GMAIL:
        local, domain = local.replace(".", ""), GMAIL[0]
    return f"{local}@{domain}"
