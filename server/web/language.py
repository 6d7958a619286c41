"""Spanish and English pages: gettext catalogues read from .po files, dates and numbers as each language writes them.

The catalogues are read at the start and not compiled to .mo, so there is no build step that could be forgotten.
"""

from __future__ import annotations

from datetime import UTC, datetime
from datetime import date as Date  # noqa: N812 - a class
from functools import lru_cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

from babel.dates import format_date, format_datetime, format_timedelta, get_day_names
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from babel.support import Translations
from flask import Flask, g, has_request_context, request, session

LANGUAGES = ("es", "en")  # the first is the default
CATALOGUES = Path(__file__).parent / "translations"


def install(app: Flask) -> None:
    """Gives templates `_`, dates, numbers, and the language they speak."""
    catalogues = {language: _catalogue(language) for language in LANGUAGES}
    app.extensions["acto.catalogues"] = catalogues
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: catalogues[current()].gettext(text),
        lambda one, many, n: catalogues[current()].ngettext(one, many, n),
        newstyle=True,
    )
    app.jinja_env.filters.update(
        percent=percent,
        weekday=weekday,
        hour=hour_of_day,
        day=day,
        date=date,
        moment=moment,
        ago=ago,
        iso=iso,
        number=number,
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
    from flask import current_app

    catalogue: NullTranslations = current_app.extensions["acto.catalogues"][current()]
    return catalogue.gettext(message)


def several(one: str, many: str, number: int) -> str:
    """A text of a view that counts, as `ngettext` of a template; `%(num)s` is the number."""
    from flask import current_app

    catalogue: NullTranslations = current_app.extensions["acto.catalogues"][current()]
    return catalogue.ngettext(one, many, number) % {"num": format_decimal(number, locale=current())}


def percent(share: float) -> str:
    """12 %, 12%; under one in a hundred with a decimal."""
    return format_percent(share, "#,##0.#%" if 0 < share < 0.1 else "#,##0%", locale=current())


def hour_of_day(hour: int) -> str:
    return f"{hour:02d}:00"


def weekday(day: int) -> str:
    """lun, Mon: 0 is Monday."""
    return str(get_day_names("abbreviated", locale=current())[day])


def day(at_ms: int) -> str:
    """3 de mayo, May 3; with the year when it is not this one's."""
    moment = datetime.fromtimestamp(at_ms / 1000, UTC)
    same_year = moment.year == datetime.now(UTC).year
    patterns = {"es": "d 'de' MMMM", "en": "MMMM d"} if same_year else {"es": "d 'de' MMMM 'de' y", "en": "MMMM d, y"}
    return format_date(moment, patterns[current()], locale=current())


def date(day: str) -> str:
    """A day of a calendar, kept as 2026-11-30: lun, 30 nov; Mon, Nov 30."""
    patterns = {"es": "EEE d MMM", "en": "EEE, MMM d"}
    return format_date(Date.fromisoformat(day), patterns[current()], locale=current())


def moment(at_ms: int) -> str:
    """Date and time, UTC."""
    return format_datetime(datetime.fromtimestamp(at_ms / 1000, UTC), "medium", locale=current())


def iso(at_ms: int) -> str:
    """For the datetime attribute of <time>."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="seconds")


def ago(at_ms: int) -> str:
    """hace 5 minutos, 5 minutes ago; or in the other direction for what is to come."""
    difference = datetime.fromtimestamp(at_ms / 1000, UTC) - datetime.now(UTC)
    return format_timedelta(difference, add_direction=True, locale=current())


def number(value: float) -> str:
    return format_decimal(value, locale=current())


@lru_cache
def _catalogue(language: str) -> NullTranslations:
    path = CATALOGUES / f"{language}.po"
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)
