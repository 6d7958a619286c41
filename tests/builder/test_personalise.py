"""One person filled into a template that somebody wrote, perhaps somebody with bad intent."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import personalise
from builder.personalise import CannotPersonalise

ANA: dict[str, Any] = {
    "person": {"first_name": "Ana <b> & “Co”", "tags": ["a", "b"]},
    "data": {"total": 1234.5, "items": [{"name": "Taza"}], "note": "línea 1\nlínea 2"},
}


def test_values_are_escaped_in_html_and_not_in_text() -> None:
    assert personalise.html("<p>{{ person.first_name }}</p>", ANA) == "<p>Ana &lt;b&gt; &amp; “Co”</p>"
    assert personalise.text("{{ person.first_name }}", ANA) == "Ana <b> & “Co”"


def test_a_line_is_one_line_whatever_the_data_holds() -> None:
    assert personalise.line(" {{ data.note }}\r\n\x00Bcc: {{ 'x' }}\u2028y ", ANA) == "línea 1 línea 2 Bcc: x y"


def test_joined_emoji_and_no_break_spaces_stay_in_a_line() -> None:
    assert personalise.line("👩‍👩‍👧 10\u00a0€ क्षि", {}) == "👩‍👩‍👧 10\u00a0€ क्षि"


def test_what_the_data_calls_items_is_no_method() -> None:
    assert personalise.text("{% for item in data.items %}{{ item.name }}{% endfor %}", ANA) == "Taza"


LONG = "{{% set x = '" + "{0}" * 10 + "' %}}" + "{{% set x = x ~ x %}}" * 12  # 40,000 times the same
TEN_THOUSAND = "{{% for a in range(100) %}}{{% for b in range(100) %}}{0}{{% endfor %}}{{% endfor %}}"


@pytest.mark.parametrize(
    ("template", "written"),
    [
        ("{% if person.coupon is defined %}x{% endif %}", ""),
        ("{{ person.coupon | default('none') }}", "none"),
        ("{% for tag in person.tags %}{{ tag }}{% if not loop.last %}, {% endif %}{% endfor %}", "a, b"),
        (
            '{{ "%.2f" | format(data.total) }} {{ data.total | round(0) | int }} {{ data.total * 2 }}',
            "1234.50 1234 2469.0",
        ),
        ("{% set who = person.first_name %}{{ who[:3] ~ '!' }}", "Ana!"),
        ("{% raw %}{{ not read }}{% endraw %}{# nor this #}", "{{ not read }}"),
    ],
)
def test_the_small_language_does_what_an_email_needs(template: str, written: str) -> None:
    assert personalise.text(template, ANA) == written


@pytest.mark.parametrize(
    "template", ["{{ person.frist_name }}", "{{ persona }}", "{% if data.x %}{% endif %}", "{{ data.a.b }}"]
)
def test_a_name_that_is_not_there_stops_the_message(template: str) -> None:
    for fill in (personalise.html, personalise.text):
        with pytest.raises(CannotPersonalise):
            fill(template, ANA)


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__ }}",
        "{{ ''['__class__'] }}",
        "{{ person.__class__.__mro__ }}",
        "{{ person['__class__'] }}",
        "{{ (person | attr('__class__')) }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ person.tags.__init__.__globals__ }}",
        "{{ person.get.__self__ }}",
        "{{ '{0.__class__}'.format(person) }}",
        "{{ '{:>9}'.format_map(person) }}",
        "{{ self.__init__ }}",
        "{{ lipsum.__globals__ }}",
        "{{ cycler }}",
        "{{ config }}",
        "{{ person.tags.append('c') }}",
        "{{ person.update({'a': 1}) }}",
        "{% include '/etc/hostname' %}",
        "{% import 'os' as os %}",
        "{% extends 'x' %}",
        "{% macro f() %}{{ caller }}{% endmacro %}",
        "{% autoescape false %}{{ person.first_name }}{% endautoescape %}",
        "{% block a %}{% endblock %}",
        "{{ x = 1 }}",
    ],
)
def test_there_is_no_way_out_of_the_sandbox(template: str) -> None:
    for fill in (personalise.html, personalise.text):
        with pytest.raises(CannotPersonalise):
            fill(template, ANA)
    assert ANA["person"]["tags"] == ["a", "b"]


@pytest.mark.parametrize(
    "template",
    [
        "{% for a in range(1000) %}{% for b in range(1000) %}{% for c in range(1000) %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in range(1000) %}{% for b in range(1000) %}" + "x" * 1000 + "{% endfor %}{% endfor %}",
        "{% set x = 'aaaaaaaa' %}" + "{% set x = x ~ x %}" * 60 + "{{ x }}",
        "{% set x = 'aaaaaaaa' %}" + "{% set x = x + x %}" * 60 + "{{ x }}",
        "{% set x = ['a'] %}" + "{% set x = [x, x] | join %}" * 60 + "{{ x }}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ 'a' * 10000000000 }}",
        "{{ ['a'] * 10000000000 }}",
        "{{ 'a' | center(10000000000) }}",
        "{{ 'a'.ljust(10000000000) }}",
        "{{ '%10000000000d' % 1 }}",
        "{{ '%*d' % (10000000000, 1) }}",
        "{{ '%10000000000d' | format(1) }}",
        "{{ 1.5 | round(1000000000) }}",
        "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
        "{% for a in [1] %}" * 60 + "{% endfor %}" * 60,
        "{% set x = 99 %}" + "{% set x = x * x %}" * 40 + "{{ x > 1 }}",
        "{% set x = [1] %}" + "{% set x = [x, x] %}" * 40 + "{{ x }}",
        "{% set x = [1] %}" + "{% set x = [x, x] %}" * 18 + "{{ x | tojson(indent=9999) }}",
        LONG.format("a") + "{{ x | replace('a', x) }}",
        LONG.format("a") + "{{ x.join(x) }}",
        LONG.format("a") + "{{ x.translate({97: x}) }}",
        LONG.format("a") + "{{ x | wordwrap(1, wrapstring=x) }}",
        LONG.format("%(a)s") + "{{ x % {'a': x} }}",
        LONG.format("\\n") + "{{ x | indent(9999, blank=true) }}",
        LONG.format("\\t") + "{{ x.expandtabs(9999) }}",
        LONG.format("a ") + TEN_THOUSAND.format("{% if x.count('ab') or x | wordcount %}{% endif %}"),
        LONG.format("A") + TEN_THOUSAND.format("{% if x is upper and 'b' in x %}{% endif %}"),
        LONG.format("a") + TEN_THOUSAND.format("{% if x[::-1] %}{% endif %}"),
    ],
)
def test_a_template_cannot_run_on(template: str) -> None:
    start = time.process_time()
    with pytest.raises(CannotPersonalise):
        personalise.html(template, {})
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("template", "written"),
    [
        ("{{ '%.2f' | format(1250000.5) }} {{ 30000 * 12 }}", "1250000.50 360000"),
        ("{{ '%d' % 1250000 }} {{ none | default(90000, true) }}", "1250000 90000"),
        ("{{ [30000, 50000] | select('gt', 40000) | join(', ') }}", "50000"),
        ("{{ [2, 1] | reverse | list }} {{ {'a': 1}.items() | list }}", "[1, 2] [('a', 1)]"),
    ],
)
def test_prices_are_no_widths_and_what_an_email_needs_is_cheap(template: str, written: str) -> None:
    assert personalise.text(template, {}) == written


def test_two_hundred_products_are_no_burden() -> None:
    """Counted at every turn, each looked up in a list of its own kind."""
    products = [{"name": f"Producto {n}", "price": n * 1000, "kind": "a", "note": "x" * 80} for n in range(200)]
    each = (
        "{% if data.products | length > 3 and p.kind in ['a', 'b'] %}{{ p.name | upper }} {{ p.price * 2 }}{% endif %}"
    )
    template = "{% for p in data.products | sort(attribute='price') %}" + each + "{% endfor %}"
    assert "PRODUCTO 199 398000" in personalise.text(template, {"data": {"products": products}})


def test_a_huge_range_is_a_thousand_steps() -> None:
    assert personalise.text("{{ range(1000000000000) | list | length }}", {}) == "1000"


@given(st.text(), st.text())
def test_no_name_becomes_markup(name: str, note: str) -> None:
    filled = personalise.html("{{ person.name }}|{{ person.note }}", {"person": {"name": name, "note": note}})
    assert not set(filled.replace("&#34;", "").replace("&#39;", "")) & set("<>\"'")


@given(st.text())
def test_a_value_that_looks_like_jinja_is_only_a_value(name: str) -> None:
    assert personalise.text("{{ name }}", {"name": "{{ 7 * 7 }}" + name}) == "{{ 7 * 7 }}" + name
