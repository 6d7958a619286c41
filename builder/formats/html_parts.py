"""Draws the pieces of blocks in html: steps, rows, buttons and notes, each at least 44 px high and each a link.

Word-based Outlook pads cells but not links, so each option stands in a cell that only Outlook reads; other clients get inline
blocks, which wrap on a phone.
"""

from builder.blocks import Block, Option
from builder.formats import option_links
from builder.formats.html_style import BORDER, FACES, INK, PAPER, QUIET, accent_class, font, on
from builder.formats.phrases import word
from builder.jinja import escaped

# How wide a step is, and its font size and line height: numbers need their 44 px, five stars or faces share a phone's width.
NUMBERS = ("min-width:44px;", (17, 24))
FIVE = "width:18.4%;min-width:48px;max-width:72px;"
APART = '<i aria-hidden="true" style="font-size:0;line-height:0;"> · </i>'  # visible in clients that ignore styles: “Yes · No”
STEPS = {"stars": (FIVE, (14, 18)), "faces": (FIVE, (28, 32))}


def side_by_side(cells: list[tuple[str, str]], gap: int) -> str:
    """Join inline blocks that wrap, with a row of cells for Word-based Outlook. Each cell is (its style there, its markup)."""
    space = f'<td width="{gap}" style="width:{gap}px;">&nbsp;</td>'
    opened = [f'<td align="center" valign="middle" style="{style}">' for style, _ in cells]
    first = '<table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr>' + opened[0]
    between = ["</td>" + space + cell for cell in opened[1:]]
    pieces = [_mso(before) + markup for before, (_, markup) in zip([first, *between], cells, strict=True)]
    apart = f"<!--[if !mso]><!-->{APART}<!--<![endif]-->"  # not display:none, which filters count as hidden text
    return apart.join(pieces) + _mso("</td></tr></table>")


def step(block: Block, option: Option, at: int) -> tuple[str, str]:
    """Draw one number, star or face of a scale, at least 44 px each way."""
    frame = f"border:1px solid {BORDER};background-color:{PAPER};"
    width, size = STEPS.get(block.scale, NUMBERS)
    markup = (
        f'<a class="ac-option" href="{option_links.answer(block, option)}" target="_blank" '
        f'aria-label="{escaped(step_name(block, option))}" style="display:inline-block;box-sizing:border-box;{width}'
        f"margin:0 3px 6px 0;padding:10px 4px;{frame}mso-border-alt:none;border-radius:8px;{font(block, *size)}"
        f'font-weight:bold;text-align:center;color:{INK};text-decoration:none;">{symbol(block, option, at)}</a>'
    )
    return f"padding:8px 12px;{frame}", markup


def symbol(block: Block, option: Option, at: int) -> str:
    """Draw a step's content: its number, below a star on a scale of stars, or its face."""
    if block.scale == "faces":
        return FACES[min(at, 4)]
    if block.scale == "stars":
        look = f"display:inline-block;width:100%;font-size:26px;line-height:28px;font-weight:normal;color:{block.style.accent};"
        star = f'<span class="{accent_class(block.style.accent)}" aria-hidden="true" style="{look}">★</span>'
        return f"{star}{_mso('<br>')} {option.value}"
    return option.value


def step_name(block: Block, option: Option) -> str:
    """Name a step for a screen reader, beginning with its visible text: “4 stars”, “7 of 10”, “5 of 5: Very good”."""
    if option.label.startswith(f"{option.value} "):
        return option.label
    place = f"{option.value} {word(block.language, 'out_of')} {block.options[-1].value}"
    return place if option.label == option.value else f"{place}: {option.label}"


def ends(block: Block) -> str:
    """Write the meaning of the two ends of a scale."""
    first, last = block.options[0].value, block.options[-1].value
    ends = [f"{value} = {escaped(text)}" for value, text in ((first, block.low), (last, block.high)) if text]
    return note(block, " &nbsp;·&nbsp; ".join(ends)) if ends else ""


