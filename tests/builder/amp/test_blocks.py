"""Every block in every combination of attributes worth having, and with the worst of content."""

import re
from itertools import product

import pytest

from builder.blocks import DECLARATIONS
from builder.formats.amp import audit
from builder.formats.amp.blocks import RENDERERS
from tests.builder.amp.conftest import Validate
from tests.builder.amp.documents import SAMPLE, column, filled

OPTIONS = (
    '<ac-option value="a">Uno</ac-option><ac-option value="b-2">Dos</ac-option><ac-option value="c">Tres</ac-option>'
)
PARTS = (
    '<ac-option value="a" title="Uno"><p>Con <b>html</b> <img src="https://example.com/a.png" width="10" height="10" alt=""></p>'
    '</ac-option><ac-option value="b" title="Dos">{% if person.company %}<ul><li>{{ person.company }}</li></ul>{% endif %}</ac-option>'
)
BLOCKS = [  # @ is where more attributes go
    *(f'<ac-rate name="a" question="¿?" scale="{scale}"@ />' for scale in ("nps", "stars", "faces", "ces")),
    *(f'<ac-rate name="a" question="¿?" scale="{scale}" low="Mal" high="Bien"@ />' for scale in ("nps", "stars")),
    *(f'<ac-choose name="a" question="¿?" pick="{pick}"@>{OPTIONS}</ac-choose>' for pick in ("one", "many")),
    '<ac-confirm name="a" question="¿?"@ />',
    f'<ac-confirm name="a" question="¿?"@>{OPTIONS}</ac-confirm>',
    '<ac-book name="a" question="¿?" slots="data.slots"@ />',
    f'<ac-book name="a" question="¿?" slots="data.none"@>{OPTIONS}</ac-book>',
    '<ac-answer name="a" question="¿?"@ />',
    '<ac-answer name="a" question="¿?" limit="40" placeholder="Como \'así\' &amp; &quot;así&quot;"@ />',
    f'<ac-explore name="a" question="¿?"@>{PARTS}</ac-explore>',
]
LOOKS = ("", ' align="center" accent="#fff" color="#000" font-family="Georgia, &quot;x;}&quot;" padding="0"')
HOSTILE = {
    "markup": "</form></template><script>x()</script> <b a=\"1\" b='2'>",
    "mustache": "{{#message}} {{{x}}} {{",
    "jinja": "{% if x %} {{ y }} {# z #}",
    "long": "w" * 400,
    "right to left": "مرحبا بالعالم \u202e desc",
    "emoji": "👩‍👩‍👧‍👦 ❤️ 🏳️‍🌈\u00ad\u200b",
    "quotes": "\"'`“”«» & &amp; \\ \n\t\x00",
}


@pytest.mark.parametrize(
    ("block", "look", "language", "asked"), list(product(BLOCKS, LOOKS, ("es", "en"), (True, False)))
)
def test_a_block_is_valid(validate: Validate, block: str, look: str, language: str, asked: bool) -> None:
    document = filled(column(block.replace("@", look + ' when="known.x is defined"')), language, every=asked)
    assert validate(document) == []
    assert audit.faults(document) == ()
    assert ("action-xhr" in document) == asked


def test_every_block_has_an_amp_renderer() -> None:
    assert set(RENDERERS) == {declaration.kind for declaration in DECLARATIONS.values()}
    assert set(RENDERERS) == {found[1] for block in BLOCKS if (found := re.match(r"<ac-([a-z]+)", block))}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_a_person_with_any_name_gets_a_valid_block(validate: Validate, block: str, hostile: str) -> None:
    asking = plain(block).replace('"¿?"', '"¿{{ person.first_name }}?"').replace("Uno", "{{ person.first_name }}")
    slots = [{"start": "2026-12-03T10:00-05:00", "label": hostile}]
    sample = {"person": {"first_name": hostile, "company": hostile}, "data": {**SAMPLE["data"], "slots": slots}}
    document = filled(column(asking), sample=sample)
    assert validate(document) == []
    assert audit.faults(document) == ()


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_nothing_of_the_person_stands_in_a_mustache_template(block: str) -> None:
    asking = plain(block).replace('"¿?"', '"¿{{ person.first_name }}?"').replace("Uno", "{{ person.first_name }}")
    slots = [{"start": "2026-12-03T10:00-05:00", "label": "Zacarías"}]
    sample = {"person": {"first_name": "Zacarías", "company": "Zacarías"}, "data": {**SAMPLE["data"], "slots": slots}}
    document = filled(column(asking), sample=sample)
    templates = re.findall(r"<template.*?</template>", document, re.DOTALL)
    assert "Zacarías" in document
    assert templates
    assert not [template for template in templates if "Zacar" in template]


def test_an_answer_is_posted_as_choice_to_the_address_of_its_block() -> None:
    document = filled(column('<ac-rate name="a" question="¿?" scale="nps" /><ac-answer name="b" question="¿?" />'))
    forms = re.findall(
        r'<form [^>]*id="acto-(\w+)"[^>]*method="post" action-xhr="(https://acto.example/amp/[^"]+)".*?</form>',
        document,
    )
    assert [name for name, _ in forms] == ["a", "b"]
    assert len({address for _, address in forms}) == 2
    assert re.findall(r'type="radio" name="choice" value="(\d+)" on="change:acto-a.submit"', document) == [
        *map(str, range(11))
    ]
    assert re.search(r'<textarea[^>]* name="choice"[^>]* maxlength="500"', document)


def test_several_choices_and_words_wait_for_their_button() -> None:
    many = filled(column(f'<ac-choose name="a" question="¿?" pick="many">{OPTIONS}</ac-choose>'))
    assert "change:acto-a.submit" not in many
    assert many.count('type="checkbox" name="choice"') == 3
    assert many.count('type="submit"') == 1


def test_what_the_server_says_is_shown_in_every_state() -> None:
    document = filled(column('<ac-confirm name="a" question="¿?" />'))
    assert "Guardando…" in document
    assert "submit-success><template" in document
    assert "{{message}}" in document
    assert "{{^message}}{{^error}}No se pudo guardar. Inténtalo otra vez.{{/error}}{{/message}}" in document
    assert re.search(
        r'<amp-list[^>]* single-item items="." src="https://acto.example/s/[^"]+"><template[^>]*><p[^>]*>{{note}}',
        document,
    )


def test_each_part_of_an_explorer_is_posted_when_it_opens() -> None:
    document = filled(column(plain(BLOCKS[-1])))
    for value in "ab":
        assert f'on="expand:acto-a-{value}.submit"' in document
        assert re.search(rf'id="acto-a-{value}"[^>]*><input type="hidden" name="choice" value="{value}">', document)


def test_times_are_asked_for_when_the_email_is_opened_and_stand_as_sent_until_then() -> None:
    document = filled(
        column('<ac-book name="a" question="¿?" slots="data.slots"><ac-option value="no">Ninguna</ac-option></ac-book>')
    )
    live = re.search(
        r'<amp-list layout="fixed-height" height="(\d+)"[^>]* items="options".*?</amp-list>', document, re.DOTALL
    )
    assert live
    assert int(live[1]) >= 3 * 56
    fallback = live[0].partition("<div fallback>")[2]
    assert re.findall(r'value="([^"]+)"', fallback) == ["20261203t1500z", "20261203t1600z", "no"]


def plain(block: str) -> str:
    return block.replace("@", "")
