"""Builds the one style sheet of an AMP document: the email's own rules, and a class for each inline style.

A style with Jinja stays on its tag, because a loop may give it another value each time.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from builder.formats.amp.css import TAGS_WEIGHT, Cleaner
from builder.formats.amp.losses import Losses
from builder.formats.amp.marks import Marks

MAX_INLINE_BYTES = 1_000
MAX_BYTES = 75_000
MANY_BYTES = 50_000  # worth a warning


@dataclass
class Sheet:
    """The style sheet of one document. `classes` maps cleaned inline styles to their classes; `styles` caches results by inline style."""

    marks: Marks
    losses: Losses
    rules: list[str] = field(default_factory=list)
    classes: dict[str, str] = field(default_factory=dict)
    styles: dict[str, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cleaner = Cleaner(self.marks, self.losses)
        self._apart = re.compile(
            rf"\{{(?=[{{%#]|/\*{self.marks.prefix}|{self.marks.prefix})"
        )  # a brace that would begin Jinja

    def add(self, css: str) -> None:
        """Add rules of the email's author, or of the MJML engine, after cleaning them."""
        self.rules.append(self.cleaner.sheet(css))

    def add_own(self, rules: Iterable[tuple[str, str]]) -> None:
        """Add Acto's own valid rules as (selectors, declarations). They get the weight of a tag's own style."""
        self.rules += [
            f"{','.join(each.strip() + TAGS_WEIGHT for each in selectors.split(','))}{{{declarations}}}"
            for selectors, declarations in rules
        ]

    def add_raw(self, css: str) -> None:
        """Add CSS unchanged."""
        self.rules.append(css)

    def style(self, text: str) -> tuple[str, str]:
        """Return (class, style) for a tag with this style; one of them is empty. Cached, because most styles stand on many tags."""
        if text not in self.styles:
            self.styles[text] = self._style(text)
        return self.styles[text]

    def _style(self, text: str) -> tuple[str, str]:
        kept = self.cleaner.style(self.marks.in_css(text))
        if not kept:
            return "", ""
        if self.marks.holds(kept):
            own = self.marks.from_css(kept).rstrip(";")
            if len(own.encode("utf-8", "replace")) > MAX_INLINE_BYTES:
                self.losses.add("inline-style", self.marks.restore(own)[:60])
            return "", own
        return self.classes.setdefault(kept, f"ac_{len(self.classes) + 1}"), ""

    def text(self) -> str:
        """Write the content of <style amp-custom>; records a loss if it is too large."""
        own = (f".{name}{TAGS_WEIGHT}{{{style.rstrip(';')}}}" for style, name in self.classes.items())
        css = self._apart.sub("{ ", "".join([*self.rules, *own]))
        size = len(css.encode("utf-8", "replace"))
        if size > MANY_BYTES:
            self.losses.add("css-size" if size > MAX_BYTES else "css-large", f"{size:,} bytes of style")
        return css
