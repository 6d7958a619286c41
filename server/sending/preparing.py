"""Prepares claimed messages for sending: loads the contact, asks the gate, and composes the bytes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from server.contacts import suppressions
from server.errors import CannotDo, NoFreeTimes
from server.reasons import reason
from server.sending import gate
from server.sending.outbox import Finish
from server.sending.transport import Wire
from server.settings import Settings
from server.store import Session, Store

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersRow
    from server.store.queries.contacts import ContactsRecipientRow, ContactsRow
    from server.store.queries.messages import MessagesRow

log = logging.getLogger("acto.sending")
MEND_MS = 60_000  # until the next attempt after wrong settings
FREE_MS = 15 * 60_000  # until the next attempt after a calendar without a free time
Compose = Callable[["MessagesRow", "ContactsRow", "Sequence[AnswersRow]", int], Wire]
Row = TypeVar("Row")


class Prepared(NamedTuple, Generic[Row]):
    """A row of a queue with its next step: the wire to send, or the outcome to store."""

    message: Row
    step: Wire | Finish


def prepare(
    store: Store, settings: Settings, compose: Compose, messages: Sequence[MessagesRow], now: int
) -> list[Prepared[MessagesRow]]:
    """Ask the gate about each message and compose it; a message that fails does not affect the others."""
    with store.read() as tx:
        recipients = [_recipient(tx, message) for message in messages]
    return [
        Prepared(message, _step(settings, compose, message, recipient, now))
        for message, recipient in zip(messages, recipients, strict=True)
    ]


class _Recipient(NamedTuple):
    contact: ContactsRecipientRow | None
    answers: Sequence[AnswersRow]


def _recipient(tx: Session, message: MessagesRow) -> _Recipient:
    """Who gets the message and what they answered so far: all messages of a claim in one transaction, since a transaction for
    each costs a tenth of the message.
    """
    contact_id = message["contact_id"]
    return _Recipient(tx.contacts.recipient(id=contact_id), tx.answers.of_contact(contact_id=contact_id))


def _step(
    settings: Settings,
    compose: Compose,
    message: MessagesRow,
    recipient: _Recipient,
    now: int,
) -> Wire | Finish:
    contact = recipient.contact
    if contact is None:
        return Finish("failed", reason("no_contact"))
    suppressed = suppressions.scopes(contact["suppressed_all"], contact["suppressed_marketing"])
    facts = gate.Facts(message["mail_class"], suppressed, settings.postal_address, settings.base_url, now)
    verdict = gate.decide(facts)
    if isinstance(verdict, gate.Stop):
        return Finish("stopped", verdict.reason)
    if isinstance(verdict, gate.Wait):
        return Finish("queued", verdict.reason, verdict.until_ms)
    try:
        return compose(message, contact, recipient.answers, now)
    except NoFreeTimes as error:  # the email offers times, and none is free
        return Finish("queued", reason("no_times", error.calendar), now + FREE_MS)
    except CannotDo as error:  # the settings are wrong, not the message: it waits until they are corrected
        _warn_once(message["stream"], str(error))
        return Finish("queued", reason("not_set_up", error), now + MEND_MS)
    except Exception as error:
        log.exception("message %s could not be composed", message["id"])
        return Finish("failed", reason("not_composed", str(error) or type(error).__name__))


@lru_cache(maxsize=64)
def _warn_once(stream: str, why: str) -> None:
    """Log the same failure of a stream once, because each of its messages meets it again."""
    log.warning("stream %s waits: %s", stream, why)
