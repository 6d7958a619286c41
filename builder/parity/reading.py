"""What every reader of a format shares: decoding its links, and comparing the words that can be read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from builder.blocks import Block
from builder.context import Recipient, Sender
from builder.tokens import Purpose, TokenExpired, TokenInvalid

ANYTHING = "*"  # stands for a text of the person's own
_NOT_WORDS = re.compile(r"[\W_]+")


@dataclass
class Read:
    """What one format asks: the values it can send by block, faults in its links, and all its words where it has them."""

    values: dict[str, set[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    words: str | None = None

    def add(self, block: str | None, *values: str) -> None:
        if block is not None:
            self.values.setdefault(block, set()).update(values)


@dataclass(frozen=True)
class Reader:
    """Decodes what a format links to. `places` are the names of the email's blocks, in order; `asked` those of them asked here."""

    sender: Sender
    recipient: Recipient
    places: tuple[str, ...]
    asked: Mapping[str, Block]
    now: int

    def block(self, read: Read, token: str, purpose: Purpose = "answer") -> str | None:
        """The block a token answers; a fault where it decodes to anything but this message."""
        try:
            action = self.sender.keyring.read(purpose, token, self.now // 1000)
        except (TokenInvalid, TokenExpired):
            read.faults.append(f"the token {token[:12]}… does not decode")
            return None
        if (action.contact_id, action.message_id) != (self.recipient.contact_id, self.recipient.message_id):
            read.faults.append(f"the token {token[:12]}… is another message's")
            return None
        return action.block

    def by_mail(self, read: Read, token: str) -> str | None:
        """The block that a token of a reply address, or of an invitation, answers."""
        try:
            reply = self.sender.keyring.read_reply(token)
        except TokenInvalid:
            read.faults.append(f"the address {token[:12]}… does not decode")
            return None
        if reply.message_id != self.recipient.message_id or reply.place >= len(self.places):
            read.faults.append(f"the address {token[:12]}… is another message's")
            return None
        return self.places[reply.place]


def first_only(block: Block) -> Block:
    return replace(block, options=block.options[:1])


def no_options(block: Block) -> Block:
    """A calendar brings buttons of its own; that it asks this block is all that can be read."""
    return replace(block, options=())


def holds(words: str, text: str) -> bool:
    """Whether a text can be read among the words, whatever white space, case and punctuation lie between."""
    return folded(text) in words


def folded(text: str) -> str:
    return _NOT_WORDS.sub(" ", text.lower()).strip()
