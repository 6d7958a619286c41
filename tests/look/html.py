"""Two html documents that need no picture: what is written otherwise and cannot look otherwise is taken away before they are compared."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_NOT_MSO = re.compile(r"<!--\[if !mso[^\]]*\]><!-->.*?<!--<!\[endif\]-->", re.DOTALL)
_OLD_OUTLOOK = re.compile(r"<!--\[if lte mso 11\]>.*?<!\[endif\]-->", re.DOTALL)
_MSO = re.compile(r"<!--\[if (?:gte )?(?:mso|IE)[^\]]*\]>|<!\[endif\]-->")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_SPACES = re.compile(r"\s+")
_IDS = re.compile(r"(?:mj-carousel-(?:radio-)?|\b)[0-9a-f]{8,16}\b")
_NO_LOOK = frozenset({"lang", "dir", "xmlns", "aria-label", "aria-roledescription", "vertical-align"})
_NOTHING = frozenset({("word-spacing", "normal"), ("background-color", "transparent"), ("border", "0")})
_SIDES = ("top", "right", "bottom", "left")
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})
Attributes = list[tuple[str, str | None]]


def as_outlook_reads(html: str) -> str:
    """What only Outlook reads is shown, and what it does not read is gone."""
    return _MSO.sub("", _OLD_OUTLOOK.sub("", _NOT_MSO.sub("", html)))


def as_browsers_read(html: str) -> str:
    return _COMMENT.sub("", html)


def plain(html: str) -> str:
    """The same document for every order of attributes, spacing and id."""
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return "\n".join(writer.lines)


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.ids: dict[str, str] = {}
        self.text = ""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self._flush()
        shown = sorted(filter(None, (self._attribute(name, value or "") for name, value in attrs)))
        self.lines.append(f"<{' '.join([tag, *shown])}>")

    def handle_endtag(self, tag: str) -> None:
        self._flush()
        if tag not in _VOID:
            self.lines.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.text += data

    def close(self) -> None:
        super().close()
        self._flush()

    def _flush(self) -> None:
        text = self._named(_SPACES.sub(" ", self.text).strip())
        text = re.sub(r"\s*([{};:,+>])\s*", r"\1", text)
        if text:
            self.lines.append(text)
        self.text = ""

    def _attribute(self, name: str, value: str) -> str:
        if name in _NO_LOOK or (name == "alt" and not value):
            return ""
        value = self._named(_SPACES.sub(" ", value).strip())
        if name == "class":
            value = " ".join(sorted(value.split()))
        if name == "style":
            value = ";".join(f"{name}:{said}" for name, said in sorted(_declared(value).items()))
        return f'{name}="{value}"' if value else ""

    def _named(self, text: str) -> str:
        """Ids drawn by chance are numbered as they come."""
        return _IDS.sub(
            lambda found: self.ids.setdefault(re.sub("radio-", "", found[0])[-8:], f"id{len(self.ids)}"), text
        )


def _declared(style: str) -> dict[str, str]:
    """What counts of a style attribute: of two declarations the last, of paddings four sides, of a zero no unit."""
    found: dict[str, str] = {}
    for each in style.split(";"):
        name, colon, value = (part.strip() for part in each.partition(":"))
        value = re.sub(r"\b0px\b", "0", re.sub(r"\s*,\s*", ",", value)).replace("!important", "")
        if name == "padding":
            words = value.split()
            four = (words * 4)[:4] if len(words) in (1, 2) else [*words, words[1]][:4]
            found |= {f"padding-{side}": size for side, size in zip(_SIDES, four, strict=True)}
        elif name.startswith("border") and "radius" not in name:
            found[name] = " ".join(sorted(value.split()))
        elif colon and (name, value) not in _NOTHING:
            found[name] = value
    found = {name: value for name, value in found.items() if (name, value) not in _NOTHING}
    found = {name: value for name, value in found.items() if not (name.startswith("padding-") and value == "0")}
    if found.get("display") == "none":
        found.pop("color", None)  # white on white costs points with spam filters
    return found
