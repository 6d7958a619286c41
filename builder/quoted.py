"""Quoted-printable (RFC 2045 6.7), in pieces that others may stand before and after.

Encoding is the dearest step of writing a message, so what is the same for everybody is encoded once, in pieces.
"""

import binascii

SOFT_BREAK = "=\r\n"
LONGEST = 75  # of a line that a soft break may still follow


def piece(content: str) -> str:
    """Part of a text, encoded so that a soft break may follow its last line. Lines end in CRLF."""
    data = content.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace")
    encoded = binascii.b2a_qp(data, istext=True).replace(b"\n", b"\r\n").decode("ascii")
    last = len(encoded) - encoded.rfind("\n") - 1
    if last <= LONGEST:
        return encoded
    cut = 3 if encoded[-3] == "=" else 1
    return f"{encoded[:-cut]}{SOFT_BREAK}{encoded[-cut:]}"


def inserted(content: str) -> str:
    """Part of a text on encoded lines of its own, whatever stands around it."""
    return f"{SOFT_BREAK}{piece(content)}{SOFT_BREAK}" if content else ""
