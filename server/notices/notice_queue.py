"""Gives the worker the queue of notices, sent through the transactional stream's mail server, signature and retries."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder import mime, quoted
from builder.messages import Sender
from builder.mime import Address, Envelope, Part
from builder.tokens import Keyring
from server.branding import brand
from server.contacts import addresses, suppressions
from server.errors import CannotDo
from server.notices.rows import Attachment, attached
from server.reasons import reason
from server.sending import compose
from server.sending.outbox import Finish
from server.sending.preparing import MEND_MS, Prepared
from server.sending.transport import Wire
from server.settings import Settings
from server.store import Session, Store

if TYPE_CHECKING:
    from server.store.queries.notices import NoticesReleaseValues, NoticesRow

log = logging.getLogger("acto.notices")
STREAM = "transactional"
AUTOMATIC = [("Auto-Submitted", "auto-generated")]  # RFC 3834: asks for no out-of-office replies


@dataclass(frozen=True)
class Notices:
    """The queue of notices for a connection worker (server/sending/queues.py)."""

    store: Store
    settings: Settings
    keyring: Keyring
    stream: str = STREAM

    def is_due(self, now: int) -> bool:
        with self.store.read() as tx:
            return tx.notices.is_due(now=now) is not None

    def claim(self, owner: str, limit: int, now: int) -> list[NoticesRow]:
        until = now + self.settings.lease_seconds * 1000
        rows = self.store.write(lambda tx: tx.notices.claim(owner=owner, limit=limit, now=now, lease_until=until))
        return sorted(rows, key=lambda row: (row["next_attempt_at"], row["id"]))

    def prepare(self, rows: Sequence[NoticesRow], now: int) -> list[Prepared[NoticesRow]]:
        with self.store.read() as tx:
            return [Prepared(row, self._step(tx, row, now)) for row in rows]

    def begin(self, tx: Session, row: NoticesRow, owner: str, now: int) -> bool:
        until = now + self.settings.lease_seconds * 1000
        changed = tx.notices.begin_attempt(id=row["id"], owner=owner, lease_until=until)
        return changed == 1

    def finish(self, tx: Session, row: NoticesRow, owner: str, outcome: Finish, now: int) -> bool:
        changed = tx.notices.finish(
            id=row["id"],
            owner=owner,
            state=outcome.state,
            reason=outcome.reason,
            next_attempt_at=outcome.next_attempt_at or row["next_attempt_at"],
            sent_at=now if outcome.state == "sent" else None,
        )
        return changed == 1

    def release(self, rows: Sequence[NoticesRow], owner: str) -> int:
        mine: list[NoticesReleaseValues] = [{"id": row["id"], "owner": owner} for row in rows]
        return self.store.write(lambda tx: tx.notices.release(rows=mine)) if mine else 0

    def _step(self, tx: Session, row: NoticesRow, now: int) -> Wire | Finish:
        """Return the bytes, or why the notice is not sent: an address that bounced or complained gets no notice either."""
        try:
            if "all" in suppressions.covers(tx, addresses.key(row["to_address"])):
                return Finish("failed", reason("suppressed_all"))
            held = brand.current(tx, self.settings)
            return wire(row, compose.sender(self.settings, self.stream, self.keyring, held=held), now)
        except CannotDo as error:  # the settings are wrong: it waits until they are corrected
            return Finish("queued", reason("not_set_up", error), now + MEND_MS)
        except Exception as error:
            log.exception("notice %s could not be composed", row["id"])
            return Finish("failed", reason("not_composed", str(error) or type(error).__name__))


def wire(notice: NoticesRow, sender: Sender, now: int) -> Wire:
    """Return the notice as SMTP sends it; its Message-ID is derived from its id, so that a retry is the same message."""
    to = addresses.ascii_form(notice["to_address"])
    name = hashlib.sha256(notice["id"].encode()).hexdigest()[:32]
    envelope = Envelope(
        sender=sender.address,
        recipient=Address("", to),
        subject=notice["subject"],
        message_id=f"{name}@{sender.domain}",
        date=now,
        extra=[("Reply-To", addresses.ascii_form(notice["reply_to"]))] if notice["reply_to"] else AUTOMATIC,
    )
    parts = [
        Part("text/plain; charset=utf-8", quoted.piece(notice["text"])),
        Part("text/html; charset=utf-8", quoted.piece(notice["html"])),
        *(_part(each) for each in attached(notice)),
    ]
    return Wire(sender.address.email, to, mime.assemble(envelope, parts, sender.signer))


def _part(attachment: Attachment) -> Part:
    """Make a part beside text and html, where mail programs look for an invitation (RFC 6047 2.4). Raises ValueError for no text."""
    if not attachment.content_type.startswith("text/"):
        raise ValueError(f"a notice carries text alone, not {attachment.content_type}")
    method = f"; method={attachment.method}" if attachment.method else ""
    content = quoted.piece(attachment.data.decode("utf-8"))
    return Part(f"{attachment.content_type}; charset=utf-8{method}", content)
