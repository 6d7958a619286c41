"""Spanish and English pages: gettext catalogues read from .po files, dates and numbers as each language writes them.

The catalogues are read at the start and not compiled to .mo, so there is no build step that could be forgotten.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from datetime import date as Date  # noqa: N812 - a class
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_time, format_timedelta, get_day_names
from babel.numbers import format_decimal, format_percent
from flask import Flask, g, has_request_context, request, session

from builder import dates, times
from server import texts
from server.contacts import zones
from server.texts import LANGUAGES
from server.web.state import now_ms

LOCALES = {language: Locale.parse(language) for language in LANGUAGES}
COUNTED = 10_000  # what is more is said to be more
PERCENT = {"es": "\u00a0%", "en": "%"}


def install(app: Flask) -> None:
    """Gives templates `_`, dates, numbers, and the language they speak."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: texts.catalogue(current()).gettext(text),
        lambda one, many, n: texts.catalogue(current()).ngettext(one, many, n),
        newstyle=True,
    )
    app.jinja_env.filters.update(
        by_day=times.by_day,
        percent=percent,
        weekday=weekday,
        hour=hour_of_day,
        day=day,
        date=date,
        moment=moment,
        ago=ago,
        iso=iso,
        number=number,
        counted=counted,
    )
    app.jinja_env.globals.update(language=current, languages=LANGUAGES)


def current() -> str:
    """The language of this page: set by the room (an email's), chosen here, kept with the user, or the browser's."""
    if not has_request_context():
        return LANGUAGES[0]
    if "language" not in g:
        user = g.get("user")
        chosen = session.get("language") or (user["language"] if user else "")
        g.language = chosen if chosen in LANGUAGES else request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]
    return str(g.language)


def speak(language: str) -> None:
    """This page speaks the language of its email, whoever's browser it is."""
    g.language = language if language in LANGUAGES else LANGUAGES[0]


def text(message: str) -> str:
    """A text of a view, in the page's language; templates write `_()`."""
    return texts.text(message, current())


def several(one: str, many: str, number: int) -> str:
    """A text of a view that counts, as `ngettext` of a template; `%(num)s` is the number."""
    return texts.catalogue(current()).ngettext(one, many, number) % {"num": _number(current(), number)}


def percent(share: float) -> str:
    """12 %, 12%; under one in a hundred with a decimal."""
    return _percent(current(), share)


def hour_of_day(hour: int) -> str:
    return f"{hour:02d}:00"


def weekday(day: int) -> str:
    """lun, Mon: 0 is Monday."""
    return str(get_day_names("abbreviated", locale=LOCALES[current()])[day])


def day(at_ms: int) -> str:
    """3 de mayo, May 3; with the year when it is not this one's."""
    found = datetime.fromtimestamp(at_ms / 1000, UTC).date()
    this_year = found.year == datetime.fromtimestamp(now_ms() / 1000, UTC).year
    return dates.write(found, "day" if this_year else "day_and_year", current())


def date(day: str) -> str:
    """A day of a calendar, kept as 2026-11-30: lun, 30 nov; Mon, Nov 30."""
    return dates.write(Date.fromisoformat(day), "short_weekday_and_day", current())


def moment(at_ms: int) -> str:
    """Date and time where the reader is; of who never said where that is, UTC, and it says so."""
    user, locale = g.get("user") if has_request_context() else None, LOCALES[current()]
    zone = zones.first(user["time_zone"] if user else "")
    at = datetime.fromtimestamp(at_ms / 1000, zone)
    said = f"{format_date(at, 'medium', locale=locale)}, {format_time(at, 'HH:mm', locale=locale)}"
    return f"{said} UTC" if zone.key == zones.UNSAID else said


def iso(at_ms: int) -> str:
    """For the datetime attribute of <time>."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="seconds")


def ago(at_ms: int) -> str:
    """hace 5 minutos, 5 minutes ago; or in the other direction for what is to come."""
    difference = timedelta(milliseconds=at_ms - now_ms())
    return format_timedelta(difference, add_direction=True, locale=LOCALES[current()])


def number(value: float) -> str:
    return _number(current(), value)


def counted(people: int) -> str:
    """A count that went no further than it had to: 8,214, or 10,000+."""
    return f"{number(COUNTED)}+" if people > COUNTED else number(people)


# A report writes the same few numbers and days a thousand times, and Babel takes a tenth of a millisecond for each.


@lru_cache(maxsize=4096)
def _number(language: str, value: float) -> str:
    return format_decimal(value, locale=LOCALES[language])


@lru_cache(maxsize=4096)
def _percent(language: str, share: float) -> str:
    return format_percent(
        share, ("#,##0.#" if 0 < share < 0.1 else "#,##0") + PERCENT[language], locale=LOCALES[language]
    )
