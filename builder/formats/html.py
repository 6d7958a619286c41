"""The html part: every option is a link, readable with images off, in Outlook's table world and on a phone.

Word-based Outlook pads cells and not links, so each option stands in a cell that only it reads; everywhere else options are
inline blocks of at least 44 px each way, which wrap on a phone. A colour on the accent is black or white, whichever contrasts
more (4.58:1 at the least). Blocks turn dark only in an email that says it can, by a color-scheme meta in its head: a dark
option on a card that stays white would be the odd one.
"""

import colorsys
import re
from collections.abc import Callable

from builder.blocks import Block, Option
from builder.formats import links
from builder.formats.words import word
from builder.jinja import escaped
from builder.mjml import Document

FACES = ("😠", "🙁", "😐", "🙂", "😀")
BORDER = "#8593a8"  # 3.1:1 on white and 4.7:1 on NIGHT
PAPER = "#ffffff"
INK = "#1f2937"
QUIET = "#475569"
NIGHT = "#1b2433"
MOON = "#f1f5f9"

# How wide a step is, and its font size and line height: numbers need their 44 px, five stars or faces share a phone's width.
NUMBERS = ("min-width:44px;", (17, 24))
FIVE = "width:18.4%;min-width:48px;max-width:72px;"
STEPS = {"stars": (FIVE, (14, 18)), "faces": (FIVE, (28, 32))}

# On a phone a scale of 11 wraps as 6 and 5, one of 7 on the narrowest as 4 and 3; buttons share the width or take a line each.
PHONE = (
    "@media only screen and (max-width:480px){.ac-nps{max-width:288px!important;} "
    ".ac-buttons{display:flex!important;flex-wrap:wrap;gap:10px;padding-bottom:8px;} "
    ".ac-buttons a{flex:1 1 auto;margin:0!important;} }"
    "@media only screen and (max-width:350px){.ac-ces{max-width:192px!important;} }"
)
DARK = (
    f".ac-question{{color:{MOON}!important;}} .ac-note{{color:#cbd5e1!important;}} "
    f".ac-option{{background-color:{NIGHT}!important;border-color:{BORDER}!important;color:{MOON}!important;}}"
)
_DECLARES_DARK = re.compile(r"<meta\s[^>]*name=[\"']color-scheme[\"'][^>]*\bdark\b", re.IGNORECASE)


def document(compiled: Document) -> str:
    """The whole html part as a Jinja template."""
    html = compiled.filled(block)
    if not compiled.blocks:
        return html
    accents = {block.style.accent for block in compiled.blocks.values()}
    return html.replace("</head>", style(accents, dark=bool(_DECLARES_DARK.search(html))) + "</head>", 1)


def style(accents: set[str], *, dark: bool) -> str:
    """What inline styles cannot say: how scales wrap on a phone and, in an email that can be dark, the dark colours."""
    night = f"@media (prefers-color-scheme:dark){{{DARK}{''.join(map(_lit, sorted(accents)))} }}" if dark else ""
    return f'<style type="text/css">{PHONE}{night}</style>'


def _lit(accent: str) -> str:
    """The dark rules for one accent: marks and stars in it, the main button on it."""
    bright, name = tint(accent), _accent_class(accent)
    main = f"background-color:{bright}!important;border-color:{bright}!important;color:{on(bright)}!important;"
    return f" .{name}{{color:{bright}!important;}} .{name}-main{{{main}}}"


def block(block: Block) -> str:
    """One block as an HTML template."""
    return question(block) + RENDERERS[block.kind](block)


def question(block: Block) -> str:
    return (
        f'<h2 class="ac-question" dir="auto" style="margin:0;padding:0 0 12px;{_font(block, 18, 26)}font-weight:bold;'
        f'color:{block.style.color};">{escaped(block.question)}</h2>'
    )


def rate(block: Block) -> str:
    steps = _side_by_side([_step(block, option, at) for at, option in enumerate(block.options)], gap=3)
    return f'<div class="ac-{block.scale}" style="font-size:0;line-height:0;">{steps}</div>{_ends(block)}'


def choose(block: Block) -> str:
    rows = "".join(_row(block, option) for option in block.options)
    return rows + (_note(block, word(block.language, "pick_many")) if block.many else "")


def confirm(block: Block) -> str:
    buttons = [_button(block, option, solid=at == 0) for at, option in enumerate(block.options)]
    return f'<div class="ac-buttons" style="font-size:0;line-height:0;">{_side_by_side(buttons, gap=10)}</div>'


RENDERERS: dict[str, Callable[[Block], str]] = {"rate": rate, "choose": choose, "confirm": confirm}


def _side_by_side(cells: list[tuple[str, str]], gap: int) -> str:
    """Inline blocks that wrap; for Word-based Outlook a row of cells. Each cell is (its style there, its markup)."""
    space = f'<td width="{gap}" style="width:{gap}px;">&nbsp;</td>'
    opened = [f'<td align="center" valign="middle" style="{style}">' for style, _ in cells]
    first = '<table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr>' + opened[0]
    between = ["</td>" + space + cell for cell in opened[1:]]
    pieces = [_mso(before) + markup for before, (_, markup) in zip([first, *between], cells, strict=True)]
    return "".join(pieces) + _mso("</td></tr></table>")


def _step(block: Block, option: Option, at: int) -> tuple[str, str]:
    """One number, star or face of a scale: at least 44 px each way."""
    frame = f"border:1px solid {BORDER};background-color:{PAPER};"
    width, font = STEPS.get(block.scale, NUMBERS)
    markup = (
        f'<a class="ac-option" href="{links.answer(block, option)}" target="_blank" '
        f'aria-label="{escaped(_step_name(block, option))}" style="display:inline-block;box-sizing:border-box;{width}'
        f"margin:0 3px 6px 0;padding:10px 4px;{frame}mso-border-alt:none;border-radius:8px;{_font(block, *font)}"
        f'font-weight:bold;text-align:center;color:{INK};text-decoration:none;">{_symbol(block, option, at)}</a>'
    )
    return f"padding:8px 12px;{frame}", markup


