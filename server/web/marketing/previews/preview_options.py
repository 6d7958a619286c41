"""Reads and writes the options of a preview: format, language, width, colour scheme, the person, and their earlier answers.

All of them are in the address, so that every view is a link that can be sent to a colleague, and needs no script.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from builder.catalog import EmailSource
from builder.eligibility import FORMATS
from server.web.marketing.previews import frames, preview_people
from server.web.marketing.previews.preview_people import Person

USUAL = {  # defaults, left out of addresses
    "format": "html",
    "width": "desktop",
    "scheme": "light",
    "known": (),
    "revision": 0,
    "person": preview_people.SAMPLE.key,
}
MAX_KNOWN = 20
NAMES = ("language", *USUAL)  # of the arguments of an address


@dataclass(frozen=True)
class Look:
    """The options of a preview. `known` are earlier answers, as `block:value`; `revision` 0 is the newest; `person` is the key of a
    person of `preview_people`.
    """

    language: str
    format: str = "html"
    width: str = "desktop"
    scheme: str = "light"
    known: tuple[str, ...] = ()
    revision: int = 0
    person: str = preview_people.SAMPLE.key

    def args(self, **changes: Any) -> dict[str, Any]:
        """Return the arguments of an address with this look and these changes."""
        changed = asdict(replace(self, **changes))
        return {name: value for name, value in changed.items() if value != USUAL.get(name)}

    def answers(self) -> dict[str, Any]:
        """Return the earlier answers as templates see them, with numbers for scales."""
        pairs = (each.partition(":") for each in self.known)
        return {block: int(value) if value.isdecimal() else value for block, _, value in pairs if block and value}

    @property
    def dark(self) -> bool:
        """Whether the preview shows dark mode with the mail's own rules for it."""
        return self.scheme == "dark"

    @property
    def narrow(self) -> bool:
        """Whether the preview has the width of a phone."""
        return self.width == "phone"


def read(args: MultiDict[str, str], source: EmailSource, reader: str, person: Person = preview_people.SAMPLE) -> Look:
    """Read the look from an address; unknown values become the defaults, and the language that of the person or the user (`reader`)."""
    return Look(
        language=source.speaks(args.get("language") or person.language or reader),
        format=_one_of(args.get("format", ""), FORMATS),
        width=_one_of(args.get("width", ""), ("desktop", "phone")),
        scheme=_one_of(args.get("scheme", ""), frames.SCHEMES),
        known=tuple(args.getlist("known")[:MAX_KNOWN]),
        revision=revision(args),
        person=person.key,
    )


def revision(args: MultiDict[str, str], name: str = "revision") -> int:
    """Return the revision that an address or a form asks for; 0, the newest, if it names none or something that is not a number."""
    asked = args.get(name, "")
    return int(asked) if re.fullmatch(r"[0-9]{1,9}", asked) else 0


def _one_of(asked: str, values: tuple[str, ...]) -> str:
    return asked if asked in values else values[0]
