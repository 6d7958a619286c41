"""Registers the declaration of every block. A new block is a module here, its renderers in formats/, and its golden pairs."""

from builder.blocks import answer, book, choose, conditional, confirm, explore, rate
from builder.blocks.model import Attribute, Block, Declaration, Option, Style

DECLARATIONS: dict[str, Declaration] = {
    module.DECLARATION.tag: module.DECLARATION for module in (rate, choose, confirm, book, answer, explore)
}

__all__ = ["DECLARATIONS", "Attribute", "Block", "Declaration", "Option", "Style", "conditional", "declaration"]


def declaration(answer_kind: str) -> Declaration:
    """Return the declaration for a stored kind of answer: `choose`, `choose_many`. Raises KeyError for an unknown kind."""
    return DECLARATIONS[f"ac-{answer_kind.removesuffix('_many')}"]
