"""Formats numbers, money, dates and times in the reader's language: the filters `number`, `money`, `date` and `time`, with Babel.

Each prints None as nothing and raises ValueError for a value that it cannot read, which stops the message.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from babel import dates, numbers
from jinja2 import pass_context
from jinja2.runtime import Context, Undefined

LANGUAGE = "acto language"  # the key in a context without a message; its space keeps templates from naming it
DEFAULT = "es"
MOST = Decimal(10) ** 15  # a larger number in a mail is taken for a mistake
MAX_DECIMALS = 10
LENGTHS = ("short", "medium", "long", "full")


@pass_context
def number(context: Context, value: Any, decimals: int | None = None) -> str:
    """Format a number: `{{ 1234567.5 | number }}` gives 1.234.567,5 or 1,234,567.5; `number(2)` writes two decimals."""
    if _is_nothing(value):
        return ""
    if decimals is not None and not 0 <= decimals <= MAX_DECIMALS:
        raise ValueError(f"number writes 0 to {MAX_DECIMALS} decimals")
    pattern = None if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(numbers.format_decimal(_number(value, "number"), format=pattern, locale=language(context)))


@pass_context
def money(context: Context, value: Any, currency: str) -> str:
    """Format an amount: `{{ 1234.5 | money("EUR") }}` gives 1.234,50 € or €1,234.50. The currency is a code of ISO 4217."""
    if _is_nothing(value):
        return ""
    if not (isinstance(currency, str) and len(currency) == 3 and currency.isascii() and currency.isupper()):
        raise ValueError(f'money takes a currency of three letters, as in money("EUR"), and not {str(currency)[:20]!r}')
    return str(numbers.format_currency(_number(value, "money"), currency, locale=language(context)))


@pass_context
def day(context: Context, value: Any, length: str = "long") -> str:
    """Format a date: `{{ "2026-12-03" | date }}` gives 3 de diciembre de 2026 or December 3, 2026. Lengths: short, medium, long, full."""
    if _is_nothing(value):
        return ""
    return str(dates.format_date(_moment(value, "date", date), _length(length, "date"), locale=language(context)))


@pass_context
def clock(context: Context, value: Any, length: str = "short") -> str:
    """Format a time in its own offset: `{{ "2026-12-03T10:00-05:00" | time }}` gives 10:00 or 10:00 AM."""
    if _is_nothing(value):
        return ""
    written = str(dates.format_time(_moment(value, "time", time), _length(length, "time"), locale=language(context)))
    return written.replace("\u202f", "\u00a0")  # some mail clients have no glyph for the narrow space


FILTERS: Mapping[str, Callable[..., str]] = {"number": number, "money": money, "date": day, "time": clock}


def language(context: Context) -> str:
    """Return the language of the message or page that is being written."""
    acto = context.get("acto")
    return str((acto.get("language") if isinstance(acto, Mapping) else "") or context.get(LANGUAGE) or DEFAULT)


def _is_nothing(value: Any) -> bool:
    if isinstance(value, Undefined):
        str(value)  # raises, because a missing value stops the message everywhere
    return value is None or isinstance(value, Undefined) or value == ""


def _number(value: Any, name: str) -> Decimal:
    try:
        found = (
            Decimal(str(value))
            if isinstance(value, int | float | Decimal | str) and not isinstance(value, bool)
            else None
        )
    except InvalidOperation:
        found = None
    if found is None or not found.is_finite() or abs(found) >= MOST:
        raise ValueError(f"{name} takes a number, and not {str(value)[:40]!r}")
    return found


def _moment(value: Any, name: str, kind: type[date] | type[time]) -> Any:
    """Read a date or time in ISO 8601; `kind` is the type that the filter needs."""
    if isinstance(value, date | kind):
        return value
    text = str(value).strip()
    for read in (datetime.fromisoformat, kind.fromisoformat):
        try:
            found = read(text)
        except ValueError:
            continue
        return found.timetz() if kind is time and isinstance(found, datetime) else found
    raise ValueError(f"{name} takes a date as in 2026-12-03 or 2026-12-03T10:00-05:00, and not {text[:40]!r}")


def _length(length: str, name: str) -> Any:
    if length not in LENGTHS:
        raise ValueError(f"{name} takes {', '.join(LENGTHS)}, and not {str(length)[:20]!r}")
    return length
