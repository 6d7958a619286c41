"""Chooses the language of a page, Spanish or English, and formats its texts, dates and numbers.

Reads the gettext catalogues from .po files at the start, without compiling them to .mo, so that no build step can be forgotten.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from datetime import date as Date  # noqa: N812 - a class
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, format_timedelta, get_day_names
from babel.numbers import format_decimal, format_percent
from flask import Flask, g, has_request_context, request, session

from builder import dates, times
from server import texts
from server.contacts import zones
from server.texts import LANGUAGES
from server.web import viewer
from server.web.state import now_ms

LOCALES = {language: Locale.parse(language) for language in LANGUAGES}
COUNTED = 10_000  # larger counts are shown as “10,000+”
PERCENT = {"es": "\u00a0%", "en": "%"}


def install(app: Flask) -> None:
    """Give templates `_`, the filters for dates and numbers, and the page's language."""
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
        clock=clock,
        ago=ago,
        iso=iso,
        number=number,
        counted=counted,
        duration=duration,
    )
    app.jinja_env.globals.update(language=current, languages=LANGUAGES)


def current() -> str:
    """Return the language of this page: the one set by `speak`, else of the session, the user or the browser, in this order."""
    if not has_request_context():
        return LANGUAGES[0]
    if "language" not in g:
        user = g.get("user")
        chosen = session.get("language") or (user["language"] if user else "")
        g.language = chosen if chosen in LANGUAGES else request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]
    return str(g.language)


def speak(language: str) -> None:
    """Set the language of this page to that of its email, whatever the browser prefers."""
    g.language = language if language in LANGUAGES else LANGUAGES[0]


def text(message: str) -> str:
    """Translate a text of a view into the page's language; templates use `_()`."""
    return texts.text(message, current())


def several(one: str, many: str, number: int, **values: str) -> str:
    """Translate a text with a count, as `ngettext` in a template; `%(num)s` is the number."""
    return texts.catalogue(current()).ngettext(one, many, number) % {"num": _number(current(), number), **values}


def percent(share: float) -> str:
    """Write a share (0 to 1) as “12 %” or “12%”, with one decimal below ten per cent."""
    return _percent(current(), share)


def hour_of_day(hour: int) -> str:
    """Write an hour of the day as “09:00”."""
    return f"{hour:02d}:00"


def weekday(day: int) -> str:
    """Write a day of the week, 0 for Monday, as “lun” or “Mon”."""
    return str(get_day_names("abbreviated", locale=LOCALES[current()])[day])


def day(at_ms: int) -> str:
    """Write a moment's date as “3 de mayo” or “May 3”, with the year unless it is the current one."""
    found = datetime.fromtimestamp(at_ms / 1000, UTC).date()
    this_year = found.year == datetime.fromtimestamp(now_ms() / 1000, UTC).year
    return dates.write(found, "day" if this_year else "day_and_year", current())


def date(day: str) -> str:
    """Write an ISO date such as 2026-11-30 as “lun, 30 nov” or “Mon, Nov 30”."""
    return dates.write(Date.fromisoformat(day), "short_weekday_and_day", current())


def moment(at_ms: int) -> str:
    """Write date and time in the user's time zone, else in that of the settings; UTC is marked as such."""
    zone, locale = _zone(), LOCALES[current()]
    at = datetime.fromtimestamp(at_ms / 1000, zone)
    said = f"{format_date(at, 'medium', locale=locale)}, {format_time(at, 'HH:mm', locale=locale)}"
    return f"{said} UTC" if zone.key == zones.UNSAID else said


def clock(at_ms: int) -> str:
    """Write a time of today as 15:04 where the reader is; with the date on another day."""
    zone = _zone()
    at, today = (datetime.fromtimestamp(each / 1000, zone) for each in (at_ms, now_ms()))
    return format_time(at, "HH:mm", locale=LOCALES[current()]) if at.date() == today.date() else moment(at_ms)


def _zone() -> ZoneInfo:
    return viewer.zone() if has_request_context() and g.get("user") else zones.of(zones.UNSAID)


def iso(at_ms: int) -> str:
    """Write a moment as ISO 8601 in UTC, for the datetime attribute of <time>."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="seconds")


def ago(at_ms: int) -> str:
    """Write the distance from now: “hace 5 minutos”, “5 minutes ago”, “in 5 minutes”."""
    difference = timedelta(milliseconds=at_ms - now_ms())
    return format_timedelta(difference, add_direction=True, locale=LOCALES[current()])


def duration(seconds: float) -> str:
    """Write a length of time: “3 minutos”, “2 hours”."""
    return format_timedelta(timedelta(seconds=seconds), locale=LOCALES[current()])


def number(value: float) -> str:
    """Write a number as the page's language does."""
    return _number(current(), value)


def counted(people: int) -> str:
    """Write a number of people, “10,000+” above COUNTED, since counts stop there."""
    return f"{number(COUNTED)}+" if people > COUNTED else number(people)


# Cached, because a report writes the same few numbers a thousand times and Babel is slow at each.


@lru_cache(maxsize=4096)
def _number(language: str, value: float) -> str:
    return format_decimal(value, locale=LOCALES[language])


@lru_cache(maxsize=4096)
def _percent(language: str, share: float) -> str:
    return format_percent(
        share, ("#,##0.#" if 0 < share < 0.1 else "#,##0") + PERCENT[language], locale=LOCALES[language]
    )
