"""Encrypts a push notice for one browser (RFC 8291) and signs its request (VAPID, RFC 8292). The one door to http-ece."""

from __future__ import annotations

from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from joserfc import jwt
from joserfc.jwk import ECKey

from server.push.devices import Subscription, decoded
from server.push.keys import PushKey

VALID_SECONDS = 12 * 3600  # RFC 8292 2: at most 24 hours


def encrypt(body: bytes, to: Subscription) -> bytes:
    """Encrypt with a key of this message alone; only the browser can read it, its push service cannot."""
    encrypted: bytes = http_ece.encrypt(
        body,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=decoded(to.p256dh),
        auth_secret=decoded(to.auth),
        version="aes128gcm",
    )
    return encrypted


def authorization(key: PushKey, endpoint: str, contact: str, now: int) -> str:
    """Return the Authorization header for one push service. `contact` is a mailto: URL at which its operator reaches us."""
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": now // 1000 + VALID_SECONDS, "sub": contact}
    token = jwt.encode({"typ": "JWT", "alg": "ES256"}, claims, ECKey.import_key(key.pem))
    return f"vapid t={token}, k={key.public}"
