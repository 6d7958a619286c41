"""Applies the rules of <mj-style inline="inline"> to the tags that they select; the only module that imports css-inline.

The library parses html, so Jinja is hidden from it: an expression is a word, a statement between tags a comment.
"""

import re
from collections.abc import Callable

import css_inline

from builder import jinja

_WRAPPED = re.compile(r"<!--(jx+[0-9]{5,}z)-->|/\*(jx+[0-9]{5,}z)\*/")
_PARTS = re.compile(
    r"(?P<comment><!--.*?-->|<!\[[^>]*>)|(?P<style><style\b.*?</style\s*>)|(?P<tag><[a-zA-Z/](?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*>)",
    re.DOTALL | re.IGNORECASE,
)


class CannotInline(Exception):
    """The style sheet cannot be read. The message says why."""


def inlined(html: str, css: str, mark: Callable[[str], str]) -> str:
    """Apply the rules of `css` to the tags of the html. `mark` replaces a piece of Jinja by a word of ASCII.

    Raises CannotInline.
    """
    hidden = _hidden(html, mark)
    sheet = jinja.masked(css, lambda piece: f"/*{mark(piece)}*/" if piece.startswith("{%") else mark(piece))
    inliner = css_inline.CSSInliner(
        inline_style_tags=False, keep_style_tags=True, load_remote_stylesheets=False, extra_css=sheet
    )
    try:
        written = inliner.inline(hidden)
    except (css_inline.InlineError, ValueError) as error:
        raise CannotInline(str(error)) from error
    return _WRAPPED.sub(lambda found: found[1] or found[2], written)


def _hidden(html: str, mark: Callable[[str], str]) -> str:
    """Replace each piece of Jinja by its mark. A statement between tags becomes a comment, because no word may stand between rows."""
    words = jinja.masked(html, lambda piece: f"\ue002{mark(piece)}\ue003" if piece.startswith("{%") else mark(piece))
    pieces, at = list[str](), 0
    for part in _PARTS.finditer(words):
        pieces += [_between(words[at : part.start()]), _bare(part[0])]
        at = part.end()
    return "".join([*pieces, _between(words[at:])])


def _between(text: str) -> str:
    return text.replace("\ue002", "<!--").replace("\ue003", "-->")


def _bare(text: str) -> str:
    return text.replace("\ue002", "").replace("\ue003", "")
