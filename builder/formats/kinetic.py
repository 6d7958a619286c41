"""Renders the kinetic html part: choices show what was chosen, and parts open as tabs, in mail clients that support it.

It sends nothing: the answer stays a visible link. The interactive version is hidden until the client keeps a checked input and
reads a media query of WebKit's; then it replaces the plain links. In every other client the links remain.

Parts that open cost no extra tap, so they are always drawn this way. For other blocks choosing and then sending takes two taps
instead of one, so they are drawn this way only if the email asks for it.
"""

from collections.abc import Callable, Collection

from builder.blocks import Block, Option
from builder.formats import html, option_links
from builder.formats.html_parts import APART, NUMBERS, STEPS, ends, more, step_name, symbol
from builder.formats.html_style import BORDER, INK, PAPER, accent_class, font, on, tint
from builder.formats.phrases import word
from builder.jinja import escaped
from builder.mjml import Document

GATE = '<input type="checkbox" class="ac-gate" checked aria-hidden="true" tabindex="-1" style="display:none;mso-hide:all;">'
HIDDEN = "display:none;mso-hide:all;max-height:0;overflow:hidden;"
MOST = 20  # options that one question can show; a message offers no more times than that


def document(compiled: Document, choices: bool) -> str:
    """Write the whole kinetic part as a Jinja template; with `choices` all blocks are interactive, else the parts of <ac-explore>
    alone.
    """
    drawn = [block for block in compiled.blocks.values() if reveals(block) and (choices or block.opens)]
    dark = html.declares_dark(compiled.filled(lambda each: ""))
    return html.document_drawn_by(
        compiled, lambda each: block(each) if each in drawn else html.block(each), style(drawn, dark=dark)
    )


def block(block: Block) -> str:
    """Write one block as an HTML template: its links, and the interactive version that replaces them."""
    plain = f'<div class="ac-links">{html.RENDERERS[block.kind](block)}</div>'
    return f"{html.question(block)}{GATE}{plain}{revealing(block)}"


def reveals(block: Block) -> bool:
    """Return whether a block can be interactive; several choices at once fit no link, and text needs a field."""
    return not block.limit and (not block.many or block.opens)


def revealing(block: Block) -> str:
    """Write the interactive version: inputs first, because CSS selects what follows them, then the labels, then a panel for each
    choice.
    """
    inputs = block.each(lambda option, number: _input(block, number))
    faces = block.each(lambda option, number: FACES_OF.get(block.kind, _row)(block, option, number))
    panels = block.each(lambda option, number: PANELS_OF.get(block.kind, _chosen)(block, option, number))
    kind = f" ac-{block.scale}" if block.scale else ""
    return (
        f'<div class="ac-kinetic" style="{HIDDEN}">{inputs}<div class="ac-press{kind}" role="radiogroup">{faces}</div>'
        f'{ends(block)}<div class="ac-shows" aria-live="polite">{panels}</div></div>'
    )


def style(blocks: Collection[Block], *, dark: bool) -> str:
    """Write the rules that show the interactive version, for the head; `dark` for an email that supports dark mode."""
    if not blocks:
        return ""
    most = max((MOST if block.slots else 0) + len(block.options) for block in blocks)
    accents = sorted({block.style.accent for block in blocks})
    rules = (
        ".ac-gate:checked~.ac-links{display:none!important;} "
        ".ac-gate:checked~.ac-kinetic{display:block!important;max-height:none!important;overflow:visible!important;} "
        f".ac-shows>div{{display:none;}} {_each(most, '~.ac-shows .ac-s%d')}{{display:block!important;}} "
        f"{_each(most, '~.ac-press .ac-l%d span')}{{color:inherit!important;}} "
        + "".join(_lights(accent, accent, most) for accent in accents)
    )
    night = "".join(_lights(accent, tint(accent), most) for accent in accents) if dark else ""
    sheet = _where(rules) + (_where(night, " and (prefers-color-scheme:dark)") if night else "")
    return f'<style type="text/css">{sheet}</style>'


def _where(rules: str, also: str = "") -> str:
    """Wrap rules in a media query that only WebKit's clients match."""
    return f"@media screen and (-webkit-min-device-pixel-ratio:0){also}{{{rules}}}"


def _lights(accent: str, paint: str, most: int) -> str:
    """Write the rules that paint the pressed and the focused option of blocks with an accent."""
    pressed = f"~.ac-press .{_press_class(accent)}.ac-l%d"
    return (
        f"{_each(most, pressed)}{{background-color:{paint}!important;border-color:{paint}!important;color:{on(paint)}!important;}} "
        f"{_each(most, pressed, ':focus-visible')}{{outline:3px solid {paint};outline-offset:2px;}} "
    )


