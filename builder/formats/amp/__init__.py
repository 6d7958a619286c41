"""Builds the AMP for Email part: parses the compiled html, converts it to valid AMP, and draws each block as an AMP form.

The result looks like the html because it is made from it; a piece that AMP cannot carry becomes a Loss, and some losses keep the
email out of AMP.
"""

from dataclasses import dataclass, replace

from builder.blocks import Block
from builder.formats.amp import blocks, clean, components, images, page, tree
from builder.formats.amp.losses import Loss
from builder.formats.amp.marks import Marks, unused
from builder.formats.amp.tree import Node
from builder.mjml import Document

__all__ = ["AmpDocument", "Loss", "document"]


@dataclass(frozen=True)
class AmpDocument:
    """A converted email. `template` is a Jinja template of a whole AMP4EMAIL document, filled with autoescape as the html is.

    It is empty if a loss keeps the email out of AMP. `css_bytes` is the size of its style sheet, which is the same for everybody;
    `audit.faults` checks the size of the whole part once it is filled.
    """

    template: str
    losses: tuple[Loss, ...]
    css_bytes: int

    @property
    def stops(self) -> tuple[Loss, ...]:
        """The losses that keep the email out of AMP."""
        return tuple(loss for loss in self.losses if loss.stops)


def document(compiled: Document) -> AmpDocument:
    """Convert a compiled email to its AMP part."""
    placed: dict[str, Block] = {}
    contents = [option.content for block in compiled.blocks.values() for option in block.options]
    prefix = unused(compiled.html, *compiled.contents.values(), *contents)

    def place(block: Block) -> str:
        mark = f"{prefix}b{len(placed)}z"
        placed[mark] = block
        return mark

    work = clean.Work(Marks(prefix))
    try:
        root = tree.parse(work.marks.hide(compiled.filled(place)))
    except ValueError:
        work.losses.add("unread", "the whole email")
        return AmpDocument("", work.losses.all(), 0)
    frame = page.head(root, work)
    body = _inside(page.body_of(root), work)
    for mark, block in placed.items():
        body = body.replace(mark, _block(block, work))
    if placed:
        work.sheet.add_own(blocks.rules(placed.values()))
        work.sheet.add_raw(blocks.PHONE)
    css = work.sheet.text()
    template = page.written(frame, body, css, work, [block.name for block in placed.values()])
    losses = work.losses.all()
    sendable = not any(loss.stops for loss in losses)
    return AmpDocument(work.marks.restore(template) if sendable else "", losses, len(css.encode("utf-8", "replace")))


def _inside(node: Node, work: clean.Work) -> str:
    """Convert a tag's content to AMP; its braces become entities, so that none can be read as new Jinja."""
    components.convert(node, work)
    images.convert(node, work)
    clean.clean(node, work)
    return tree.inner(node).replace("{", "&#123;")


def _block(block: Block, work: clean.Work) -> str:
    """Draw a block; the HTML that its author wrote in it is converted like the rest."""
    options = tuple(replace(option, content=_content(option.content, work)) for option in block.options)
    work.extensions |= blocks.EXTENSIONS.get(block.kind, blocks.USUAL)
    return blocks.render(replace(block, options=options))


def _content(html: str, work: clean.Work) -> str:
    if not html:
        return ""
    root = tree.parse(f"<!doctype html><html><body><div>{work.marks.hide(html)}</div></body></html>")
    return _inside(page.body_of(root)[0], work)  # the div before any content gives it a body
