"""Writes the html part of an email as a Jinja template: every option is a link, readable without images, in Outlook and on phones.

Blocks turn dark only in an email that declares dark mode by a color-scheme meta, because dark options on a card that stays white
would stand out.
"""

import re
from collections.abc import Callable, Sequence

from builder.blocks import Block, Option
from builder.eligibility import carried
from builder.formats.html_parts import button, ends, field, more, note, row, side_by_side, step
from builder.formats.html_style import BORDER, MOON, NIGHT, QUIET, accent_class, font, on, tint
from builder.formats.phrases import word
from builder.jinja import escaped
from builder.mjml import Document

# On a phone a scale of 11 wraps as 6 and 5, one of 7 on the narrowest as 4 and 3; buttons share the width or take a line each.
PHONE = (
    "@media only screen and (max-width:480px){.ac-nps{max-width:288px!important;} "
    ".ac-buttons{display:flex!important;flex-wrap:wrap;gap:10px;padding-bottom:8px;} "
    ".ac-buttons a{flex:1 1 auto;margin:0!important;} .ac-buttons i{display:none!important;} }"
    "@media only screen and (max-width:350px){.ac-ces{max-width:192px!important;} }"
)
DARK = (
    f".ac-question{{color:{MOON}!important;}} .ac-note{{color:#cbd5e1!important;}} "
    f".ac-option{{background-color:{NIGHT}!important;border-color:{BORDER}!important;color:{MOON}!important;}}"
)
_BODY = re.compile(r"<body\b[^>]*>")
_DECLARES_DARK = re.compile(r"<meta\s[^>]*name=[\"']color-scheme[\"'][^>]*\bdark\b", re.IGNORECASE)


def document(compiled: Document) -> str:
    """Write the whole html part as a Jinja template."""
    return document_drawn_by(compiled, block)


def document_drawn_by(compiled: Document, draw: Callable[[Block], str], more_style: str = "") -> str:
    """Write the html part with each block drawn by `draw`, and one line for answers by mail below the last block."""
    blocks = [*compiled.blocks.values()]
    last = next((block for block in reversed(blocks) if not block.when), blocks[-1]) if blocks else None
    html = compiled.filled(lambda block: draw(block) + (by_mail(blocks, block) if block is last else ""))
    if not blocks:
        return html
    accents = {block.style.accent for block in blocks}
    head = style(accents, dark=declares_dark(html)) + more_style + "{{ acto.head }}</head>"
    return _BODY.sub(r"\g<0>{{ acto.body }}", html.replace("</head>", head, 1), count=1)


def declares_dark(html: str) -> bool:
    """Return whether an email declares that it supports dark mode."""
    return bool(_DECLARES_DARK.search(html))


def style(accents: set[str], *, dark: bool) -> str:
    """Write the styles that cannot be inline: how scales wrap on a phone and, in an email that supports it, the dark colours."""
    night = f"@media (prefers-color-scheme:dark){{{DARK}{''.join(map(_lit, sorted(accents)))} }}" if dark else ""
    return f'<style type="text/css">{PHONE}{night}</style>'


def _lit(accent: str) -> str:
    """Write the dark rules for one accent: marks and stars in its colour, the main button filled with it."""
    bright, name = tint(accent), accent_class(accent)
    main = f"background-color:{bright}!important;border-color:{bright}!important;color:{on(bright)}!important;"
    return f" .{name}{{color:{bright}!important;}} .{name}-main{{{main}}}"


def block(block: Block) -> str:
    """Write one block as an HTML template."""
    return question(block) + RENDERERS[block.kind](block)


def by_mail(blocks: Sequence[Block], last: Block) -> str:
    """Write one quiet line below `last` with a mailto link for each question asked; empty if no block can be answered by mail.

    If the email has one such question, the link does not name it.
    """
    able = [block for block in blocks if block.kind in carried("mailto")]
    if not able:
        return ""
    said = word(last.language, "by_mail")
    if len(able) == 1:
        return f"{{% if acto.mailto %}}{note(last, _mail_link(able[0], said))}{{% endif %}}"
    asked = "".join(
        f"{{% if acto.shows.{block.name} %}}<br>{_mail_link(block, escaped(block.question))}{{% endif %}}"
        for block in able
    )
    return f"{{% if acto.mailto %}}{note(last, said + ':' + asked)}{{% endif %}}"


def _mail_link(block: Block, said: str) -> str:
    look = f"display:inline-block;padding:6px 0;color:{QUIET};text-decoration:underline;"
    return f'<a class="ac-note" href="{{{{ acto.mailto.{block.name} }}}}" style="{look}">{said}</a>'


def question(block: Block) -> str:
    """Write a block's question as a heading."""
    return (
        f'<h2 class="ac-question" dir="auto" style="margin:0;padding:0 0 12px;{font(block, 18, 26)}font-weight:bold;'
        f'color:{block.style.color};">{escaped(block.question)}</h2>'
    )


def rate(block: Block) -> str:
    """Write the steps of a scale side by side, and the meaning of its ends."""
    steps = side_by_side([step(block, option, at) for at, option in enumerate(block.options)], gap=3)
    return f'<div class="ac-{block.scale}" style="font-size:0;line-height:0;">{steps}</div>{ends(block)}'


def choose(block: Block) -> str:
    """Write one row for each option."""
    rows = block.each(lambda option, _: row(block, option))
    return rows + (note(block, word(block.language, "pick_many")) if block.many else "")


def confirm(block: Block) -> str:
    """Write one button for each option; the first is the main one, unless all are alike."""
    buttons = [button(block, option, solid=at == 0 and not block.level) for at, option in enumerate(block.options)]
    return f'<div class="ac-buttons" style="font-size:0;line-height:0;">{side_by_side(buttons, gap=10)}</div>'


def answer(block: Block) -> str:
    """Write a link that looks like a field and leads to the page with the real one."""
    return field(block)


def explore(block: Block) -> str:
    """Write each part with its title, its content and a link."""
    return "".join(_part(block, option) for option in block.options)


def _part(block: Block, option: Option) -> str:
    title = (
        f'<h3 class="ac-question" dir="auto" style="margin:0;padding:0 0 4px;{font(block, 16, 24)}font-weight:bold;'
        f'color:{block.style.color};">{escaped(option.label)}</h3>'
    )
    body = f'<div class="ac-question" style="padding:0 0 2px;{font(block, 16, 24)}color:{block.style.color};">{option.content}</div>'
    return f'<div style="padding:0 0 14px;">{title}{body}{more(block, option)}</div>'


RENDERERS: dict[str, Callable[[Block], str]] = {
    "rate": rate,
    "choose": choose,
    "confirm": confirm,
    "book": choose,
    "answer": answer,
    "explore": explore,
}
