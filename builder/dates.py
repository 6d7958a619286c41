"""Writes dates in each language: one table of patterns (Unicode TR35), formatted by Babel."""

from datetime import date
from functools import lru_cache

from babel.dates import format_date

from builder.source import LANGUAGES

ENGLISH = "en"
PATTERNS = {
    "day": {"es": "d 'de' MMMM", "en": "MMMM d"},
    "day_and_year": {"es": "d 'de' MMMM 'de' y", "en": "MMMM d, y"},
    "weekday": {"es": "EEEE", "en": "EEEE"},
    "weekday_and_day": {"es": "EEEE d 'de' MMMM", "en": "EEEE, MMMM d"},
    "short_weekday_and_day": {"es": "EEE d MMM", "en": "EEE, MMM d"},
}


@lru_cache(maxsize=4096)  # cached, because a page or a mail repeats the same few days and Babel is slow
def write(day: date, pattern: str, language: str) -> str:
    """Write `day` by a row of PATTERNS: 3 de mayo, May 3. A language without patterns is written in English."""
    spoken = language if language in LANGUAGES else ENGLISH
    return format_date(day, PATTERNS[pattern][spoken], locale=spoken)