def _each(most: int, then: str, state: str = ":checked") -> str:
    """List a selector for each numbered input in a state; `then` has a %d for the number."""
    return ",".join(f".ac-i{at}{state}{then % at}" for at in range(1, most + 1))


def _press_class(accent: str) -> str:
    """Name the class of labels with an accent; separate from the accent's class, so that their text keeps its colour in dark mode."""
    return f"{accent_class(accent)}-press"


def _input(block: Block, number: str) -> str:
    return (
        f'<input type="radio" class="ac-i{number}" name="acto-{block.name}" id="{_id(block, number)}" '
        'style="position:absolute;opacity:0;width:1px;height:1px;margin:0;">'
    )


def _label(block: Block, number: str, look: str, inside: str, name: str = "") -> str:
    said = f' aria-label="{escaped(name)}"' if name else ""
    return (
        f'<label for="{_id(block, number)}" class="ac-option {_press_class(block.style.accent)} ac-l{number}"{said} '
        f'style="{look}border:1px solid {BORDER};border-radius:8px;background-color:{PAPER};color:{INK};cursor:pointer;">{inside}</label>'
    )


def _step(block: Block, option: Option, number: str) -> str:
    """Draw a step as the html part does."""
    width, size = STEPS.get(block.scale, NUMBERS)
    look = (
        f"display:inline-block;box-sizing:border-box;{width}margin:0 3px 6px 0;padding:10px 4px;{font(block, *size)}"
        "font-weight:bold;text-align:center;"
    )
    return _label(block, number, look, symbol(block, option, int(number) - 1), step_name(block, option)) + APART


def _row(block: Block, option: Option, number: str) -> str:
    accent = block.style.accent
    mark = (
        f'<span class="{accent_class(accent)}" aria-hidden="true" style="flex:none;box-sizing:border-box;width:18px;height:18px;'
        f'margin:2px 10px 2px 0;border:2px solid;border-radius:9px;color:{accent};"></span>'
    )
    look = f"display:flex;margin:0 0 8px;padding:12px 16px;{font(block, 16, 22)}"
    words = f'{mark}<b style="font-weight:normal;" dir="auto">{escaped(option.label)}</b>'
    return f"<div>{_label(block, number, look, words)}</div>"


def _button(block: Block, option: Option, number: str) -> str:
    look = f"display:inline-block;margin:0 10px 10px 0;padding:13px 24px;{font(block, 16, 22)}font-weight:bold;text-align:center;"
    return _label(block, number, look, escaped(option.label)) + APART


def _chosen(block: Block, option: Option, number: str) -> str:
    """Write the chosen option in words, and the link that sends it."""
    said = step_name(block, option) if block.scale else option.label
    text = f'{word(block.language, "you_chose")}: <b dir="auto">{escaped(said)}</b><br>'
    look = f"padding:8px 0 12px;{font(block, 16, 24)}color:{block.style.color};"
    return f'<div class="ac-s{number} ac-question" style="{look}">{text}{_send(block, option)}</div>'


def _send(block: Block, option: Option) -> str:
    accent = block.style.accent
    return (
        f'<a class="{accent_class(accent)}-main" href="{option_links.answer(block, option)}" target="_blank" '
        f'style="display:inline-block;margin:8px 0 0;padding:13px 24px;border-radius:8px;border:1px solid {accent};'
        f'background-color:{accent};color:{on(accent)};{font(block, 16, 22)}font-weight:bold;text-decoration:none;">'
        f"{word(block.language, 'send')}</a>"
    )


def _part(block: Block, option: Option, number: str) -> str:
    """Write the content of an opened tab."""
    body = f'<div class="ac-question" style="padding:12px 0 4px;{font(block, 16, 24)}color:{block.style.color};">{option.content}</div>'
    return f'<div class="ac-s{number}" style="margin:2px 0 0;border-top:1px solid {BORDER};">{body}{more(block, option)}</div>'


def _id(block: Block, number: str) -> str:
    return f"acto-{block.name}-{number}"


FACES_OF: dict[str, Callable[[Block, Option, str], str]] = {"rate": _step, "confirm": _button, "explore": _button}
PANELS_OF: dict[str, Callable[[Block, Option, str], str]] = {"explore": _part}
