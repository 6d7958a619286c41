"""Times as data and as people say them. A time without its offset is none: nobody knows when it is."""

from datetime import UTC, datetime
from typing import Any

DAYS = {
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_SPANISH = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
_ENGLISH = "January February March April May June July August September October November December"
MONTHS = {"es": tuple(_SPANISH.split()), "en": tuple(_ENGLISH.split())}
SHAPES = {"es": "{day} {date} de {month}, {time} ({zone})", "en": "{day} {date} {month}, {time} ({zone})"}


def read(value: Any) -> datetime | None:
    """A time in ISO 8601 with its offset, as in `2026-12-03T10:00-05:00`; None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
        return moment if moment.tzinfo and moment.astimezone(UTC) else None
    except (ValueError, OverflowError):
        return None


def milliseconds(moment: datetime) -> int:
    """Milliseconds UTC since 1970."""
    return int(moment.timestamp() * 1000)


def said(moment: datetime, language: str, place: str = "") -> str:
    """`jueves 3 de diciembre, 10:00 (UTC−5)`: in the offset it was given in, which stands with it; or whose time it is."""
    spoken = language if language in SHAPES else "en"
    return SHAPES[spoken].format(
        day=DAYS[spoken][moment.weekday()],
        date=moment.day,
        month=MONTHS[spoken][moment.month - 1],
        time=f"{moment:%H:%M}",
        zone=place or zone(moment),
    )


def zone(moment: datetime) -> str:
    """`UTC−5`, `UTC+5:30`, `UTC`."""
    offset = moment.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}{f':{rest:02d}' if rest else ''}"