def _symbol(block: Block, option: Option, at: int) -> str:
    """What a step shows: its number, below a star on a scale of stars; a face speaks for itself."""
    if block.scale == "faces":
        return FACES[min(at, 4)]
    if block.scale == "stars":
        look = f"font-size:26px;line-height:28px;font-weight:normal;color:{block.style.accent};"
        star = f'<span class="{_accent_class(block.style.accent)}" aria-hidden="true" style="{look}">★</span>'
        return f"{star}<br>{option.value}"
    return option.value


def _step_name(block: Block, option: Option) -> str:
    """A step as a screen reader says it, beginning with what it shows: “4 stars”, “7 of 10”, “5 of 5: Very good”."""
    if option.label.startswith(f"{option.value} "):
        return option.label
    place = f"{option.value} {word(block.language, 'out_of')} {block.options[-1].value}"
    return place if option.label == option.value else f"{place}: {option.label}"


def _ends(block: Block) -> str:
    """What the two ends of the scale mean, in words."""
    first, last = block.options[0].value, block.options[-1].value
    ends = [f"{value} = {escaped(text)}" for value, text in ((first, block.low), (last, block.high)) if text]
    return _note(block, " &nbsp;·&nbsp; ".join(ends)) if ends else ""


def _row(block: Block, option: Option) -> str:
    """An option as wide as its column. A long label wraps beside its mark, not below it."""
    accent = block.style.accent
    mark = (
        f'<span class="{_accent_class(accent)}" aria-hidden="true" style="display:inline-block;vertical-align:top;width:14px;'
        f"height:14px;margin:2px 0;border:2px solid;border-radius:{3 if block.many else 9}px;color:{accent};"
        'mso-hide:all;"></span>&nbsp;&nbsp; '
    )
    return (
        '<table role="presentation" width="100%" border="0" cellpadding="0" cellspacing="0" '
        'style="border-collapse:separate;margin:0 0 8px;"><tr>'
        f'<td class="ac-option" dir="auto" style="border:1px solid {BORDER};border-radius:8px;background-color:{PAPER};'
        f'mso-padding-alt:12px 16px;"><a class="ac-option" href="{links.answer(block, option)}" target="_blank" '
        f'style="display:block;padding:12px 16px;border-radius:8px;{_font(block, 16, 22)}color:{INK};text-decoration:none;">'
        f'{mark}<span style="display:inline-block;max-width:84%;">{escaped(option.label)}</span></a></td></tr></table>'
    )


def _button(block: Block, option: Option, *, solid: bool) -> tuple[str, str]:
    accent = block.style.accent
    paint, ink, line = (accent, on(accent), accent) if solid else (PAPER, INK, BORDER)
    frame = f"border:1px solid {line};background-color:{paint};"
    name = f"{_accent_class(accent)}-main" if solid else "ac-option"
    markup = (
        f'<a class="{name}" href="{links.answer(block, option)}" target="_blank" dir="auto" '
        f'style="display:inline-block;box-sizing:border-box;min-width:72px;max-width:100%;margin:0 10px 8px 0;padding:13px 24px;'
        f"{frame}mso-border-alt:none;border-radius:8px;{_font(block, 16, 22)}font-weight:bold;text-align:center;color:{ink};"
        f'text-decoration:none;">{escaped(option.label)}</a>'
    )
    return f"padding:12px 24px;{frame}", markup


def _note(block: Block, markup: str) -> str:
    return f'<p class="ac-note" style="margin:0;padding:2px 0 0;{_font(block, 14, 20)}color:{QUIET};">{markup}</p>'


def tint(color: str) -> str:
    """A colour made lighter until it reads on NIGHT (5:1), its hue and saturation kept."""
    digits = _digits(color)
    if not digits:
        return MOON
    hue, light, saturation = colorsys.rgb_to_hls(*(int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)))
    shades = (colorsys.hls_to_rgb(hue, light + (1 - light) * step / 20, saturation) for step in range(21))
    hexes = ("#" + "".join(f"{round(channel * 255):02x}" for channel in shade) for shade in shades)
    return next(shade for shade in hexes if luminance(shade) + 0.05 >= 5 * (luminance(NIGHT) + 0.05))


def on(color: str) -> str:
    """Black or white, whichever reads better on a #rgb or #rrggbb colour (WCAG 2.2 relative luminance)."""
    return "#000000" if (luminance(color) + 0.05) ** 2 > 1.05 * 0.05 else "#ffffff"


def luminance(color: str) -> float:
    """Relative luminance from 0 to 1 (WCAG 2.2); what is no hex colour counts as black."""
    digits = _digits(color)
    if not digits:
        return 0.0
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _digits(color: str) -> str:
    """The six hex digits of #rgb or #rrggbb; empty for anything else."""
    digits = color.removeprefix("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    return digits.lower() if re.fullmatch(r"[0-9a-fA-F]{6}", digits) else ""


def _accent_class(accent: str) -> str:
    return f"ac-{_digits(accent) or 'accent'}"


def _font(block: Block, size: int, line: int) -> str:
    """`line` is the line height; both in px."""
    return f"font-family:{_css(block.style.font_family)};font-size:{size}px;line-height:{line}px;"


def _css(value: str) -> str:
    """A style value inside a double-quoted attribute."""
    return value.replace('"', "'")


def _mso(markup: str) -> str:
    """Markup that only Word-based Outlook reads."""
    return f"<!--[if mso]>{markup}<![endif]-->"
