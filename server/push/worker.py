"""Sends queued push notices until it is stopped, each device's at its push service, and stores the outcome of each at once.

If a worker dies while it sends, its lease expires and another one repeats the notice. The device then replaces the first by the
second, because both have the same tag.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from server.http_client import retry_after
from server.http_client.client import Door, HttpReply, NotCalled
from server.push import contents, encryption, keys
from server.push.contents import Content
from server.push.devices import Subscription
from server.reasons import reason
from server.settings import Settings
from server.settings.errors import SettingsError
from server.store import Session, Store, StoreUnavailable, new_id
from server.texts import LANGUAGES
from server.webhooks import endpoints

if TYPE_CHECKING:
    from server.store.queries.push_devices import PushDevicesRow
    from server.store.queries.pushes import PushesRow

log = logging.getLogger("acto.push")
RETRY_AFTER_MS = (
    10_000,
    60_000,
    300_000,
    1_800_000,
)  # then given up: a hot lead of this morning is no news in the evening
LONGEST_WAIT_MS = 3_600_000  # the limit of a push service's Retry-After
KEPT_SECONDS = 4 * 3600  # how long a push service keeps a notice for a device that is switched off (TTL, RFC 8030 5.2)
CLAIM_MAX = 8
IDLE_SECONDS, TROUBLE_SECONDS = 1.0, 2.0
GONE = (404, 410)  # the browser ended the subscription (RFC 8030 7.3)
MENDS = (408, 425, 429)  # besides 5xx: a later try may succeed


class Ready(NamedTuple):
    """A claimed notice with its device and content; without device or content it is dropped."""

    row: PushesRow
    device: PushDevicesRow | None
    content: Content | None


class Outcome(NamedTuple):
    """The end of a try: `wait_ms` counts for the state queued alone; `gone` removes the device."""

    state: str
    reason: str = ""
    wait_ms: int = 0
    gone: bool = False


class Pushes:
    """The worker of push notices. Any number of them may share a database."""

    def __init__(self, store: Store, settings: Settings, clock: Callable[[], int], door: Door | None = None) -> None:
        self._store, self._settings, self._clock = store, settings, clock
        self._door = door or endpoints.door(settings)
        self._owner = f"pushes/{new_id(clock())}"

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set and finish the current notices."""
        while not stop.is_set():
            try:
                if not self.round():
                    stop.wait(IDLE_SECONDS)
            except (StoreUnavailable, SettingsError) as error:
                log.warning("push notices wait: %s", error)
                stop.wait(TROUBLE_SECONDS)
            except Exception:
                log.exception("push notices go on after an error")
                stop.wait(TROUBLE_SECONDS)

    def round(self) -> bool:
        """Send the next few due notices; return whether there were any."""
        now = self._clock()
        with self._store.read() as tx:
            if tx.pushes.is_due(now=now) is None:
                return False
        claimed = self._store.write(lambda tx: self._claim(tx, now))
        for each in claimed:
            self._finish(each, self._send(each, now))
        return bool(claimed)

    def _claim(self, tx: Session, now: int) -> list[Ready]:
        limit = max(1, min(CLAIM_MAX, int(self._settings.lease_seconds / self._door.timeout_seconds) - 1))
        until = now + self._settings.lease_seconds * 1000
        restored = tx.restores.last_at() or 0
        rows = tx.pushes.claim(owner=self._owner, now=now, lease_until=until, limit=limit)
        return [_ready(tx, row, restored, now) for row in rows]

    def _send(self, ready: Ready, now: int) -> Outcome:
        if ready.device is None or ready.content is None:
            return Outcome("dropped")
        try:
            reply = self._door.post(ready.device["endpoint"], *self._request(ready.device, ready.content, now))
        except NotCalled as error:
            why = reason(error.name, error.detail)
            stays = error.name in ("private_address", "bad_url", "not_https")
            return Outcome("failed", why) if stays else _again(ready.row, why, 0)
        return _judged(ready.row, reply, now)

    def _request(self, device: PushDevicesRow, content: Content, now: int) -> tuple[bytes, dict[str, str]]:
        """Return body and headers. A push service replaces an undelivered notice of the same Topic (RFC 8030 5.4)."""
        to = Subscription(device["endpoint"], device["p256dh"], device["auth"])
        contact = f"mailto:{self._settings.streams['transactional'].from_address}"
        headers = {
            "User-Agent": "Acto/1",
            "Authorization": encryption.authorization(keys.read(self._settings), to.endpoint, contact, now),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(KEPT_SECONDS),
            "Urgency": "high",
            "Topic": hashlib.sha256(content.tag.encode()).hexdigest()[:32],
        }
        return encryption.encrypt(content.encoded(), to), headers

    def _finish(self, ready: Ready, outcome: Outcome) -> None:
        row, now = ready.row, self._clock()
        key = {name: row[name] for name in ("contact_id", "cause", "device_id")}

        def write(tx: Session) -> None:
            tx.pushes.finish(
                **key,
                owner=self._owner,
                state=outcome.state,
                reason=outcome.reason,
                next_attempt_at=now + outcome.wait_ms,
            )
            if ready.device and outcome.gone:
                tx.push_devices.remove(user_id=ready.device["user_id"], id=ready.device["id"])
                tx.pushes.drop_of_device(device_id=ready.device["id"])
            elif ready.device and outcome.state != "dropped":
                tx.push_devices.delivered(id=ready.device["id"], reason=outcome.reason, sent_at=now)

        self._store.write(write)


def _ready(tx: Session, row: PushesRow, restored: int, now: int) -> Ready:
    """Look up device and content. What was queued before the store was restored is dropped, because it may have been sent."""
    device = tx.push_devices.by_id(id=row["device_id"])
    user = tx.users.by_id(id=device["user_id"]) if device else None
    if device is None or user is None or not user["active"] or row["created_at"] <= restored:
        return Ready(row, None, None)
    language = user["language"] or LANGUAGES[0]
    return Ready(row, device, contents.write(tx, row["contact_id"], row["cause"], language, now))


def _judged(row: PushesRow, reply: HttpReply, now: int) -> Outcome:
    if 200 <= reply.status < 300:
        return Outcome("sent")
    why = reason("refused_status", reply.status)
    if reply.status in GONE:
        return Outcome("failed", why, gone=True)
    if reply.status >= 500 or reply.status in MENDS:
        return _again(row, why, retry_after.milliseconds(reply.retry_after, now))
    return Outcome("failed", reason("push_refused", reply.status))


def _again(row: PushesRow, why: str, wait_ms: int) -> Outcome:
    """Return the next try of the schedule; failed when it is used up. `attempts` counts this one."""
    if row["attempts"] > len(RETRY_AFTER_MS):
        return Outcome("failed", why)
    return Outcome("queued", why, max(RETRY_AFTER_MS[row["attempts"] - 1], min(wait_ms, LONGEST_WAIT_MS)))
