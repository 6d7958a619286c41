"""Replaces each piece of Jinja by an opaque mark before html is parsed, and restores it as its author wrote it.

A mark is a word in text; a statement between tags is a comment, because no word may stand between the rows of a table or in a
head, and likewise between the rules of a style. A dropped piece leaves its statements behind, so that every if, for and set of
the email is in the result, in the same order.
"""

import re
from dataclasses import dataclass, field

from builder import jinja

_HTML_COMMENT = re.compile(r"<!--.*?-->|<!\[[^>]*>", re.DOTALL)
_APART = re.compile(
    r"(<style\b.*?</style\s*>|<[a-zA-Z/](?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*>)", re.DOTALL | re.IGNORECASE
)
_RAW = re.compile(r"\{%[-+]?\s*raw\s*[-+]?%\}(.*)\{%[-+]?\s*endraw\s*[-+]?%\}", re.DOTALL)


@dataclass
class Marks:
    """The marks of one document, whose text does not contain `prefix`."""

    prefix: str
    pieces: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.any = re.compile(rf"{self.prefix}[es][0-9]+z")
        self.statement = re.compile(rf"{self.prefix}s[0-9]+z")
        self._wrapped = re.compile(rf"<!--({self.any.pattern})-->|/\*({self.any.pattern})\*/|({self.any.pattern})")

    def hide(self, html: str) -> str:
        """Replace Jinja in an HTML template. Comments are removed, conditional ones included; statements in them stay."""
        plain = _HTML_COMMENT.sub(lambda found: "".join(self.statements(found.group())), self._flat(html))
        return "".join(self._wrap(piece, at % 2 == 1) for at, piece in enumerate(_APART.split(plain)))

    def restore(self, html: str) -> str:
        """Replace each mark by its piece of Jinja."""
        return self._wrapped.sub(lambda found: self.pieces[found[1] or found[2] or found[3]], html)

    def statements(self, text: str) -> list[str]:
        """List the marks of statements in a text, in order."""
        return self.statement.findall(text)

    def holds(self, text: str) -> bool:
        """Return whether a text contains a mark."""
        return self.prefix in text and bool(self.any.search(text))

    def in_css(self, text: str) -> str:
        """Write statements as CSS comments."""
        return self.statement.sub(lambda found: f"/*{found.group()}*/", text)

    def from_css(self, text: str) -> str:
        """Write statements in CSS comments as plain marks, for an attribute."""
        return re.sub(rf"/\*({self.statement.pattern})\*/", r"\1", text)

    def _flat(self, text: str) -> str:
        return "".join(self._piece(piece) if is_jinja else piece for is_jinja, piece in jinja.split(text))

    def _piece(self, piece: str) -> str:
        if piece.startswith("{#"):
            return ""
        if raw := _RAW.fullmatch(piece):  # plain markup, whose braces are not Jinja
            return self._flat(jinja.literal(raw[1]))
        mark = f"{self.prefix}{'s' if piece.startswith('{%') else 'e'}{len(self.pieces)}z"
        self.pieces[mark] = piece
        return mark

    def _wrap(self, piece: str, is_tag: bool) -> str:
        if is_tag:
            return self.in_css(piece) if piece[:6].lower() == "<style" else piece
        return self.statement.sub(lambda found: f"<!--{found.group()}-->", piece)


def unused(*texts: str) -> str:
    """Return a prefix that none of the texts contains."""
    prefix = "jq"
    while any(prefix in text for text in texts):
        prefix += "q"
    return prefix
