"""Draws each block as an AMP form: its stored answer above, its options, and the server's reply below.

One choice is posted when it is made, as `choice`, to `acto.amp.NAME`; several choices, and text, are posted by their button. The
server answers with an object whose `message` is shown. Personal data is kept out of mustache templates, because text that looks
like mustache would be run.
"""

from collections.abc import Callable

from builder.blocks import Block, Option
from builder.formats.amp import parts
from builder.formats.amp.amp_style import PHONE, rules, style, tone
from builder.formats.html_parts import step_name
from builder.formats.html_style import FACES
from builder.formats.phrases import word
from builder.jinja import escaped

__all__ = ["EXTENSIONS", "PHONE", "RENDERERS", "USUAL", "render", "rules"]

USUAL = {"amp-form", "amp-list", "amp-mustache"}
EXTENSIONS = {"explore": USUAL | {"amp-accordion"}}
SLOT_PX = 56  # a row with its margin; a live list has as many as the message offered, and one may take two lines


def render(block: Block) -> str:
    """Draw one block as a template of AMP markup."""
    return (
        f'<div class="ac-block {tone(block.style.accent)}" style="{style(block)}">'
        f'<h2 class="ac-question" dir="auto" id="{parts.label_id(block)}">{escaped(block.question)}</h2>'
        f"{parts.state(block)}{RENDERERS[block.kind](block)}</div>"
    )


def rate(block: Block) -> str:
    """Draw the steps of a scale."""
    steps = "".join(_step(block, option, at) for at, option in enumerate(block.options))
    return parts.form(block, parts.choices(block, steps, f"ac-steps ac-{block.scale}") + _ends(block))


def choose(block: Block) -> str:
    """Draw one row for each option; several choices get a button."""
    rows = block.each(lambda option, _: _row(block, option))
    if not block.many:
        return parts.form(block, parts.choices(block, rows))
    note = f'<p class="ac-note">{word(block.language, "pick_many")}</p>'
    return parts.form(block, parts.choices(block, rows, "ac-many") + note + parts.send(block))


def confirm(block: Block) -> str:
    """Draw one button for each option."""
    buttons = "".join(
        _button(block, option, main=at == 0 and not block.level) for at, option in enumerate(block.options)
    )
    return parts.form(block, parts.choices(block, buttons, "ac-buttons"))


def book(block: Block) -> str:
    """Draw the times as a live list with the taken ones struck out; if it cannot be loaded, the times as they were sent."""
    free = parts.pick(block, parts.MUSTACHE_VALUE, _face(parts.mustache("label")), "ac-row")
    gone = (
        f'<span class="ac-pick ac-row ac-taken"><span class="ac-face"><span class="ac-label">{parts.mustache("label")}</span>'
        "</span></span>"
    )
    live = f'<div role="listitem">{parts.unless("taken", free)}{parts.when("taken", gone)}</div>'
    as_sent = block.each(lambda option, _: _row(block, option))
    height = f"{{{{ (acto.options.{block.name} | length + {len(block.options)}) * {SLOT_PX} + {SLOT_PX} }}}}"
    return parts.form(block, parts.choices(block, parts.live(block, "options", height, live, as_sent)))


def answer(block: Block) -> str:
    """Draw a text area and its button."""
    hint = f' placeholder="{escaped(block.placeholder)}"' if block.placeholder else ""
    text = (
        f'<textarea class="ac-text" name="choice" rows="3" maxlength="{block.limit}" required dir="auto" '
        f'aria-labelledby="{parts.label_id(block)}"{hint}></textarea>'
    )
    return parts.form(block, text + parts.send(block))


def explore(block: Block) -> str:
    """Draw parts that open; each opening is posted by a form of its own, which shows only the server's reply."""
    note = f'<p class="ac-note">{word(block.language, "opening_tells")}</p>'
    return f'<div class="ac-parts">{"".join(_part(block, option) for option in block.options)}</div>{note}'


RENDERERS: dict[str, Callable[[Block], str]] = {
    "rate": rate,
    "choose": choose,
    "confirm": confirm,
    "book": book,
    "answer": answer,
    "explore": explore,
}


def _step(block: Block, option: Option, at: int) -> str:
    face = option.value
    if block.scale == "faces":
        face = FACES[min(at, 4)]
    if block.scale == "stars":
        face = f'<span class="ac-star" aria-hidden="true">★</span>{option.value}'
    name = f' aria-label="{escaped(step_name(block, option))}"'
    return parts.pick(block, option.value, f'<span class="ac-face">{face}</span>', "ac-step", name)


def _ends(block: Block) -> str:
    first, last = block.options[0].value, block.options[-1].value
    ends = [f"{value} = {escaped(text)}" for value, text in ((first, block.low), (last, block.high)) if text]
    return f'<p class="ac-note">{" &nbsp;·&nbsp; ".join(ends)}</p>' if ends else ""


def _row(block: Block, option: Option) -> str:
    return parts.pick(block, option.value, _face(escaped(option.label)), "ac-row")


def _face(label: str) -> str:
    return (
        '<span class="ac-face"><span class="ac-mark" aria-hidden="true"></span>'
        f'<span class="ac-label" dir="auto">{label}</span></span>'
    )


def _button(block: Block, option: Option, *, main: bool) -> str:
    tick = '<span class="ac-tick" aria-hidden="true">✓ </span>'
    face = f'<span class="ac-face{" ac-main" if main else ""}" dir="auto">{tick}{escaped(option.label)}</span>'
    return parts.pick(block, option.value, face, "ac-button")


def _part(block: Block, option: Option) -> str:
    form = parts.form(block, f'<input type="hidden" name="choice" value="{option.value}">', option.value)
    return (
        f'<amp-accordion><section on="expand:{parts.form_id(block, option.value)}.submit">'
        f'<h3 class="ac-part" dir="auto"><span class="ac-sign" aria-hidden="true">+</span>{escaped(option.label)}</h3>'
        f'<div class="ac-inside">{option.content}{form}</div></section></amp-accordion>'
    )
