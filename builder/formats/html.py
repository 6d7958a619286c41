"""The html part: every option is a link, readable with images off, in Outlook's table world and on a phone.

Options are tables of one cell, since Word-based Outlook pads cells and not links; scales are inline blocks, so that eleven
numbers of 44 px wrap on a phone. A colour on the accent is black or white, whichever contrasts more (4.58:1 at the least).
"""

import re
from collections.abc import Callable

from builder.blocks import Block, Option
from builder.formats import links
from builder.formats.words import word
from builder.jinja import escaped
from builder.mjml import Document

FACES = ("😠", "🙁", "😐", "🙂", "😀")
BORDER = "#94a3b8"
PAPER = "#ffffff"
INK = "#1f2937"


def document(compiled: Document) -> str:
    """The whole html part as a Jinja template."""
    return compiled.filled(block)


def block(block: Block) -> str:
    """One block as an HTML template."""
    return question(block) + RENDERERS[block.kind](block)


def question(block: Block) -> str:
    look = block.style
    return (
        f'<div style="font-family:{_css(look.font_family)};font-size:18px;line-height:26px;font-weight:bold;'
        f'color:{look.color};padding-bottom:10px;">{escaped(block.question)}</div>'
    )


def rate(block: Block) -> str:
    cells = "".join(_mso("<td>") + _step(block, option, at) + _mso("</td>") for at, option in enumerate(block.options))
    row = _mso('<table role="presentation" cellpadding="0" cellspacing="4"><tr>') + cells + _mso("</tr></table>")
    return f'<div style="font-size:0;line-height:0;">{row}</div>{_ends(block)}'


def choose(block: Block) -> str:
    rows = "".join(_row(block, option) for option in block.options)
    return rows + (_note(block, word(block.language, "pick_many")) if block.many else "")


def confirm(block: Block) -> str:
    buttons = "".join(_button(block, option, solid=at == 0) for at, option in enumerate(block.options))
    return f'<div style="font-size:0;line-height:0;">{buttons}</div>'


RENDERERS: dict[str, Callable[[Block], str]] = {"rate": rate, "choose": choose, "confirm": confirm}


def _step(block: Block, option: Option, at: int) -> str:
    """One number, star or face of a scale: at least 44 px each way."""
    shown, size, color = {
        "stars": ("★", 34, block.style.accent),
        "faces": (FACES[min(at, 4)], 32, INK),
    }.get(block.scale, (option.value, 18, INK))
    frame = "" if block.scale in ("stars", "faces") else f"border:1px solid {BORDER};background-color:{PAPER};"
    name = f"{option.value} {word(block.language, 'out_of')} {block.options[-1].value}: {option.label}"
    name = name if option.label != option.value else name.split(":")[0]
    return (
        f'<a href="{links.answer(block, option)}" target="_blank" title="{escaped(name)}" aria-label="{escaped(name)}" '
        f'style="display:inline-block;box-sizing:border-box;min-width:44px;margin:0 4px 6px 0;padding:11px 4px;{frame}border-radius:8px;'
        f"font-family:{_css(block.style.font_family)};font-size:{size}px;line-height:{max(22, size - 10)}px;text-align:center;"
        f'color:{color};text-decoration:none;">{shown}</a>'
    )


def _ends(block: Block) -> str:
    """What the two ends of the scale mean, in words."""
    first, last = block.options[0].value, block.options[-1].value
    ends = [f"{value} = {escaped(text)}" for value, text in ((first, block.low), (last, block.high)) if text]
    return _note(block, " &nbsp;·&nbsp; ".join(ends)) if ends else ""


def _row(block: Block, option: Option) -> str:
    """An option as wide as its column."""
    mark = "☐" if block.many else "○"
    return (
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:separate;"><tr>'
        f'<td style="border:1px solid {BORDER};border-radius:8px;background-color:{PAPER};mso-padding-alt:13px 16px;">'
        f'<a href="{links.answer(block, option)}" target="_blank" style="display:block;padding:13px 16px;'
        f"font-family:{_css(block.style.font_family)};font-size:16px;line-height:22px;color:{INK};text-align:left;"
        f'text-decoration:none;"><span aria-hidden="true" style="color:{block.style.accent};">{mark}</span>&nbsp; '
        f"{escaped(option.label)}</a></td></tr>"
        '<tr><td style="height:8px;font-size:8px;line-height:8px;">&nbsp;</td></tr></table>'
    )


def _button(block: Block, option: Option, *, solid: bool) -> str:
    accent = block.style.accent
    paint, ink, line = (accent, on(accent), accent) if solid else (PAPER, INK, BORDER)
    return (
        '<table role="presentation" cellpadding="0" cellspacing="0" align="left" style="display:inline-table;border-collapse:separate;'
        f'margin:0 10px 10px 0;"><tr><td style="background-color:{paint};border:1px solid {line};border-radius:8px;'
        f'mso-padding-alt:13px 22px;"><a href="{links.answer(block, option)}" target="_blank" style="display:inline-block;'
        f"min-width:44px;padding:13px 22px;font-family:{_css(block.style.font_family)};font-size:16px;line-height:20px;"
        f'font-weight:bold;color:{ink};text-align:center;text-decoration:none;">{escaped(option.label)}</a></td></tr></table>'
    )


def _note(block: Block, markup: str) -> str:
    return (
        f'<div style="font-family:{_css(block.style.font_family)};font-size:14px;line-height:20px;color:#475569;'
        f'padding-top:2px;">{markup}</div>'
    )


def on(color: str) -> str:
    """Black or white, whichever reads better on a #rgb or #rrggbb colour (WCAG 2.2 relative luminance)."""
    return "#000000" if (luminance(color) + 0.05) ** 2 > 1.05 * 0.05 else "#ffffff"


def luminance(color: str) -> float:
    """Relative luminance from 0 to 1 (WCAG 2.2); what is no hex colour counts as black."""
    digits = color.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    if not re.fullmatch(r"[0-9a-fA-F]{6}", digits):
        return 0.0
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _css(value: str) -> str:
    """A style value inside a double-quoted attribute."""
    return value.replace('"', "'")


def _mso(markup: str) -> str:
    """Markup that only Word-based Outlook reads."""
    return f"<!--[if mso]>{markup}<![endif]-->"
