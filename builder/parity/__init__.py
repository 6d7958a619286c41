"""Checks parity: every format of a message asks the same questions with the same options, and its tokens decode to the same
answer.

It reads each format of the filled message as its client does and shares no code with the renderers, so that it can find their
faults.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from builder import context as contexts
from builder.blocks import Block
from builder.context import Recipient, Sender
from builder.eligibility import Format, carried
from builder.emails import CompiledEmail
from builder.formats.personalised_block import personalised
from builder.messages import Filled
from builder.parity import data, markup, reading
from builder.parity.reading import ANYTHING, Read, Reader

READERS: Mapping[Format, Callable[[Filled, Reader], Read]] = {
    "html": lambda filled, reader: markup.links(filled.html, reader),
    "kinetic": lambda filled, reader: markup.links(filled.html, reader),
    "text": lambda filled, reader: markup.addresses(filled.text, reader),
    "amp": lambda filled, reader: markup.forms(filled.amp, reader),
    "card": lambda filled, reader: data.card(filled.card, reader),
    "gmail": lambda filled, reader: data.gmail(filled.gmail, reader),
    "mailto": lambda filled, reader: data.mailto(filled.html, reader),
    "calendar": lambda filled, reader: data.calendar(filled.invite, reader),
}


@dataclass(frozen=True)
class Difference:
    """One deviation of a format from the questions that the blocks declare."""

    format: Format
    block: str
    message: str

    def __str__(self) -> str:
        return f"{self.format}: {self.block}: {self.message}"


def prove(
    email: CompiledEmail, sender: Sender, recipient: Recipient, filled: Filled, on: Iterable[Format], now: int
) -> list[Difference]:
    """List every difference between the declared blocks and the questions of each format of a filled message; `now` in ms UTC."""
    context = contexts.of(email.blocks, email.language, sender, recipient, now, email.source.brand(email.language))
    shown = {name: block for name, block in email.blocks.items() if context["acto"]["shows"][name]}
    asked = {name: personalised(block, context) for name, block in shown.items()}
    reader = Reader(sender, recipient, tuple(email.blocks), asked, now)
    return [each for format_ in on for each in _compare(format_, asked, READERS[format_](filled, reader), email)]


def _compare(format_: Format, asked: Mapping[str, Block], found: Read, email: CompiledEmail) -> list[Difference]:
    expected = _expected(format_, asked, email)
    differences = [Difference(format_, "", fault) for fault in found.faults]
    extra = found.values.keys() - expected.keys()
    differences += [Difference(format_, name, "it is asked, and should not be") for name in sorted(extra)]
    for block in expected.values():
        differences += _block(format_, block, found)
    return differences


def _block(format_: Format, block: Block, found: Read) -> list[Difference]:
    wanted = {ANYTHING} if block.limit else {option.value for option in block.options}
    values = found.values.get(block.name)
    if values is None:
        return [Difference(format_, block.name, "it is not asked")]
    told = [f"it lacks the answer {value}" for value in sorted(wanted - values)]
    told += [f"it offers {value}, which is no answer of this block" for value in sorted(values - wanted)]
    if found.words is not None:
        texts = [block.question, *(option.label for option in block.options if not block.scale)]
        told += [f"“{text}” is not to be read" for text in texts if not reading.holds(found.words, text)]
    return [Difference(format_, block.name, each) for each in told]


def _expected(format_: Format, asked: Mapping[str, Block], email: CompiledEmail) -> dict[str, Block]:
    """Return the blocks that this format should ask, each with the options that it can carry."""
    able = {name: block for name, block in asked.items() if block.kind in carried(format_)}
    if format_ == "kinetic":  # is part of the html, whose links ask everything
        return dict(asked)
    if format_ == "gmail":
        return {name: reading.first_only(block) for name, block in list(able.items())[:1]}
    if format_ == "calendar":
        invited = email.source.invitation.block if email.source.invitation else ""
        return {name: reading.no_options(block) for name, block in able.items() if name == invited}
    return able
