"""A phone with its own keys, and the push service at which its browser is reached: it reads what Acto sends as a browser does."""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.jwk import ECKey

from server.http_client.client import Door
from server.push import devices, keys
from server.push.devices import Subscription
from server.push.worker import Pushes
from tests.server.flows.acting import Clock, Heard, Receiver
from tests.server.world import World

PARTS = (("aes128gcm", 16), ("nonce", 12))  # key and nonce, and their bytes
LOCAL = Door(private=("127.0.0.1",), timeout_seconds=5)


@dataclass
class Phone:
    """The private half of a subscription, which never leaves the browser."""

    service: Receiver
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    @property
    def subscription(self) -> Subscription:
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return Subscription(self.service.url, keys.base64url(point), keys.base64url(self.auth))

    def read(self, heard: Heard) -> dict[str, Any]:
        """Decrypt a notice with the keys of this phone, as RFC 8291 3.3 and 3.4 and RFC 8188 2 say; one record holds it all."""
        salt, length = heard.body[:16], heard.body[20]
        sender, text = heard.body[21 : 21 + length], heard.body[21 + length :]
        shared = self.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
        info = b"WebPush: info\0" + devices.decoded(self.subscription.p256dh) + sender
        secret = _derived(shared, self.auth, info, 32)
        key, nonce = (_derived(secret, salt, f"Content-Encoding: {each}\0".encode(), size) for each, size in PARTS)
        body = AESGCM(key).decrypt(nonce, text, None)
        assert body[-1:] == b"\2", "the last record"
        found: dict[str, Any] = json.loads(body[:-1])
        return found


def _derived(secret: bytes, salt: bytes, info: bytes, size: int) -> bytes:
    return HKDF(hashes.SHA256(), size, salt, info).derive(secret)


def vapid(heard: Heard) -> tuple[str, dict[str, Any]]:
    """Check the signature of a request as a push service does (RFC 8292); return the public key and the claims."""
    token, public = re.fullmatch(r"vapid t=([^,]+), k=(\S+)", heard.headers["Authorization"]).groups()
    point = devices.decoded(public)
    key: dict[str, str | list[str]] = {
        "kty": "EC",
        "crv": "P-256",
        "x": keys.base64url(point[1:33]),
        "y": keys.base64url(point[33:]),
    }
    return public, dict(jwt.decode(token, ECKey.import_key(key), algorithms=["ES256"]).claims)


def add(world: World, email: str, phone: Phone) -> str:
    """Add the phone to the devices of a user; the id of the device."""
    row = phone.subscription._asdict()
    device_id = devices.id_of(row["endpoint"])

    def write(tx: Any) -> None:
        user = tx.users.by_email(email=email)
        tx.push_devices.put(id=device_id, user_id=user["id"], name="Chrome · Android", now=world.now, **row)

    world.store.write(write)
    return device_id


def work(world: World, at: int, door: Door = LOCAL) -> None:
    """Send everything that is due at that moment."""
    worker = Pushes(world.store, world.settings, Clock(at), door)
    while worker.round():
        pass
