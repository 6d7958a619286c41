"""Loads the message that a mail answers, with its questions as the person read them, and defines the result of reading the mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from builder import offers
from builder.blocks import Block
from builder.emails import CompiledEmail
from builder.formats.personalised_block import personalised
from builder.tokens import Keyring, TokenInvalid
from server import email_versions, jsontext
from server.booking import availability
from server.capture import asked, tester_answers
from server.capture.rules import Rules
from server.contacts.known_answers import answers_by_name
from server.contacts.person import person
from server.inbound.dkim_verification import Lookup
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.asked import AskedByIdRow

DOUBTFUL_MS = 3_600_000  # at most this long between writing and sending a message


@dataclass(frozen=True)
class Desk:
    """The keys, the domain of reply addresses, the rules of evidence and the DNS lookup that reading a mail needs."""

    keyring: Keyring
    reply_domain: str
    rules: Rules
    lookup: Lookup


@dataclass(frozen=True)
class Reading:
    """The result of reading a mail. `answers` are values by block; without any, `why` is a key of `outcome.WHY`. `leaves`: it
    asks for no more mail.

    `block` is the question it is about, if certain. `header` names the header that identifies the message; empty if the body
    does. `said` is the text that was read; `more` tells that it says more than the answers; `words` are the blocks answered by
    free text.
    """

    channel: str
    message: AskedByIdRow
    block: str = ""
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    header: str = ""
    said: str = ""
    why: str = "unclear"
    leaves: bool = False
    more: bool = False
    words: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sent:
    """A message of ours with its email, as it was sent."""

    message: AskedByIdRow
    email: CompiledEmail

    @property
    def about(self) -> dict[str, Any]:
        """The names that texts of the message may use: the person and the data of the send."""
        return {"person": person(self.message, self.message["address"]), "data": jsontext.loads(self.message["data"])}

    @property
    def names(self) -> tuple[str, ...]:
        """The names that its person may sign with."""
        first, last = self.message["first_name"], self.message["last_name"]
        return first, last, f"{first} {last}", self.message["company"]

    def block(self, place: int) -> Block | None:
        """Return the block at a place, from 0; None beyond the last."""
        return next((block for at, block in enumerate(self.email.blocks.values()) if at == place), None)

    def spoken(self, block: Block) -> Block:
        """Return the block as its person read it, with the times that were in the future when the message was written."""
        whole = personalised(block, self.about)
        starts = offers.starts(block, self.about["data"])
        ahead = tuple(option for option in whole.options if starts.get(option.value, self._written + 1) > self._written)
        return replace(whole, options=ahead)

    def letters_hold(self, block: Block) -> bool:
        """Return whether the times in the message are certain, because a letter off by one would choose another time."""
        starts = offers.starts(block, self.about["data"]).values()
        return not any(self._written - DOUBTFUL_MS < start <= self._written for start in starts)

    @property
    def _written(self) -> int:
        return self.message["sent_at"] or self.message["created_at"]

    def asked(self, tx: Session) -> list[Block]:
        """Return the questions of this message whose conditions hold."""
        about = {**self.about, "known": answers_by_name(tester_answers.known_to(tx, self.message))}
        return [block for block in self.email.blocks.values() if offers.is_asked(block, about)]

    def open(self, tx: Session, now: int) -> list[Block]:
        """Return those of them that are neither answered nor closed."""
        answered = {row["block"] for row in tester_answers.of_message(tx, self.message)}
        return [block for block in self.asked(tx) if block.name not in answered and not self._closed(block, now)]

    def askable(self, tx: Session, now: int) -> list[Block]:
        """Return those of them that are not closed, answered or not."""
        return [block for block in self.asked(tx) if not self._closed(block, now)]

    def _closed(self, block: Block, now: int) -> bool:
        closes = offers.closes_at(block, self.about)
        return closes is not None and closes <= now


def by_id(tx: Session, message_id: str) -> Sent | None:
    """Load a message by its id; None if it does not exist."""
    message = asked.by_message(tx, message_id)
    if message is None:
        return None
    email = email_versions.load(tx, message["version_id"], message["language"])
    return Sent({**message, "data": availability.as_sent(tx, message)}, email)


def by_token(tx: Session, keyring: Keyring, token: str) -> tuple[Sent, Block] | None:
    """Load the message and block that the token of a reply address or invitation names; None for an invalid token."""
    try:
        reply = keyring.read_reply(token)
    except TokenInvalid:
        return None
    sent = by_id(tx, reply.message_id)
    block = sent.block(reply.place) if sent else None
    return (sent, block) if sent and block else None
