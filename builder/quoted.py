"""Quoted-printable (RFC 2045 6.7), in pieces that others may stand before and after.

Encoding is the dearest step of writing a message, so what is the same for everybody is encoded once, in pieces.
"""

import binascii
from collections.abc import Iterator

SOFT_BREAK = "=\r\n"
LONGEST = 75  # of a line that a soft break may still follow
LIMIT = 76  # of a line with its soft break (RFC 2045 6.7, rule 5)


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


def folded(encoded: str) -> str:
    """Pieces that were joined, with a soft break in every line that became too long; relays cut or refuse one over 998.

    Costs a look at the length of each line, since next to none is too long.
    """
    lines = encoded.split("\r\n")
    lengths = list(map(len, lines))
    if max(lengths) <= LIMIT:
        return encoded
    for place in [place for place, length in enumerate(lengths) if length > LIMIT]:
        lines[place] = "\r\n".join(_cut(lines[place]))
    return "\r\n".join(lines)


def _cut(line: str) -> Iterator[str]:
    at = 0
    while len(line) - at > LIMIT:
        end = at + LONGEST
        escape = line.rfind("=", end - 2, end)  # one that the cut would go through
        end = escape if escape >= 0 else end
        yield f"{line[at:end]}="
        at = end
    yield line[at:]
