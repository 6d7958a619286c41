"""Loads what a signed link asks about: the ids of its token become the message, its person and its block.

Every channel begins here: pages, AMP, replies and the API.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from builder import context, offers, personalise
from builder.blocks import Block, Option
from builder.emails import CompiledEmail
from builder.tokens import Action
from server import email_versions, jsontext
from server.booking import availability
from server.contacts import aliases
from server.contacts.person import person
from server.qualify.leads import PreviousStage
from server.sending.gate import TEST
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.asked import AskedByIdRow, AskedLockRow


class Gone(Exception):
    """The message, its person or its block does not exist or was erased. A stranger is not told which, so that nothing leaks."""


@dataclass(frozen=True)
class Asked:
    """One block of one message, with its texts personalised for its recipient."""

    message: AskedByIdRow
    email: CompiledEmail
    block: Block

    @cached_property
    def data(self) -> dict[str, Any]:
        """The data that the send brought for this message."""
        found: dict[str, Any] = jsontext.loads(self.message["data"])
        return found

    @property
    def about(self) -> dict[str, Any]:
        """The names that the texts of the block may use: the person, the data of the send, the language."""
        return context.about(person(self.message, self.message["address"]), self.data, language=self.block.language)

    @property
    def previous(self) -> PreviousStage:
        """The stage of the person's lead, read with the message under the lock."""
        return PreviousStage(self.locked["stage"], self.locked["pinned"])

    @property
    def locked(self) -> AskedLockRow:
        """The row of the message with the columns that `find` reads under a lock; only valid after `find(lock=True)`, and not for a
        test.
        """
        return cast("AskedLockRow", self.message)

    @property
    def is_test(self) -> bool:
        """Return whether the message is a test, whose answers are nobody's."""
        return self.message["purpose"] == TEST

    @property
    def contact_id(self) -> str:
        return self.message["contact_id"]

    @property
    def message_id(self) -> str:
        return self.message["id"]

    @property
    def question(self) -> str:
        """The personalised question of the block."""
        return self.text(self.block.question)

    @cached_property
    def labels(self) -> dict[str, str]:
        """The label of each option, by its value."""
        return {option.value: self.text(option.label) for option in self.block.options}

    def points(self, values: tuple[str, ...]) -> list[dict[str, Any]]:
        """List label and points of each chosen option. They are stored with the answer because the template may change."""
        if self.block.limit:  # free text is its own label
            return [{"value": "", "label": value, **self._worth(self.block)} for value in values]
        chosen = [self.block.option(value) for value in values]
        return [
            {"value": option.value, "label": self.text(option.label), **self._worth(option)}
            for option in chosen
            if option
        ]

    def _worth(self, said: Option | Block) -> dict[str, Any]:
        """Return the three kinds of points, the product they are about, and the stage that the answer alone guarantees."""
        product = said.product or self.block.product or self.email.source.topic
        worth = {"interest": said.interest, "need": said.need, "urgency": said.urgency, "product": product}
        return {**worth, "floor": said.floor} if said.floor else worth

    def text(self, template: str) -> str:
        """Personalise a text of the block."""
        if "{" not in template:
            return template
        return personalise.line(template, self.about)


def find(
    tx: Session, action: Action, *, lock: bool = False, now: int = 0, wanted: tuple[str, ...] = ()
) -> Asked | None:
    """Load the block of a token; None when its message, person or block does not exist. `lock` locks the person's row until the
    end of the transaction.

    With `now` the free times of a calendar become options; under the lock only those of the `wanted` ones that are free.
    """
    message = message_of(tx, action.contact_id, action.message_id, lock=lock)
    if message is None:
        return None
    email = email_versions.load(tx, message["version_id"], message["language"])
    asked = ask(message, email, action.block)
    return live(tx, asked, now, wanted, more=not lock) if asked and now else asked


def message_of(tx: Session, contact_id: str, message_id: str, *, lock: bool = False) -> AskedByIdRow | None:
    """Load the message of a token; None when there is none. `lock` locks the person's row.

    A token of a contact that was merged into another one leads to the same message, which is the other one's now. The recipient of
    a test is no contact and needs no lock, because the answers to it are computed from all of its rows.
    """
    look: Callable[..., AskedByIdRow | None] = tx.asked.lock if lock else tx.asked.message
    message = look(contact_id=contact_id, id=message_id)
    if message is None and (now_id := aliases.current(tx, contact_id)) != contact_id:
        message = look(contact_id=now_id, id=message_id)
    return message or _test(tx, contact_id, message_id)


def _test(tx: Session, contact_id: str, message_id: str) -> AskedByIdRow | None:
    message = tx.asked.test(id=message_id)
    return message if message and message["contact_id"] == contact_id else None


def by_message(tx: Session, message_id: str) -> AskedByIdRow | None:
    """Load a message by its id alone; None when there is none."""
    return tx.asked.by_id(id=message_id) or tx.asked.test(id=message_id)


def live(tx: Session, asked: Asked, now: int, wanted: tuple[str, ...] = (), *, more: bool = True) -> Asked:
    """Add the times that the block's calendar has free now to its options. A block without a calendar is returned unchanged."""
    block = asked.block
    if not block.calendar:
        return asked
    data = availability.with_times(tx, asked.message, [block], asked.data, now, wanted, more=more)
    return ask({**asked.message, "data": jsontext.dumps(data)}, asked.email, block.name) or asked


def find_any(tx: Session, contact_id: str, message_id: str) -> Asked | None:
    """Load the first block of a message, for data that is the same for all of its blocks; None when the message does not exist."""
    message = message_of(tx, contact_id, message_id)
    if message is None:
        return None
    email = email_versions.load(tx, message["version_id"], message["language"])
    return next((asked for name in email.blocks if (asked := ask(message, email, name))), None)


def ask(message: AskedByIdRow, email: CompiledEmail, name: str) -> Asked | None:
    """Make the `Asked` of one block, with the options that the data of the message brings; None when the email has no such block."""
    block = email.blocks.get(name)
    if block is None:
        return None
    return Asked(message, email, offers.resolved(block, jsontext.loads(message["data"])) if block.slots else block)
