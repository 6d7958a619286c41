"""Telephone numbers are stored as the library reads them, and what it cannot read is kept out."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.contacts import phones
from server.contacts.phones import BadNumber

COUNTRIES = sorted(phonenumbers.SUPPORTED_REGIONS)
NO_EXAMPLE = "1234567"
DIGITS = st.text("0123456789", min_size=1, max_size=14)


def mobile(country: str) -> str:
    example = phonenumbers.example_number_for_type(country, phonenumbers.PhoneNumberType.MOBILE)
    return str(phonenumbers.national_significant_number(example)) if example else NO_EXAMPLE


def library(typed: str, country: str) -> str:
    try:
        number = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.format_number(number, 0) if phonenumbers.is_valid_number(number) else ""


@given(
    country=st.sampled_from(COUNTRIES),
    start=st.sampled_from(["", "0", "00", "+", "1", "8"]),
    cut=st.integers(0, 12),
    rest=DIGITS,
    between=st.sampled_from(["", " ", "-", "."]),
)
def test_the_quick_way_says_what_the_library_says(country: str, start: str, cut: int, rest: str, between: str) -> None:
    for typed in (start + mobile(country)[:cut] + between + rest, start + mobile(country), mobile(country) + rest[:1]):
        try:
            assert phones.e164(typed, country) == library(typed, country)
        except BadNumber:
            assert library(typed, country) == "", typed


@pytest.mark.parametrize("country", [each for each in COUNTRIES if mobile(each) != NO_EXAMPLE])
def test_the_usual_mobile_number_of_each_country_is_read(country: str) -> None:
    assert phones.e164(mobile(country), country) == library(mobile(country), country) != ""


@pytest.mark.parametrize("typed", ["12", "no number", "3" * 41, "300 123 4567 ext. 9", "+999 123", "٣٠٠١٢٣٤"])
def test_a_number_that_cannot_be_read_is_kept_out_and_never_guessed(typed: str) -> None:
    with pytest.raises(BadNumber):
        phones.e164(typed, "CO")


def test_a_number_is_written_as_people_write_it_and_opens_a_chat() -> None:
    number = phones.e164("(300) 123-4567", "CO")
    assert (number, phones.written(number)) == ("+573001234567", "+57 300 1234567")
    assert phones.whatsapp_url(number) == "https://wa.me/573001234567"
