"""Adds, lists and removes the devices on which a user gets push notices."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import TYPE_CHECKING, NamedTuple

from cryptography.hazmat.primitives.asymmetric import ec

from server.errors import CannotDo
from server.http_client.client import NotCalled
from server.settings import Settings
from server.store import Session
from server.webhooks import endpoints

if TYPE_CHECKING:
    from server.store.queries.push_devices import PushDevicesRow

MOST = 20  # devices of one user
AUTH_BYTES = 16  # RFC 8291 3.2
TOO_MANY = "You have {most} devices already. Remove one first."
BAD_ADDRESS = "The browser gave an address for notices that Acto may not call."
BAD_KEYS = "The browser gave no valid key for notices. Switch them off in the browser and on again."


class Subscription(NamedTuple):
    """What a browser gives when a user allows notices (the Push API): an address at its push service, and two keys in base64url."""

    endpoint: str
    p256dh: str
    auth: str


def add(tx: Session, settings: Settings, user_id: str, given: Subscription, name: str, now: int) -> str:
    """Add a device, or update its keys, and return its id. Raises CannotDo."""
    check(settings, given)
    device_id, held = id_of(given.endpoint), listed(tx, user_id)
    if len(held) >= MOST and device_id not in {row["id"] for row in held}:
        raise CannotDo(TOO_MANY, most=MOST)
    tx.push_devices.put(id=device_id, user_id=user_id, name=name, now=now, **given._asdict())
    return device_id


def listed(tx: Session, user_id: str) -> list[PushDevicesRow]:
    """List the devices of a user, oldest first."""
    return tx.push_devices.of_user(user_id=user_id)


def remove(tx: Session, user_id: str, device_id: str) -> bool:
    """Remove a device of a user and drop its queued notices; False for an unknown one."""
    if not tx.push_devices.remove(user_id=user_id, id=device_id):
        return False
    tx.pushes.drop_of_device(device_id=device_id)
    return True


def check(settings: Settings, given: Subscription) -> None:
    """Check the address as those of webhooks are checked, and the keys. Raises CannotDo. The host is resolved when a notice is sent."""
    try:
        endpoints.door(settings).check(given.endpoint)
    except NotCalled as error:
        raise CannotDo(BAD_ADDRESS) from error
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(given.p256dh))
        right = len(decoded(given.auth)) == AUTH_BYTES
    except (ValueError, binascii.Error):
        right = False
    if not right:
        raise CannotDo(BAD_KEYS)


def decoded(text: str) -> bytes:
    """Decode base64url with or without padding. Raises ValueError."""
    if not text.isascii():
        raise ValueError(text[:20])
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def id_of(endpoint: str) -> str:
    """Return the id of a device: a hash, which the page computes too to recognise the browser that shows it."""
    return hashlib.sha256(endpoint.encode()).hexdigest()[:32]
