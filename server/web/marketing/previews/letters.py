"""Reads the formats that are not HTML for the preview: the mails that mailto links open, and the event of an invitation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from urllib.parse import parse_qs, urlsplit

_LINK = re.compile(r'href="(mailto:r\+[^"]+)"')
_ESCAPE = re.compile(r"\\([\\,;nN])")


@dataclass(frozen=True)
class Letter:
    """The mail that a mailto link opens; the person writes above the line and sends it."""

    to: str
    subject: str
    body: str


@dataclass(frozen=True)
class Event:
    """The event of an invitation. `start` and `end` in ms UTC."""

    title: str
    start: int
    end: int
    place: str
    organizer: str

    @property
    def hours(self) -> str:
        """The hours of start and end, UTC."""
        return "–".join(f"{datetime.fromtimestamp(at / 1000, UTC):%H:%M}" for at in (self.start, self.end))


def letters(html: str) -> list[Letter]:
    """Return the mail of each question that can be answered by mail, in order."""
    return [_letter(unescape(link)) for link in dict.fromkeys(_LINK.findall(html))]


def event(invite: str) -> Event | None:
    """Read the event from an iCalendar object that the builder made, whose times are in UTC; None for ''."""
    if not invite:
        return None
    unfolded = invite.replace("\r\n ", "").partition("BEGIN:VALARM")[0]
    said = {found[1]: found[3] for found in re.finditer(r"^([A-Z]+)(;[^:\r\n]*)?:(.*?)\r?$", unfolded, re.MULTILINE)}
    return Event(
        title=_text(said["SUMMARY"]),
        start=_moment(said["DTSTART"]),
        end=_moment(said["DTEND"]),
        place=_text(said.get("LOCATION", "")),
        organizer=said["ORGANIZER"].removeprefix("mailto:"),
    )


def _letter(link: str) -> Letter:
    parts = urlsplit(link)
    asked = parse_qs(parts.query)
    return Letter(parts.path, asked.get("subject", [""])[0], asked.get("body", [""])[0].replace("\r", ""))


def _moment(value: str) -> int:
    return int(datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).timestamp() * 1000)


def _text(value: str) -> str:
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
