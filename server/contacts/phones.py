"""Reads and writes telephone numbers. The only module that imports phonenumbers."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

LONGEST = 40  # characters of a typed number
_BETWEEN = str.maketrans("", "", " -.()")  # signs between digits


class BadNumber(ValueError):
    """A text that is no telephone number of the country; `typed` is the text."""

    def __init__(self, typed: str) -> None:
        super().__init__(f"{typed!r} is not a telephone number")
        self.typed = typed


@lru_cache(maxsize=4096)
def e164(typed: str, country: str) -> str:
    """Return a typed number in E.164, such as +573001234567; '' for an empty text. Raises BadNumber.

    `country` (ISO 3166-1) completes a number that was written without its country's prefix.
    """
    if not typed.strip():
        return ""
    if usual := _mobile(typed, country):
        return usual
    return _parsed(typed, country)


def _parsed(typed: str, country: str) -> str:
    try:
        number = phonenumbers.parse(typed[: LONGEST + 1], country or None)
    except NumberParseException as error:
        raise BadNumber(typed) from error
    if len(typed) > LONGEST or number.extension or not phonenumbers.is_valid_number(number):
        raise BadNumber(typed)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _mobile(typed: str, country: str) -> str:
    """Return a mobile number of the country, written without its prefix; '' for any other text, which the parser reads.

    The parser takes ten times as long, and most numbers of a list are such numbers.
    """
    digits, rules = typed.translate(_BETWEEN), _rules(country)
    if rules is None or not (digits.isascii() and digits.isdecimal()) or len(typed) > LONGEST:
        return ""
    code, mobile, trunk = rules
    return f"+{code}{digits}" if mobile.fullmatch(digits) and not trunk.match(digits) else ""


@lru_cache(maxsize=256)
def _rules(country: str) -> tuple[int | None, re.Pattern[str], re.Pattern[str]] | None:
    """Return the country's code, the form of its mobile numbers, and that of the digits that are dialled before a number."""
    found = phonenumbers.PhoneMetadata.metadata_for_region(country) if country else None
    if found is None or found.mobile is None or not found.mobile.national_number_pattern:
        return None
    form = re.compile(found.mobile.national_number_pattern)
    return found.country_code, form, re.compile(found.national_prefix_for_parsing or "0")


def written(number: str) -> str:
    """Write a stored number for readers: +57 300 1234567."""
    try:
        return phonenumbers.format_number(phonenumbers.parse(number), PhoneNumberFormat.INTERNATIONAL)
    except NumberParseException:
        return number


def whatsapp_url(number: str) -> str:
    """Return the link that opens a chat with a stored number."""
    return f"https://wa.me/{number.removeprefix('+')}"


@lru_cache(maxsize=4096)
def chat(phone: str, whatsapp: str) -> str:
    """Return the number to chat with: that of WhatsApp, else the telephone number if it is a mobile one; '' for none."""
    if whatsapp or not phone:
        return whatsapp
    try:
        kind = phonenumbers.number_type(phonenumbers.parse(phone))
    except NumberParseException:
        return ""
    mobile = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
    return phone if kind in mobile else ""
