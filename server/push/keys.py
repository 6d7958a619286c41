"""Keeps the key that identifies this server to the push services of browsers (VAPID, RFC 8292), in a file beside the signing keys."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from server.settings import Settings, key_files
from server.settings.errors import SettingsError

SUFFIX = ".push.pem"
FIX = "Put the file back from a backup, or remove it; then every device must be switched on again"


class PushKey(NamedTuple):
    """The private key as PEM, and the public one as browsers want it: an uncompressed point in base64url."""

    pem: bytes
    public: str


def path(settings: Settings) -> Path:
    """Return the path of the file: that of the signing keys with SUFFIX."""
    return Path(settings.keys_file + SUFFIX)


def is_missing(settings: Settings) -> bool:
    """Return whether the file does not exist."""
    return not path(settings).exists()


def read(settings: Settings) -> PushKey:
    """Read the key; the file is created on first use, readable by its owner only. Raises SettingsError."""
    file = path(settings)
    try:
        if not file.exists():
            key_files.make(file, _new())
        pem = file.read_bytes()
        private = load_pem_private_key(pem, None)
        if not isinstance(private, ec.EllipticCurvePrivateKey) or not isinstance(private.curve, ec.SECP256R1):
            raise ValueError("it contains no key of the curve P-256")
    except (OSError, ValueError, TypeError) as error:
        raise SettingsError(str(file), "keys_file", f"cannot be used: {error}", FIX) from error
    return PushKey(pem, base64url(private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)))


def base64url(data: bytes) -> str:
    """Encode without padding (RFC 7515)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _new() -> bytes:
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
