"""How a preview is looked at: which format, in which language, how wide, how dark, and what the person has answered before.

All of it stands in the address, so that every view is a link: it can be sent to a colleague, and needs no script.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from builder.catalog import EmailSource
from builder.eligibility import FORMATS

USUAL = {"format": "html", "width": "desktop", "scheme": "light", "known": ()}  # what an address need not say
MAX_KNOWN = 20


@dataclass(frozen=True)
class Look:
    """`known` are answers given before, as `block:value`."""

    language: str
    format: str = "html"
    width: str = "desktop"
    scheme: str = "light"
    known: tuple[str, ...] = ()

    def args(self, **changes: Any) -> dict[str, Any]:
        """What an address says to look at it so, with these changes."""
        changed = asdict(replace(self, **changes))
        return {name: value for name, value in changed.items() if value != USUAL.get(name)}

    def answers(self) -> dict[str, Any]:
        """The answers given before, as a template sees them: numbers for scales."""
        pairs = (each.partition(":") for each in self.known)
        return {block: int(value) if value.isdecimal() else value for block, _, value in pairs if block and value}

    @property
    def dark(self) -> bool:
        return self.scheme == "dark"

    @property
    def narrow(self) -> bool:
        return self.width == "phone"


def read(args: MultiDict[str, str], source: EmailSource, reader: str) -> Look:
    """The look an address asks for; what it does not know is as usual, in the language of whoever reads it."""
    return Look(
        language=source.speaks(args.get("language") or reader),
        format=_one_of(args.get("format", ""), FORMATS),
        width=_one_of(args.get("width", ""), ("desktop", "phone")),
        scheme=_one_of(args.get("scheme", ""), ("light", "dark")),
        known=tuple(args.getlist("known")[:MAX_KNOWN]),
    )


def _one_of(asked: str, values: tuple[str, ...]) -> str:
    return asked if asked in values else values[0]
