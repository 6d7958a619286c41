"""The html part: every option is a link, readable with images off, in Outlook's table world and on a phone.

Blocks turn dark only in an email that says it can, by a color-scheme meta in its head: a dark option on a card that stays white
would be the odd one.
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
    """The whole html part as a Jinja template."""
    return document_drawn_by(compiled, block)


def document_drawn_by(compiled: Document, draw: Callable[[Block], str], more_style: str = "") -> str:
    """The html part with each block as `draw` makes it, and below the last of them one line for answering by mail."""
    blocks = [*compiled.blocks.values()]
    last = next((block for block in reversed(blocks) if not block.when), blocks[-1]) if blocks else None
    html = compiled.filled(lambda block: draw(block) + (by_mail(blocks, block) if block is last else ""))
    if not blocks:
        return html
    accents = {block.style.accent for block in blocks}
    head = style(accents, dark=declares_dark(html)) + more_style + "{{ acto.head }}</head>"
    return _BODY.sub(r"\g<0>{{ acto.body }}", html.replace("</head>", head, 1), count=1)


def declares_dark(html: str) -> bool:
    """Whether an email says of itself that it can be dark."""
    return bool(_DECLARES_DARK.search(html))


def style(accents: set[str], *, dark: bool) -> str:
    """What inline styles cannot say: how scales wrap on a phone and, in an email that can be dark, the dark colours."""
    night = f"@media (prefers-color-scheme:dark){{{DARK}{''.join(map(_lit, sorted(accents)))} }}" if dark else ""
    return f'<style type="text/css">{PHONE}{night}</style>'


def _lit(accent: str) -> str:
    """The dark rules for one accent: marks and stars in it, the main button on it."""
    bright, name = tint(accent), accent_class(accent)
    main = f"background-color:{bright}!important;border-color:{bright}!important;color:{on(bright)}!important;"
    return f" .{name}{{color:{bright}!important;}} .{name}-main{{{main}}}"


def block(block: Block) -> str:
    """One block as an HTML template."""
    return question(block) + RENDERERS[block.kind](block)


def by_mail(blocks: Sequence[Block], last: Block) -> str:
    """Where answers are taken by mail too, one more way, quietly and once: a link for each question that is asked, below `last`.

    Where the email has one question only, the link need not name it.
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
    return (
        f'<h2 class="ac-question" dir="auto" style="margin:0;padding:0 0 12px;{font(block, 18, 26)}font-weight:bold;'
        f'color:{block.style.color};">{escaped(block.question)}</h2>'
    )


def rate(block: Block) -> str:
    steps = side_by_side([step(block, option, at) for at, option in enumerate(block.options)], gap=3)
    return f'<div class="ac-{block.scale}" style="font-size:0;line-height:0;">{steps}</div>{ends(block)}'


def choose(block: Block) -> str:
    rows = block.each(lambda option, _: row(block, option))
    return rows + (note(block, word(block.language, "pick_many")) if block.many else "")


def confirm(block: Block) -> str:
    buttons = [button(block, option, solid=at == 0) for at, option in enumerate(block.options)]
    return f'<div class="ac-buttons" style="font-size:0;line-height:0;">{side_by_side(buttons, gap=10)}</div>'


def answer(block: Block) -> str:
    """What looks like a field leads to the page that has one."""
    return field(block)


def explore(block: Block) -> str:
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
