"""Amounts as people type them, and as pages write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.sales import money

CURRENCIES = ("COP", "USD", "EUR", "CLP", "JPY", "KWD", "MXN")


@given(st.integers(1, money.MOST), st.sampled_from(CURRENCIES), st.sampled_from(["es", "en"]))
def test_an_amount_that_a_form_shows_is_read_as_the_same_amount(amount: int, currency: str, language: str) -> None:
    assert money.read(money.plain(amount, currency, language), currency, language) == amount


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("12.000.000", 1_200_000_000),
        ("12,000,000", 1_200_000_000),
        ("12000000", 1_200_000_000),
        (" $ 12.000.000,50 ", 1_200_000_050),
        ("COP 1,200.5", 120_050),
        ("US$ 1.200", 120_000),
        ("1.200", 120_000),
        ("1200,5", 120_050),
        ("0", 0),
        ("", 0),
    ],
)
def test_an_amount_is_read_with_either_sign_for_decimals(typed: str, cents: int) -> None:
    assert {money.read(typed, "COP", language) for language in ("es", "en")} == {cents}


@pytest.mark.parametrize("typed", ["12 millones", "-5", "1.2.3", "1,200,50", "1.200,555", "9" * 20, "1.200.00", "٣"])
def test_a_text_that_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(money.BadAmount):
        money.read(typed, "COP", "es")


def test_an_amount_is_written_as_its_readers_write_it() -> None:
    assert money.write(1_200_000_000, "COP", "es").replace("\u00a0", " ") == "$ 12.000.000"
    assert money.write(120_050, "COP", "es").replace("\u00a0", " ") == "$ 1.200,50"
    assert money.write(1_200_000_000, "COP", "en").replace("\u00a0", " ") == "COP 12,000,000"
    assert (money.plain(0, "COP", "es"), money.write(500, "CLP", "en").replace("\u00a0", " ")) == ("", "CLP 500")
