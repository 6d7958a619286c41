"""Reads and writes telephone numbers. The only module that imports phonenumbers."""

from __future__ import annotations

from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

LONGEST = 40  # characters of a typed number


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
    try:
        number = phonenumbers.parse(typed[: LONGEST + 1], country or None)
    except NumberParseException as error:
        raise BadNumber(typed) from error
    if len(typed) > LONGEST or number.extension or not phonenumbers.is_valid_number(number):
        raise BadNumber(typed)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def written(number: str) -> str:
    """Write a stored number for readers: +57 300 1234567."""
    try:
        return phonenumbers.format_number(phonenumbers.parse(number), PhoneNumberFormat.INTERNATIONAL)
    except NumberParseException:
        return number


def whatsapp_url(number: str) -> str:
    """Return the link that opens a chat with a stored number."""
    return f"https://wa.me/{number.removeprefix('+')}"
