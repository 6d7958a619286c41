"""Encodes text as quoted-printable (RFC 2045 6.7) in pieces that can be joined.

Encoding is the most expensive step of writing a message, so text that is the same for everybody is encoded once.
"""

import binascii
import re

SOFT_BREAK = "=\r\n"
LONGEST = 75  # of a line before its soft break
LIMIT = 76  # of a line with its soft break (RFC 2045 6.7, rule 5)
_PLAIN = re.compile(r"[!-<>-~]+")  # characters that need no encoding, as in tokens and most names


def piece(content: str) -> str:
    """Encode part of a text so that a soft break may follow its last line. Lines end in CRLF."""
    data = content.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace")
    encoded = binascii.b2a_qp(data, istext=True).replace(b"\n", b"\r\n").decode("ascii")
    last = len(encoded) - encoded.rfind("\n") - 1
    if last <= LONGEST:
        return encoded
    cut = 3 if encoded[-3] == "=" else 1
    return f"{encoded[:-cut]}{SOFT_BREAK}{encoded[-cut:]}"


def closed(content: str) -> str:
    """Encode part of a text and end its line, so that joined pieces make no line longer than LIMIT."""
    if _PLAIN.fullmatch(content):
        lines = (content[at : at + LONGEST] for at in range(0, len(content), LONGEST))
        return SOFT_BREAK.join(lines) + SOFT_BREAK
    encoded = piece(content)
    return encoded if encoded.endswith("\n") or not encoded else encoded + SOFT_BREAK
