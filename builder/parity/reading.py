"""Decodes links and compares words for all readers of the parity check."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from builder.blocks import Block
from builder.context import Recipient, Sender
from builder.tokens import Purpose, TokenExpired, TokenInvalid

ANYTHING = "*"  # matches any text of the person
_NOT_WORDS = re.compile(r"[\W_]+")


@dataclass
class Read:
    """The content of one format: the values that it can send by block, faults in its links, and all its words if it has text."""

    values: dict[str, set[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    words: str | None = None

    def add(self, block: str | None, *values: str) -> None:
        """Add values to a block; no block (None) adds nothing."""
        if block is not None:
            self.values.setdefault(block, set()).update(values)


@dataclass(frozen=True)
class Reader:
    """Decodes the links of one message. `places` are the names of the email's blocks, in order; `asked` those asked in this message."""

    sender: Sender
    recipient: Recipient
    places: tuple[str, ...]
    asked: Mapping[str, Block]
    now: int

    def block(self, read: Read, token: str, purpose: Purpose = "answer") -> str | None:
        """Return the block that a token answers; a token of another message, or none, is a fault."""
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
        """Return the block that the token of a reply address, or of an invitation, answers."""
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
    """Return the block with its first option only."""
    return replace(block, options=block.options[:1])


def no_options(block: Block) -> Block:
    """Return the block without options, because a calendar has its own buttons and only the block itself can be read."""
    return replace(block, options=())


def holds(words: str, text: str) -> bool:
    """Return whether the words contain a text, regardless of white space, case and punctuation."""
    return folded(text) in words


def folded(text: str) -> str:
    """Fold a text to lower-case words with single spaces."""
    return _NOT_WORDS.sub(" ", text.lower()).strip()
