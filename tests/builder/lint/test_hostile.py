"""Whatever an author (or somebody who is none) writes: lint answers, soon, and never falls over."""

import json
import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder import lint
from tests.builder.emails import files, whole

SECONDS = 5.0  # of processor time, for the worst there is; an ordinary email takes a tenth
PIECES = [
    *("<mjml>", "</mjml>", "<mj-body>", "</mj-body>", "<mj-section>", "</mj-section>", "<mj-column>", "</mj-column>"),
    *("<mj-text>", "</mj-text>", "<mj-raw>", "</mj-raw>", "<mj-head>", "</mj-head>", "<mj-style>", "</mj-style>"),
    *("<mj-attributes>", "</mj-attributes>", "<mj-all ", "<ac-all ", "<mj-social>", "</mj-social>", "<mj-image ", "/>"),
    *('<ac-rate name="a" question="b"', '<ac-choose name="a" question="b">', "</ac-choose>", "<ac-option ", ">"),
    *('<ac-option value="a">', "</ac-option>", "<ac-confirm ", ' scale="nps"', ' scale="x"', ' interest="9e9"', "<b>"),
    *("{{", "}}", "{%", "%}", "{#", "#}", "{% if x %}", "{% endif %}", "{% for a in b %}", "{% endfor %}", "{% raw %}"),
    *("{{ person.first_name }}", "{{ data }}", "{{ data.order.items[0].name }}", "{% set a = [1] %}", "{{ a | join }}"),
    *("<!--", "-->", "<![CDATA[", "]]>", "<", ">", '"', "'", "=", "&", "&lt;", "&#0;", "\\", "\n", "\t", " ", "\x00"),
    *("\ud800", "\ufffd", "\ue000", "jx00001z", "é", "👩‍👩‍👧", "हिन्दी", "\u202e", 'padding="1"', 'align="left"', "x"),
]
SOUP = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@given(SOUP)
def test_a_body_of_anything_gets_an_answer(soup: str) -> None:
    lint.check("try", whole(soup))


@QUICK
@given(SOUP)
def test_a_column_of_anything_gets_an_answer(soup: str) -> None:
    lint.check("try", files(soup, "marketing"))


@QUICK
@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=200))
def test_any_text_in_any_file_gets_an_answer(toml: str, body: str, sample: str) -> None:
    lint.check("try", {"try/email.toml": toml, "try/body.mjml": body, "try/sample.json": sample})


@QUICK
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=8,
    )
)
def test_any_sample_gets_an_answer(sample: object) -> None:
    inside = "<mj-text>{{ person.first_name }} {{ data.order.items[0].price + 1 }}</mj-text>"
    lint.check("try", files(inside, sample_json=json.dumps(sample)))
    lint.check(
        "try", files(inside, sample_json=json.dumps({"person": {"first_name": sample}, "data": {"order": sample}}))
    )


HOSTILE = {
    "open tags": "<b>" * 64_000,
    "tags that never end": "<a x=' q=\" r='z=\"" * 12_000,
    "attributes that never end": "<mj-text " + "a=" * 80_000,
    "spaces in a tag": "<mj-text " + " " * 160_000,
    "unclosed quotes": "<mj-text a=\"<mj-text a='" * 8_000,
    "less-than signs": "<" * 160_000,
    "closing tags": "</b>" * 40_000,
    "comments": "<!-- x" * 24_000,
    "empty elements": "<br/>" * 20_000,
    "included nothings": '<mj-include path="x"/>' * 8_000,
    "pieces of Jinja": "{{ x }}" * 24_000,
    "Jinja that never closes": "{{ " * 60_000,
    "quotes in Jinja": "{{ '" * 40_000,
    "deep brackets": "{{ " + "(" * 80_000 + " }}",
    "a long chain": "{{ x" + ".a" * 40_000 + " }}",
    "a long sum": "{{ 1" + "+1" * 40_000 + " }}",
    "nested loops": "{% for a in range(1000) %}" * 6 + "x" + "{% endfor %}" * 6,
    "loops deeper than Python": "{% for a in [1] %}" * 60 + "{% endfor %}" * 60,
    "ifs deeper than Python": "{% if 1 %}" * 2000 + "{% endif %}" * 2000,
    "a doubling text": "{% set x = 'aaaaaaaa' %}" + "{% set x = x ~ x %}" * 60,
    "a doubling list": "{% set x = ['a'] %}" + "{% set x = x + x %}" * 60,
    "a huge power": "{{ 10 ** 10 ** 10 }}",
    "a huge width": "{{ 'a' | center(10000000000) }}{{ '%9999999999d' % 1 }}",
    "a huge range": "{{ range(10 ** 12) | list }}",
    "a huge constant": "{{ 9" + "9" * 6000 + " }}",
    "blocks": '<ac-rate name="a" question="b"/>' * 4_800,
    "entities": "&#" * 80_000,
    "styles": "<mj-style>" + "a{b:c;" * 28_000 + "</mj-style>",
    "closed rules": "<mj-raw><style>" + "a,b::c{color:red;width:calc(1px)}" * 5_600 + "</style></mj-raw>",
    "declarations": f"<p style='{'width:min(1px);' * 11_200}'>x</p>",
    "CSS comments": "<mj-style>" + "/* {" * 40_000 + "</mj-style>",
    "selectors": "<mj-style>" + "a " * 80_000 + "{color:red}</mj-style>",
    "a long question": f"<ac-answer name='a' question='{'dinos tu tu ' * 14_000}'/>",
    "selling words": "<mj-text>" + "Aprovecha las rebajas<br/>" * 6_000 + "</mj-text>",
    "words that nearly sell": "por solo $ " * 16_000,
    "links": "<a href='#'>aquí</a>" * 8_000,
    "faint text": "<font color='#ccc'>a</font>" * 6_400,
    "attributes": "<mj-text " + " ".join(f'a{n}="1"' for n in range(16_000)) + "/>",
}


