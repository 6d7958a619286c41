"""Describes the conditions of blocks in words, and finds an earlier answer that would change whether a block is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from builder import context as contexts
from builder import offers
from builder.blocks import Block
from builder.messages import Recipient
from server.sending import preview
from server.sending.preview import Preview
from server.web.language import text
from server.web.marketing.previews.preview_options import Look

_TERM = re.compile(
    r"\(?\s*(?:known\.(?P<block>\w+)(?:\s*(?P<sign>==|!=|<=|>=|<|>)\s*(?:'(?P<value>[^']*)'|(?P<number>\d+)))?"
    r"|known\.(?P<said>\w+) is (?P<un>not |un)?defined|'(?P<new>\w+)' not in known)\s*\)?"
)
_JOINT = re.compile(r"\s+(and|or)\s+")


@dataclass(frozen=True)
class Conditional:
    """A block with a condition. `words` are '' if the condition is too complex for them; `known` are the earlier answers that would
    reverse `asked`.
    """

    block: Block
    words: str
    asked: bool
    known: tuple[str, ...] | None


def conditionals(shown: Preview, look: Look) -> list[Conditional]:
    """Return every block of the email with a condition, in order."""
    questions = preview.questions(shown)
    blocks, recipient = {block.name: block for block in questions}, shown.recipient
    return [
        Conditional(block, words(block, blocks), asked(block, recipient), _otherwise(block, shown, look))
        for block in questions
        if block.when
    ]


def with_answers(recipient: Recipient, look: Look) -> Recipient:
    """Return the recipient with the look's earlier answers added to their own."""
    return replace(recipient, known={**recipient.known, **look.answers()})


def asked(block: Block, recipient: Recipient) -> bool:
    """Return whether the block's condition holds for the recipient."""
    return offers.is_asked(block, contexts.about(recipient.person, recipient.data, recipient.known))


def words(block: Block, blocks: Mapping[str, Block]) -> str:
    """Write a condition such as `known.slot == 'none'` in words; '' if it is more complex."""
    pieces = _JOINT.split(block.when)
    terms = [_TERM.fullmatch(piece.strip()) for piece in pieces[::2]]
    if not all(terms):
        return ""
    said = [_said(term, blocks) for term in terms if term]
    joints = [text("and") if joint == "and" else text("or") for joint in pieces[1::2]]
    return " ".join([said[0], *(f"{joint} {term}" for joint, term in zip(joints, said[1:], strict=True))])


def _said(term: re.Match[str], blocks: Mapping[str, Block]) -> str:
    if term["new"] or term["un"]:
        return text("“%(block)s” is not answered yet") % {"block": _question(term["new"] or term["said"], blocks)}
    if term["said"]:
        return text("“%(block)s” is answered") % {"block": _question(term["said"], blocks)}
    at = {"block": _question(term["block"], blocks), "value": _label(term, blocks)}
    return {
        None: text("“%(block)s” is answered"),
        "==": text("“%(block)s” is “%(value)s”"),
        "!=": text("“%(block)s” is not “%(value)s”"),
        "<=": text("“%(block)s” is %(value)s or less"),
        ">=": text("“%(block)s” is %(value)s or more"),
        "<": text("“%(block)s” is less than %(value)s"),
        ">": text("“%(block)s” is more than %(value)s"),
    }[term["sign"]] % at


def _question(name: str, blocks: Mapping[str, Block]) -> str:
    """Return the words of a question; its name if the email does not ask it."""
    return blocks[name].question if name in blocks else name


def _label(term: re.Match[str], blocks: Mapping[str, Block]) -> str:
    """Return the value's label in the email, or the value if it has none."""
    value = term["value"] or term["number"] or ""
    option = blocks[term["block"]].option(value) if term["block"] in blocks else None
    return option.label if option and not term["number"] else value


def _otherwise(block: Block, shown: Preview, look: Look) -> tuple[str, ...] | None:
    """Return the earlier answers that reverse whether the block is asked; None if no single answer does."""
    now = asked(block, shown.recipient)
    for answer in _answers(block, shown):
        name = answer.partition(":")[0]
        kept = tuple(each for each in look.known if each.partition(":")[0] != name)
        other = with_answers(shown.recipient, replace(look, known=(answer,)))
        if asked(block, other) != now:
            return (*kept, answer)
    return None


def _answers(block: Block, shown: Preview) -> Iterator[str]:
    """Yield candidate answers to the blocks that the condition names: their options and the literals it compares with."""
    literals = [term["value"] or term["number"] for term in _TERM.finditer(block.when) if term["sign"]]
    for name in dict.fromkeys(re.findall(r"known\.(\w+)|'(\w+)' not in", block.when)):
        named = name[0] or name[1]
        for value in dict.fromkeys([*_values(shown.email.blocks.get(named), shown.recipient.data), *literals, "1"]):
            yield f"{named}:{value}"


def _values(block: Block | None, data: Mapping[str, Any]) -> list[str]:
    return [option.value for option in offers.resolved(block, data).options] if block else []