def row(block: Block, option: Option) -> str:
    """Draw an option as wide as its column; a long label wraps beside its mark, and clients without tables put it on its own line."""
    accent = block.style.accent
    mark = (
        f'<span class="{accent_class(accent)}" aria-hidden="true" style="display:inline-block;vertical-align:top;width:14px;'
        f"height:14px;margin:2px 0;border:2px solid;border-radius:{3 if block.many else 9}px;color:{accent};"
        'mso-hide:all;"></span>&nbsp;&nbsp; '
    )
    return (
        '<div><table role="presentation" width="100%" border="0" cellpadding="0" cellspacing="0" '
        'style="border-collapse:separate;margin:0 0 8px;"><tr>'
        f'<td class="ac-option" dir="auto" style="border:1px solid {BORDER};border-radius:8px;background-color:{PAPER};'
        f'mso-padding-alt:12px 16px;"><a class="ac-option" href="{option_links.answer(block, option)}" target="_blank" '
        f'style="display:block;padding:12px 16px;border-radius:8px;{font(block, 16, 22)}color:{INK};text-decoration:none;">'
        f'{mark}<span style="display:inline-block;max-width:84%;">{escaped(option.label)}</span></a></td></tr></table></div>'
    )


def button(block: Block, option: Option, *, solid: bool) -> tuple[str, str]:
    """Draw an option as a button; a `solid` one is filled with the accent."""
    accent = block.style.accent
    paint, ink, line = (accent, on(accent), accent) if solid else (PAPER, INK, BORDER)
    frame = f"border:1px solid {line};background-color:{paint};"
    name = f"{accent_class(accent)}-main" if solid else "ac-option"
    markup = (
        f'<a class="{name}" href="{option_links.answer(block, option)}" target="_blank" dir="auto" '
        f'style="display:inline-block;box-sizing:border-box;min-width:72px;max-width:100%;margin:0 10px 8px 0;padding:13px 24px;'
        f"{frame}mso-border-alt:none;border-radius:8px;{font(block, 16, 22)}font-weight:bold;text-align:center;color:{ink};"
        f'text-decoration:none;">{escaped(option.label)}</a>'
    )
    return f"padding:12px 24px;{frame}", markup


def note(block: Block, markup: str) -> str:
    """Draw a small quiet paragraph."""
    return f'<p class="ac-note" style="margin:0;padding:2px 0 0;{font(block, 14, 20)}color:{QUIET};">{markup}</p>'


def _mso(markup: str) -> str:
    """Wrap markup in a comment that only Word-based Outlook reads."""
    return f"<!--[if mso]>{markup}<![endif]-->"


def field(block: Block) -> str:
    """Draw a link that looks like a field to write in."""
    shown = escaped(block.placeholder) if block.placeholder else word(block.language, "open_field")
    name = "" if not block.placeholder else f'aria-label="{word(block.language, "open_field")}: {shown}" '
    return (
        '<table role="presentation" width="100%" border="0" cellpadding="0" cellspacing="0" '
        'style="border-collapse:separate;margin:0 0 8px;"><tr>'
        f'<td class="ac-option" dir="auto" style="border:1px solid {BORDER};border-radius:8px;background-color:{PAPER};'
        f'mso-padding-alt:14px 16px 34px;"><a class="ac-option" href="{option_links.ask(block)}" target="_blank" {name}'
        f'style="display:block;padding:14px 16px 34px;border-radius:8px;{font(block, 16, 22)}color:{QUIET};'
        f'text-decoration:none;">{shown}</a></td></tr></table>'
    )


def more(block: Block, option: Option) -> str:
    """Draw the link below a part that says it interests the person; its name for screen readers has the part's title."""
    accent, said = block.style.accent, word(block.language, "more_about")
    return (
        f'<a class="{accent_class(accent)}" href="{option_links.answer(block, option)}" target="_blank" '
        f'aria-label="{said}: {escaped(option.label)}" style="display:inline-block;padding:11px 0;{font(block, 16, 22)}'
        f'font-weight:bold;color:{accent};text-decoration:underline;">{said}</a>'
    )
