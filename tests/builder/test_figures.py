"""Null prints nothing; numbers, money and dates are written in the language of the message."""

from typing import Any

import pytest

from builder import personalise
from builder.personalise import CannotPersonalise

DATA = {
    "none": None,
    "list": [1, None],
    "total": 1234567.5,
    "text": "1234.5",
    "when": "2026-12-03T10:00-05:00",
    "half": 0.5,
}


def context(language: str = "en") -> dict[str, Any]:
    return {"data": DATA, "acto": {"language": language}}


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("Left with: {{ data.none }}.", "Left with: ."),
        ("{{ data.none | default('-') }}", "-"),
        ("{{ data.none | upper }}{{ data.none | trim }}{{ data.none | title }}", ""),
        ("{{ 'a' ~ data.none ~ 'b' }}{{ data.list | join(',') }}", "ab1,"),
        ("{{ '%s' | format(data.none) }}{{ '%s' % data.none }}{{ '%s%s' % (data.none, 1) }}", "1"),
        ("{{ data.none or 'x' }}{{ data.none if data.none else 'y' }}", "xy"),
        ("{% for each in data.list %}{{ each }};{% endfor %}", "1;;"),
        ("{{ data.get('nothing') }}{{ data.none | money('EUR') }}{{ data.none | date }}", ""),
    ],
)
def test_null_prints_nothing(template: str, said: str) -> None:
    assert personalise.text(template, context()) == said
    assert personalise.html(template, context()) == said
    assert "None" not in personalise.wire(template, context())


@pytest.mark.parametrize(
    "template", ["{{ '%d' | format(data.none) }}", "{{ data.none + 1 }}", "{{ data.none | round(1) }}"]
)
def test_null_stops_where_a_number_is_needed(template: str) -> None:
    with pytest.raises(CannotPersonalise):
        personalise.text(template, context())


@pytest.mark.parametrize(
    ("template", "es", "en"),
    [
        ("{{ data.total | money('EUR') }}", "1.234.567,50 €", "€1,234,567.50"),
        ("{{ data.total | number }}", "1.234.567,5", "1,234,567.5"),
        ("{{ data.text | number(2) }}", "1.234,50", "1,234.50"),
        ("{{ data.total | number(0) }}", "1.234.568", "1,234,568"),
        ("{{ data.when | date }}", "3 de diciembre de 2026", "December 3, 2026"),
        ("{{ '2026-12-03' | date('full') }}", "jueves, 3 de diciembre de 2026", "Thursday, December 3, 2026"),
        ("{{ data.when | time }}", "10:00", "10:00 AM"),
        ("{{ 1500 | money('JPY') }}", "1.500 JPY", "¥1,500"),
    ],
)
def test_figures_are_written_in_the_readers_language(template: str, es: str, en: str) -> None:
    said = [personalise.text(template, context(language)).replace("\u00a0", " ") for language in ("es", "en")]
    assert said == [es, en]


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("{{ '{:,.2f}'.format(data.total) }}", 'money("EUR")'),
        ("{{ '{}'.format_map(data) }}", "str.format is not available"),
        ("{{ 'abc' | money('EUR') }}", "money takes a number"),
        ("{{ data.total | money('euro') }}", "a currency of three letters"),
        ("{{ data.total | number(99) }}", "0 to 10 decimals"),
        ("{{ 'soon' | date }}", "date takes a date"),
        ("{{ data.when | date('longer') }}", "short, medium, long, full"),
        ("{{ 1e300 | number }}", "number takes a number"),
        ("{{ data.missing | money('EUR') }}", "missing"),
    ],
)
def test_what_cannot_be_written_stops_and_says_what_would_be_right(template: str, why: str) -> None:
    with pytest.raises(CannotPersonalise) as caught:
        personalise.text(template, context())
    assert why in str(caught.value)
