"""Keeps the tables of docs/templates.md equal to what the blocks declare."""

import re
from pathlib import Path

from builder.blocks import DECLARATIONS
from builder.blocks.model import Attribute, Declaration

AFTER = "### Conditional questions"
PATH = Path(__file__).parents[2] / "docs" / "templates.md"


def table(declaration: Declaration) -> str:
    """The attributes of a block and of its options, as Markdown."""
    rows = ["| on | attribute | meaning | values |", "|---|---|---|---|"]
    rows += [_row(f"`<{declaration.tag}>`", name, each) for name, each in declaration.attributes.items()]
    rows += [_row("`<ac-option>`", name, each) for name, each in declaration.option_attributes.items()]
    return "\n".join(rows)


def write() -> None:
    """Puts the tables and the sentence above each into the page, between the marks that name the block."""
    text = PATH.read_text(encoding="utf-8")
    for declaration in DECLARATIONS.values():
        if f"<!-- {declaration.tag} -->" not in text:  # a new block: its section stands after the others
            tag = declaration.tag
            text = text.replace(AFTER, f"### {tag}\n\n<!-- {tag} -->\n\n<!-- /{tag} -->\n\n{AFTER}", 1)
        text = re.sub(pattern(declaration), lambda found, d=declaration: found[1] + written(d) + found[3], text)  # type: ignore[misc]
    PATH.write_text(text, encoding="utf-8")


def pattern(declaration: Declaration) -> re.Pattern[str]:
    tag = declaration.tag
    return re.compile(rf"(<!-- {tag} -->\n)(.*?)(\n<!-- /{tag} -->)", re.DOTALL)


def written(declaration: Declaration) -> str:
    """What stands between a block's marks."""
    return f"{declaration.help}\n\n{table(declaration)}"


def _row(on: str, name: str, attribute: Attribute) -> str:
    values = ", ".join(f"`{value}`" for value in attribute.allowed) or "any text"
    extra = " (required)" if attribute.required else f"; else `{attribute.default}`" if attribute.default else ""
    return f"| {on} | `{name}` | {attribute.help} | {values}{extra} |"
