"""The words of questions for everybody: fallbacks where the template has them, an ellipsis elsewhere, never a person's data."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder import emails, impersonal
from builder.blocks import Block
from builder.emails import CompiledEmail
from tests.builder.starters import NAMES, source

WORDS = {
    "{{ person.first_name }}, how was it?": "…, how was it?",
    "How many work at {{ person.company or 'your company' }}?": "How many work at your company?",
    "How many work at {% if person.company %}{{ person.company }}{% else %}your company{% endif %}?": (
        "How many work at your company?"
    ),
    "Is {{ person.fields.size | default('small', true) }} right?": "Is small right?",
    "For {{ data.order.total | money('EUR') }}?": "For …?",
    "Did {{ data.nothing.there }} come?": "Did … come?",
    "Plain": "Plain",
}


def compiled() -> CompiledEmail:
    return emails.compile(source("lead-prequalification"), "en")


def asking(words: str) -> Block:
    email = compiled()
    name, block = next(iter(email.blocks.items()))
    changed = replace(email, blocks={name: replace(block, question=words)})
    return impersonal.questions(changed)[name]


@pytest.mark.parametrize(("words", "plain"), WORDS.items())
def test_words_of_a_person_become_a_fallback_or_an_ellipsis(words: str, plain: str) -> None:
    assert asking(words).question == plain


@pytest.mark.parametrize("name", NAMES)
def test_no_starter_shows_a_template_or_its_sample(name: str) -> None:
    email = source(name)
    company = str(email.sample.get("person", {}).get("company") or "\0")
    for language in email.languages:
        for block in impersonal.questions(emails.compile(email, language)).values():
            said = [block.question, *(option.label for option in block.options)]
            assert not any("{" in each or company in each for each in said)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="{}% abperson.first_name|'\"()if else", max_size=40))
def test_any_text_gives_words_on_one_line(words: str) -> None:
    assert "\n" not in asking(words).question
