"""Signs messages with DKIM (RFC 6376), relaxed/relaxed, rsa-sha256.

Written by hand because dkimpy's RSA is pure Python and many times slower than `cryptography`; dkimpy verifies the signatures in
the tests. Each header is listed once more than it occurs, so that a second Subject or List-Unsubscribe breaks the signature.
"""

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

ONCE_MORE = (
    "from",
    "to",
    "cc",
    "subject",
    "date",
    "message-id",
    "reply-to",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "list-id",
)
AS_THEY_ARE = ("mime-version", "content-type", "feedback-id")
_SPACES = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True)
class Signer:
    """A domain's signing key. `private_key` is PEM; a key that is not RSA of 1024 bits or more raises ValueError when first used."""

    domain: str
    selector: str
    private_key: bytes

    @cached_property
    def _key(self) -> rsa.RSAPrivateKey:
        key = serialization.load_pem_private_key(self.private_key, password=None)
        if not isinstance(key, rsa.RSAPrivateKey) or key.key_size < 1024:
            raise ValueError(f"The DKIM key of {self.domain} must be RSA with 1024 bits or more; 2048 is advised.")
        return key

    def sign(self, headers: Sequence[str], body: bytes, now_seconds: int) -> str:
        """Return the folded DKIM-Signature header for header lines (folded, without CRLF at their ends) and a CRLF body."""
        covered = _covered(tuple(line.partition(":")[0].lower() for line in headers))
        own = (
            f"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={self.domain}; s={self.selector};\r\n"
            f" t={now_seconds}; bh={_body_hash(body)};\r\n h={covered.names};\r\n b="
        )
        signed = "".join(_relaxed(headers[place]) + "\r\n" for place in covered.places) + _relaxed(own)
        signature = self._key.sign(signed.encode("ascii"), padding.PKCS1v15(), hashes.SHA256())
        return own + _wrapped(base64.b64encode(signature).decode(), "")


class _Covered(NamedTuple):
    """The value of `h=`, folded, and the places of the header lines it covers, in its order."""

    names: str
    places: tuple[int, ...]


def public_record(private_key: bytes) -> str:
    """Return the TXT record that publishes the public half of a PEM key (RFC 6376 3.6.1). Raises ValueError and TypeError."""
    public = serialization.load_pem_private_key(private_key, password=None).public_key()
    der = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return f"v=DKIM1; k=rsa; p={base64.b64encode(der).decode()}"


@lru_cache(maxsize=64)
def _covered(present: tuple[str, ...]) -> _Covered:
    """Choose the header lines to sign. A name covers its lines from the bottom up; a name too many covers an empty line (RFC 6376
    5.4.2).

    Cached, because the messages of an email have the same headers.
    """
    listed = [name for name in ONCE_MORE if name in present for _ in range(2)]
    listed += [name for name in AS_THEY_ARE if name in present]
    listed += [name for name in ONCE_MORE if name not in present]
    left = {name: [place for place, other in enumerate(present) if other == name] for name in listed}
    return _Covered(_wrapped(":".join(listed), ":"), tuple(left[name].pop() for name in listed if left[name]))


def _relaxed(line: str) -> str:
    name, _, value = line.partition(":")
    return f"{name.strip().lower()}:{_SPACES.sub(' ', value).strip()}"


def _body_hash(body: bytes) -> str:
    relaxed = _single_spaced(body.replace(b"\t", b" ")).replace(b" \r\n", b"\r\n").rstrip(b"\r\n") + b"\r\n"
    return base64.b64encode(hashlib.sha256(relaxed).digest()).decode()


def _single_spaced(data: bytes) -> bytes:
    """Replace each run of spaces by one. Splits at pairs, which are rare, because an expression would stop at each single space."""
    first, *rest = data.split(b"  ")
    if not rest:
        return data
    *middle, last = (piece.lstrip(b" ") for piece in rest)
    return b" ".join([first, *filter(None, middle), last])


def _wrapped(value: str, separator: str) -> str:
    """A long value on several lines, cut after the separator (anywhere when there is none)."""
    if not separator:
        return "\r\n ".join(value[at : at + 72] for at in range(0, len(value), 72))
    lines, current = [], ""
    for piece in value.split(separator):
        if current and len(current) + len(piece) > 70:
            lines.append(current + separator)
            current = piece
        else:
            current = f"{current}{separator}{piece}" if current else piece
    return "\r\n ".join([*lines, current])
