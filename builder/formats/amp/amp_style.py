"""Styles blocks in AMP as the html part does (`formats/html_parts.py`), and marks the chosen option at once.

An input is invisible behind the face beside it; a person sees and touches the face.
"""

import html
import re
from collections.abc import Iterable, Iterator

from builder.blocks import Block
from builder.formats.html_style import BORDER, INK, PAPER, QUIET, digits, on

GOOD, BAD = "#166534", "#b42318"
_FRAME = f"box-sizing:border-box;border:1px solid {BORDER};border-radius:8px;background-color:{PAPER};color:{INK}"
_BUTTON = "padding:13px 24px;font-size:16px;line-height:22px;font-weight:bold;text-align:center;border-radius:8px"

COMMON = (
    (".ac-question", "margin:0;font-size:18px;line-height:26px;font-weight:bold"),
    (".ac-state", "margin:0 0 4px"),
    (
        ".ac-said",
        f"margin:0;font-size:14px;line-height:20px;color:{QUIET};white-space:nowrap;overflow:hidden;text-overflow:ellipsis",
    ),
    (".ac-form", "position:relative;margin:0"),
    (".ac-input", "position:absolute;opacity:0;width:1px;height:1px;margin:0"),
    (".ac-pick", "position:relative;cursor:pointer"),
    (".ac-face", _FRAME),
    (".ac-note", f"margin:0;padding:2px 0 0;font-size:14px;line-height:20px;color:{QUIET}"),
    (".ac-result", "margin:0;padding:6px 0 0;font-size:15px;line-height:22px;font-weight:bold"),
    (".ac-result p", "margin:0"),
    (".ac-cover", "position:absolute;top:0;left:0;width:100%;height:100%;z-index:2"),
    (".ac-wait", f"color:{QUIET}"),
    (".ac-good", f"color:{GOOD}"),
    (".ac-bad", f"color:{BAD}"),
    (".ac-send", f"box-sizing:border-box;border:0;margin:4px 0 0;font-family:inherit;cursor:pointer;{_BUTTON}"),
)
KINDS = {
    "rate": (
        (".ac-steps", "font-size:0;line-height:0"),
        (".ac-step", "display:inline-block;min-width:44px;margin:0 3px 6px 0;vertical-align:top"),
        (
            ".ac-step .ac-face",
            "display:block;padding:10px 4px;font-size:17px;line-height:24px;font-weight:bold;text-align:center",
        ),
        (".ac-stars .ac-step,.ac-faces .ac-step", "width:18.4%;min-width:48px;max-width:72px"),
        (".ac-stars .ac-face", "font-size:14px;line-height:18px"),
        (".ac-faces .ac-face", "font-size:28px;line-height:32px"),
        (".ac-star", "display:block;font-size:26px;line-height:28px;font-weight:normal"),
    ),
    "rows": (
        (".ac-row", "display:block;margin:0 0 8px"),
        (".ac-row .ac-face", "display:flex;padding:12px 16px;font-size:16px;line-height:22px"),
        (
            ".ac-mark",
            "flex:none;box-sizing:border-box;width:18px;height:18px;margin:2px 10px 2px 0;border:2px solid;border-radius:9px",
        ),
        (".ac-many .ac-mark", "border-radius:3px"),
        (".ac-label", "flex:1;min-width:0;overflow-wrap:break-word"),
        (".ac-taken .ac-face", f"background-color:transparent;color:{QUIET};text-decoration:line-through"),
    ),
    "confirm": (
        (".ac-buttons", "font-size:0;line-height:0"),
        (".ac-button", "display:inline-block;max-width:100%;margin:0 10px 8px 0;vertical-align:top"),
        (".ac-tick", "display:none"),
        (".ac-input:checked+.ac-face .ac-tick", "display:inline"),
        (".ac-button .ac-face", f"display:block;min-width:72px;overflow-wrap:break-word;{_BUTTON}"),
    ),
    "answer": (
        (
            ".ac-text",
            f"display:block;width:100%;min-height:92px;margin:0 0 8px;padding:14px 16px;font-family:inherit;font-size:16px;"
            f"line-height:22px;resize:vertical;{_FRAME}",
        ),
    ),
    "explore": (
        (".ac-parts", "margin:4px 0 0"),
        (
            ".ac-part",
            f"margin:0 0 8px;padding:12px 16px;font-size:16px;line-height:24px;font-weight:bold;cursor:pointer;{_FRAME}",
        ),
        (".ac-sign", "float:right;font-weight:normal"),
        (".ac-inside", "padding:4px 16px 16px;font-size:16px;line-height:24px"),
    ),
}
LOOKS = {"choose": ("rows",), "book": ("rows",)}  # other kinds by their own name
PHONE = (
    "@media only screen and (max-width:480px){.ac-nps{max-width:288px} .ac-buttons{display:flex;flex-wrap:wrap;gap:10px;"
    "padding-bottom:8px} .ac-buttons .ac-button:not(#_){flex:1 1 auto;margin:0} }"
    "@media only screen and (max-width:350px){.ac-ces{max-width:192px} }"
)


def rules(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    """Yield (selectors, declarations) for these blocks: the rules of their kinds, and of their colours."""
    blocks = list(blocks)
    yield from COMMON
    for kind in dict.fromkeys(kind for block in blocks for kind in LOOKS.get(block.kind, (block.kind,))):
        yield from KINDS[kind]
    for accent in dict.fromkeys(block.style.accent for block in blocks):
        yield from _tone(accent)


def _tone(accent: str) -> Iterator[tuple[str, str]]:
    """Yield the rules of an accent: marks, the main button, and the chosen or focused option."""
    name, ink = "." + tone(accent), on(accent)
    full = f"background-color:{accent};border-color:{accent};color:{ink}"
    yield f"{name} .ac-mark,{name} .ac-star,{name} .ac-sign", f"color:{accent}"
    yield f"{name} .ac-main,{name} .ac-send", full
    yield (
        f"{name} .ac-input:focus+.ac-face,{name} .ac-text:focus,{name} .ac-send:focus",
        f"outline:3px solid {accent};outline-offset:2px",
    )
    yield f"{name} .ac-input:checked+.ac-face", f"box-shadow:0 0 0 2px {accent};border-color:{accent}"
    yield f"{name} .ac-step .ac-input:checked+.ac-face", f"box-shadow:none;{full}"
    yield f"{name} .ac-button .ac-input:checked+.ac-face", f"box-shadow:0 0 0 2px {PAPER},0 0 0 4px {accent}"
    yield f"{name} .ac-input:checked+.ac-face .ac-star", f"color:{ink}"
    yield f"{name} .ac-input:checked+.ac-face .ac-mark", f"background-color:{accent}"


def tone(accent: str) -> str:
    """Name the class of all elements with this accent."""
    return f"ac-tone-{digits(accent) or 'accent'}"


def style(block: Block) -> str:
    """Write a block's own font and colour as an inline style."""
    family = re.sub(r"[;{}<>!\\]", "", block.style.font_family)
    return html.escape(f"font-family:{family};color:{block.style.color}")
