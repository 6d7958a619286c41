"""What was asked of whom: a token's ids turned into the message, the person and the block."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from builder import context, offers, personalise
from builder.blocks import Block, Option
from builder.emails import CompiledEmail
from builder.tokens import Action
from server import email_versions, jsontext
from server.booking import availability
from server.contacts.person import person
from server.qualify.leads import PreviousStage
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.asked import AskedByIdRow, AskedLockRow


class Gone(Exception):
    """The message, its person or its block is not here: never was, or was erased. To a stranger it is all the same."""


@dataclass(frozen=True)
class Asked:
    """One block of one message. Texts are already about this person."""

    message: AskedByIdRow
    email: CompiledEmail
    block: Block

    @cached_property
    def data(self) -> dict[str, Any]:
        """What the send brought."""
        found: dict[str, Any] = jsontext.loads(self.message["data"])
        return found

    @property
    def about(self) -> dict[str, Any]:
        """What the block's texts may name."""
        return context.about(person(self.message, self.message["address"]), self.data, language=self.block.language)

    @property
    def previous(self) -> PreviousStage:
        """Where the person's lead stands, read with the message under a lock."""
        return PreviousStage(self.locked["stage"], self.locked["pinned"])

    @property
    def locked(self) -> AskedLockRow:
        """The message with what `find` read beside it under a lock, and only then."""
        return cast("AskedLockRow", self.message)

    @property
    def contact_id(self) -> str:
        return self.message["contact_id"]

    @property
    def message_id(self) -> str:
        return self.message["id"]

    @property
    def question(self) -> str:
        return self.text(self.block.question)

    @cached_property
    def labels(self) -> dict[str, str]:
        """What each option says, by its value."""
        return {option.value: self.text(option.label) for option in self.block.options}

    def points(self, values: tuple[str, ...]) -> list[dict[str, Any]]:
        """What the chosen options say and are worth, kept with the answer: a template may change, the answer stays."""
        if self.block.limit:  # a person's own words stand for themselves
            return [{"value": "", "label": value, **self._worth(self.block)} for value in values]
        chosen = [self.block.option(value) for value in values]
        return [
            {"value": option.value, "label": self.text(option.label), **self._worth(option)}
            for option in chosen
            if option
        ]

    def _worth(self, said: Option | Block) -> dict[str, Any]:
        """Points, what they are about, and the stage the answer is worth by itself."""
        product = said.product or self.block.product or self.email.source.topic
        worth = {"interest": said.interest, "need": said.need, "urgency": said.urgency, "product": product}
        return {**worth, "floor": said.floor} if said.floor else worth

    def text(self, template: str) -> str:
        """A text of the block about this person."""
        if "{" not in template:
            return template
        return personalise.line(template, self.about)


def find(
    tx: Session, action: Action, *, lock: bool = False, now: int = 0, wanted: tuple[str, ...] = ()
) -> Asked | None:
    """None when the message, its person or its block is not here. `lock` keeps others off the person until the end.

    With `now` the times of a calendar stand among the options: the free ones; under a lock only the `wanted` ones, if they are.
    """
    key = {"contact_id": action.contact_id, "id": action.message_id}
    message = tx.asked.lock(**key) if lock else tx.asked.message(**key)
    if message is None:
        return None
    email = email_versions.load(tx, message["version_id"], message["language"])
    asked = ask(message, email, action.block)
    return live(tx, asked, now, wanted, more=not lock) if asked and now else asked


def live(tx: Session, asked: Asked, now: int, wanted: tuple[str, ...] = (), *, more: bool = True) -> Asked:
    """The same block with what its calendar has to give now; any other block is itself."""
    block = asked.block
    if not block.calendar:
        return asked
    data = availability.with_times(tx, asked.message, [block], asked.data, now, wanted, more=more)
    return ask({**asked.message, "data": jsontext.dumps(data)}, asked.email, block.name) or asked


def find_any(tx: Session, contact_id: str, message_id: str) -> Asked | None:
    """Some block of a message, for what is the same for all of them."""
    message = tx.asked.message(contact_id=contact_id, id=message_id)
    if message is None:
        return None
    email = email_versions.load(tx, message["version_id"], message["language"])
    return next((asked for name in email.blocks if (asked := ask(message, email, name))), None)


def ask(message: AskedByIdRow, email: CompiledEmail, name: str) -> Asked | None:
    """One block of a message, with the options that its data brings."""
    block = email.blocks.get(name)
    if block is None:
        return None
    return Asked(message, email, offers.resolved(block, jsontext.loads(message["data"])) if block.slots else block)
