"""Reads the html part as a screen reader does: the words that it speaks, in order, without layout.

Follows how browsers compute names and leave nodes out (HTML AAM, Accessible Name and Description Computation 1.2) as far as mail
needs it: layout tables are silent, hidden text is not spoken, an aria-label replaces the content that it names.
"""

import re
from html.parser import HTMLParser
from typing import Literal, NamedTuple

Kind = Literal["heading", "link", "image", "item", "text"]
_SILENT = frozenset({"head", "script", "style", "template", "title"})
_VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_INLINE = frozenset(
    {"abbr", "b", "bdi", "big", "code", "em", "font", "i", "mark", "s", "small", "span", "strong", "sub", "sup", "u"}
)
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Utterance(NamedTuple):
    """One spoken item. `level` is set for headings only, from 1 to 6."""

    kind: Kind
    text: str
    level: int = 0


def read(html: str) -> list[Utterance]:
    """List everything that a screen reader speaks of the page, in reading order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.flush()
    return reader.said


class _Reader(HTMLParser):
    """Walks a page once. `_open` are the open tags: their names, and whether they are hidden."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[Utterance] = []
        self._open: list[tuple[str, bool]] = []
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        hidden = self._hidden() or _hides(tag, given)
        if tag not in _INLINE and not (tag == "img" and self._in("a")):
            self.flush()
        if tag not in _VOID:
            self._open.append((tag, hidden))
        if hidden:
            return
        if tag == "img":
            self._image(given.get("alt", ""))
        elif label := given.get("aria-label", "").strip():
            self._named(tag, label)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.flush()
        names = [name for name, _ in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if not self._hidden():
            self._words.append(data)

    def flush(self) -> None:
        """Add the collected words as one item of the kind of their tag."""
        text, self._words = " ".join("".join(self._words).split()), []
        if text.strip("\u200c\u00ad "):
            self.said.append(self._as_what_it_is(text))

    def _as_what_it_is(self, text: str) -> Utterance:
        if self._in("a"):
            return Utterance("link", text)
        for name, _ in reversed(self._open):
            if re.fullmatch(r"h[1-6]", name):
                return Utterance("heading", text, int(name[1]))
        return Utterance("item" if self._in("li") else "text", text)

    def _image(self, alt: str) -> None:
        """Speak an image's alt text; an image in a link adds it to the link's name, one without alt is decoration."""
        if self._in("a"):
            self._words.append(f" {alt} ")
        elif alt.strip():
            self.said.append(Utterance("image", alt.strip()))

    def _named(self, tag: str, label: str) -> None:
        """Speak the label of a link in place of its content; on other tags the label names a region and the content is spoken too."""
        if tag == "a":
            self.said.append(Utterance("link", label))
            self._open[-1] = (tag, True)

    def _hidden(self) -> bool:
        return any(hidden for _, hidden in self._open)

    def _in(self, tag: str) -> bool:
        return any(name == tag for name, _ in self._open)


def _hides(tag: str, given: dict[str, str]) -> bool:
    return (
        tag in _SILENT
        or "hidden" in given
        or given.get("aria-hidden") == "true"
        or bool(_HIDING.search(given.get("style", "")))
    )
