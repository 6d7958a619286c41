"""Makes secrets and signatures by Standard Webhooks 1.0. The only module that imports its reference library."""

from __future__ import annotations

import base64
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from standardwebhooks import Webhook

if TYPE_CHECKING:
    from server.store.queries.endpoints import EndpointsRow

SECRET_BYTES = 32  # 24 to 64 by the specification
ROTATION_MS = 24 * 3_600_000  # how long the old secret signs too


def new_secret() -> str:
    """Return a new random secret with its prefix `whsec_`."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def headers(endpoint: EndpointsRow, message_id: str, body: str, now: int) -> dict[str, str]:
    """Return the three headers; during a rotation with a signature by each of the two secrets."""
    at = datetime.fromtimestamp(now // 1000, UTC)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(now // 1000),
        "webhook-signature": " ".join(Webhook(each).sign(message_id, at, body) for each in _secrets(endpoint, now)),
    }


def _secrets(endpoint: EndpointsRow, now: int) -> list[str]:
    old = endpoint["old_secret"] if endpoint["old_until"] > now else ""
    return [endpoint["secret"], *([old] if old else [])]