@pytest.mark.parametrize("inside", HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_is_refused_soon(inside: str) -> None:
    for wrapped in (inside, f"<mj-text>{inside}</mj-text>"):
        start = time.process_time()
        assert lint.check("try", files(wrapped))
        assert time.process_time() - start < SECONDS


def test_partials_that_include_each_other_many_times_end() -> None:
    made = files('<mj-include path="p0.mjml" />' * 3)
    made |= {f"try/p{n}.mjml": f'<mj-include path="p{n + 1}.mjml" />' * 40 for n in range(30)}
    assert "too-large" in {problem.rule for problem in lint.check("try", made)}


def test_partials_that_are_deep_together_are_refused() -> None:
    def deep(inside: str) -> str:
        return "<mj-column>" * 60 + inside + "</mj-column>" * 60

    made = files('<mj-include path="p0.mjml" />')
    made |= {f"try/p{n}.mjml": deep(f'<mj-include path="p{n + 1}.mjml" />') for n in range(20)}
    assert "too-deep" in {problem.rule for problem in lint.check("try", made)}


@pytest.mark.parametrize("text", ["[" * 200_000, '{"a":' * 200_000, "9" * 10_000, "a = " + "[" * 200_000])
def test_a_deep_sample_or_settings_file_gets_an_answer(text: str) -> None:
    assert lint.check("try", files("") | {"try/sample.json": text})
    assert lint.check("try", files("") | {"try/email.toml": text})


def test_a_sample_almost_too_deep_to_read_gets_an_answer() -> None:
    """Depths up to where Python itself refuses, since where that is depends on who calls."""
    for depth in range(sys.getrecursionlimit() - 200, sys.getrecursionlimit(), 4):
        sample = '{"data": {"a": ' + "[" * depth + "]" * depth + "}}"
        lint.check("try", files("<mj-text>{{ data.a | length }}</mj-text>", sample_json=sample))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_another_encoding_is_one_finding(encoding: str) -> None:
    made = files("<mj-text>Tu pedido ya salió de nuestro almacén.</mj-text>")
    made["try/body.mjml"] = made["try/body.mjml"].encode(encoding).decode("utf-8", "replace")
    assert [problem.rule for problem in lint.check("try", made)] == ["encoding"]


def test_a_selector_that_looks_like_a_comment_of_jinja_is_told_with_its_cure() -> None:
    made = whole("<mjml><mj-head><mj-style>@media print{#k{color:red}}</mj-style></mj-head><mj-body></mj-body></mjml>")
    assert "write a space between" in lint.check("try", made)[0].fix


def test_a_name_beside_the_person_of_the_sample_is_told() -> None:
    made = files("") | {"try/sample.json": '{"first_name": "Ana", "person": {"first_name": "Ana"}, "data": {}}'}
    assert [problem.message for problem in lint.check("try", made)] == [
        "first_name stands outside person, where nobody reads it."
    ]
