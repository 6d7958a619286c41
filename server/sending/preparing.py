"""Prepares claimed messages for sending: loads the contact, asks the gate, and composes the bytes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from server.errors import CannotDo, NoFreeTimes
from server.reasons import reason
from server.sending import gate, gate_facts
from server.sending.gate_facts import Asked, Candidate
from server.sending.outbox import Finish
from server.sending.transport import Wire
from server.settings import Settings
from server.store import Store

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersRow
    from server.store.queries.contacts import ContactsRow
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
        known = gate_facts.load(tx, settings, [asked(message) for message in messages], now)
        answers = [tx.answers.of_contact(contact_id=message["contact_id"]) for message in messages]
    return [
        Prepared(message, _step(compose, message, each, some, now))
        for message, each, some in zip(messages, known, answers, strict=True)
    ]


def asked(message: MessagesRow) -> Asked:
    """Return what the gate is asked about a stored message."""
    return Asked(
        contact_id=message["contact_id"],
        mail_class=message["mail_class"],
        message_id=message["id"],
        purpose=message["purpose"],
        campaign_id=message["campaign_id"],
        deadline=message["deadline_at"],
    )


def _step(
    compose: Compose, message: MessagesRow, known: Candidate | None, answers: Sequence[AnswersRow], now: int
) -> Wire | Finish:
    if known is None:
        return Finish("failed", reason("no_contact"))
    verdict = gate.decide(known.facts)
    if isinstance(verdict, gate.Stop):
        return Finish("stopped", verdict.reason)
    if isinstance(verdict, gate.Wait):
        return Finish("queued", verdict.reason, verdict.until_ms)
    try:
        return compose(message, known.contact, answers, now)._replace(good_until_ms=verdict.until_ms)
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
