"""Initials for any name that people have, and always the same tone for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.web import avatars

NAMES = {
    "Ana María Díaz": "AD",
    "Grace": "G",
    "íñigo ñáñez": "ÍÑ",
    "ana.diaz@example.com": "A",
    "Ana (ventas)": "A",
    "王 小明": "王小",
    "": "",
    "   ": "",
    "- -": "",
}


@pytest.mark.parametrize(("name", "letters"), NAMES.items())
def test_initials(name: str, letters: str) -> None:
    assert avatars.initials(name) == letters


@given(st.text(max_size=60))
def test_any_name_has_few_letters_and_one_tone(name: str) -> None:
    assert len(avatars.initials(name)) <= 6, "a letter such as ß becomes two, ﬃ three"
    assert avatars.tone(name) == avatars.tone(name) < avatars.TONES
