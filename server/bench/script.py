"""Sends mail as a plain script does, the baseline of `acto bench send`: it renders, signs and sends one message after another."""

from __future__ import annotations

import smtplib
import time
from collections.abc import Callable
from pathlib import Path

import dkim
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from builder import emails, messages
from builder.catalog import EmailSource
from builder.tokens import Keyring
from server import settings as all_settings
from server.bench import render
from server.sending import compose
from server.settings import Settings

MESSAGES = 20  # a round: as slow as hundreds with Acto
SIGNED = [b"from", b"to", b"subject", b"date", b"message-id", b"list-unsubscribe", b"list-unsubscribe-post"]


def key(path: Path) -> Path:
    """Write a key of 2048 bits, as DKIM wants them (RFC 8301)."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(pem)
    return path


def ready(port: int, source: EmailSource, settings: Settings, key_file: Path) -> Callable[[], float]:
    """Prepare the script; the returned function sends MESSAGES signed messages and returns the seconds it took."""
    email, recipient = emails.compile(source, "es"), messages.sample(source)
    sender = compose.sender(settings, source.stream, Keyring(all_settings.keys(settings)))
    naive = render.Naive(email, sender, recipient)
    pem = _traditional(key_file)

    def send_all() -> float:
        started = time.perf_counter()
        with smtplib.SMTP("127.0.0.1", port) as connection:
            for _ in range(MESSAGES):
                written = naive.write()
                signature = dkim.sign(written, b"acto", b"bench.example", pem, include_headers=SIGNED)
                connection.sendmail("news@bench.example", [recipient.address.email], signature + written)
        return time.perf_counter() - started

    return send_all


def _traditional(key_file: Path) -> bytes:
    """Convert the key to the form that dkimpy reads (PKCS #1)."""
    loaded = serialization.load_pem_private_key(key_file.read_bytes(), password=None)
    return loaded.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
