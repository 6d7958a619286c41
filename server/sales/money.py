"""Reads and writes amounts of money as whole numbers of the currency's minor unit, such as cents (ISO 4217)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from babel.core import get_global
from babel.numbers import format_currency, get_currency_precision

CURRENCIES = frozenset(get_global("all_currencies"))
MOST = 10**15  # minor units; a larger amount is a typing error
LOCALES = {"es": "es_CO", "en": "en"}
DECIMAL_SIGN = {"es": ",", "en": "."}
_SIGNS = re.compile(r"[\s\u00a0\u202f$€£'’]|(?<![A-Z])[A-Z]{2,3}(?![A-Z])")
_NUMBER = re.compile(r"(\d{1,3}(?:([.,])\d{3})(?:\2\d{3})*|\d+)(?:([.,])(\d+))?", re.ASCII)


class BadAmount(ValueError):
    """A text that is no amount of the currency."""


@lru_cache(maxsize=256)
def digits(currency: str) -> int:
    """Return the number of decimals that the currency has: 2 for COP and EUR, 0 for JPY and CLP."""
    return get_currency_precision(currency)


def read(typed: str, currency: str, language: str) -> int:
    """Return the minor units of an amount as people type it: `12.000.000`, `12,000,000.50`, `$ 1200`; 0 for an empty text.

    A single separator before three digits groups thousands. Raises BadAmount.
    """
    plain = _SIGNS.sub("", typed.strip().upper())
    if not plain:
        return 0
    found, places = _NUMBER.fullmatch(plain), digits(currency)
    if not found:
        raise BadAmount(typed)
    whole, grouping, sign, decimals = found.groups()
    if grouping and not sign and whole.count(grouping) == 1 and places == 3 and grouping == DECIMAL_SIGN[language]:
        whole, _, decimals = whole.partition(grouping)
        grouping = None
    if (sign and sign == grouping) or len(decimals or "") > places:
        raise BadAmount(typed)
    amount = int(re.sub("[.,]", "", whole) + (decimals or "").ljust(places, "0"))
    if amount > MOST:
        raise BadAmount(typed)
    return amount


def write(amount: int, currency: str, language: str) -> str:
    """Write an amount for readers: `$ 12.000.000`; with decimals if there are any."""
    return str(
        format_currency(
            decimal(amount, currency), currency, _pattern(amount, currency), LOCALES[language], currency_digits=False
        )
    )


def plain(amount: int, currency: str, language: str) -> str:
    """Write an amount without its currency, for a field of a form; '' for none."""
    if not amount:
        return ""
    number = _pattern(amount, currency).removeprefix("¤\u00a0")
    return str(format_currency(decimal(amount, currency), currency, number, LOCALES[language], currency_digits=False))


def decimal(amount: int, currency: str) -> Decimal:
    """Return the amount in the currency's main unit."""
    return Decimal(amount).scaleb(-digits(currency))


def _pattern(amount: int, currency: str) -> str:
    places = digits(currency)
    whole = amount % 10**places == 0 and places != 3
    return "¤\u00a0#,##0" + ("" if whole or not places else "." + "0" * places)
