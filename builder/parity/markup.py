"""Reads html, AMP and plain text as a mail client does, for the parity check: their links, forms and words."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

from builder.context import AMP_PATH, PATHS
from builder.parity.reading import ANYTHING, Read, Reader, folded

_URL = re.compile(r"https?://[^\s<>\"']+")
_HIDDEN = frozenset({"script", "style", "title"})
_MUSTACHE = re.compile(r"\{\{.*?\}\}")
Attributes = list[tuple[str, str | None]]


def links(html: str, reader: Reader) -> Read:
    """Read every answer link of an html part, and the words of the page."""
    page = _Page()
    page.feed(html)
    read = Read(words=folded(" ".join(page.words)))
    for url in page.links:
        _link(url, reader, read)
    return read


def addresses(text: str, reader: Reader) -> Read:
    """Read every answer link of a plain-text part."""
    read = Read(words=folded(_URL.sub(" ", text)))
    for url in _URL.findall(text):
        _link(url, reader, read)
    return read


def forms(amp: str, reader: Reader) -> Read:
    """Read every form of an AMP part with the values that its fields can send."""
    page = _Page()
    page.feed(amp)
    read = Read(words=folded(" ".join(page.words)))
    for url, value in page.fields:
        path, _, token = urlsplit(url).path.rpartition("/")
        if not path.endswith(f"/{AMP_PATH}"):
            read.faults.append(f"a form posts to {url[:60]}")
        else:
            read.add(reader.block(read, token, "amp"), *([] if _MUSTACHE.search(value) else [value]))
    return read


def _link(url: str, reader: Reader, read: Read) -> None:
    """Add an answer link: it ends in its token, followed by the option's value if it has one."""
    base = f"{reader.sender.base_url}/{PATHS['answer']}/"
    if not url.startswith(base):
        return
    token, _, value = url.removeprefix(base).partition("/")
    read.add(reader.block(read, token), value or ANYTHING)


class _Page(HTMLParser):
    """Collects links, form fields and words of a page, including words that only a screen reader speaks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.fields: list[tuple[str, str]] = []
        self.words: list[str] = []
        self._form = ""
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = {name: value or "" for name, value in attrs}
        self._hidden += tag in _HIDDEN
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "form":
            self._form = given.get("action-xhr", "")
        if tag == "input" and given.get("name") == "choice":
            self.fields.append((self._form, given.get("value", "")))
        if tag == "textarea" and given.get("name") == "choice":
            self.fields.append((self._form, ANYTHING))
        self.words += [given[name] for name in ("aria-label", "alt", "placeholder") if name in given]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _HIDDEN
        if tag == "form":
            self._form = ""

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)
