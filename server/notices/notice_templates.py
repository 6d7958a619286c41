"""Renders notices from templates/notices/<name>.<language>.txt and .html, over one layout. The .txt begins with its subject.

A value is put on one line, escaped in html, and freed of characters that reverse the text direction, because people type them.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context, select_autoescape
from jinja2.runtime import Context
from markupsafe import Markup

from builder import dates
from server import shipped
from server.texts import LANGUAGES

FOLDER = shipped.path("templates/notices")
SUBJECT = "Subject: "
_BREAKS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_TURNS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")  # they reverse the direction of the text after them


class Written(NamedTuple):
    """The texts of a notice."""

    subject: str
    text: str
    html: str


def render(name: str, language: str, /, **values: object) -> Written:
    """Render the notice in the language, or in the first one if it is not offered; `letterhead` sets the sender's name and
    colours.

    Raises UndefinedError for a value that is missing.
    """
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    said = {"letterhead": None, **values, "language": spoken}
    first, _, text = _templates().get_template(f"{name}.{spoken}.txt").render(said).lstrip().partition("\n")
    if not first.startswith(SUBJECT):
        raise ValueError(f"{name}.{spoken}.txt does not begin with “{SUBJECT}”")
    subject = first.removeprefix(SUBJECT).strip()
    html = _templates().get_template(f"{name}.{spoken}.html").render(said, subject=subject)
    return Written(subject, text.strip() + "\n", html)


def names() -> list[str]:
    """Return the names of all notices."""
    return sorted({path.name.split(".")[0] for path in FOLDER.glob("*.txt") if not path.name.startswith("_")})


def day_of(at_ms: int, language: str, time_zone: str = "UTC") -> str:
    """Write a date in words: 3 de mayo, May 3."""
    moment = datetime.fromtimestamp(at_ms / 1000, ZoneInfo(time_zone))
    return dates.write(moment.date(), "day", language)


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        finalize=_on_one_line,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["day"] = _day
    return made


@pass_context
def _day(context: Context, at_ms: int) -> str:
    """The filter `{{ until | day }}`: 3 de mayo, May 3, in the zone of the value `time_zone`, or UTC."""
    return day_of(at_ms, str(context["language"]), str(context.get("time_zone") or "UTC"))


def _on_one_line(value: object) -> object:
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return _BREAKS.sub(" ", _TURNS.sub("", value)).strip(" ")
