"""The reader of small forms, against the library's."""

from __future__ import annotations

import io
from urllib.parse import parse_qs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from server.web import forms

PIECES = st.sampled_from(["&", "=", "%", "+", "choice", "9", "%41", "%C3%B1", "ñ", ";", " ", "%zz", "%FF", "\n", "%26"])


def read(body: bytes) -> forms.Fields:
    return forms.urlencoded({"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))})


@given(st.lists(PIECES, max_size=20).map("".join))
@example("choice=9&nonce=a%2Bb&gesture=&choice=10")
def test_it_reads_what_the_library_reads(body: str) -> None:
    assert read(body.encode()) == parse_qs(body, keep_blank_values=True)


@pytest.mark.parametrize("body", [b"choice=\xff", b"&".join([b"a=1"] * (forms.FIELDS_MAX + 1))])
def test_what_no_form_of_ours_sends_has_no_fields(body: bytes) -> None:
    assert read(body) == {}
