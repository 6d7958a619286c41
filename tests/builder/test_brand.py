"""The brand in templates: written out before MJML is compiled, safe whatever it holds, and part of the version."""

from __future__ import annotations

import html
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import brand, catalog, emails, lint, messages
from builder.lint.sense import SENDER
from builder.problems import errors
from server.sending.preview import everywhere
from tests.builder.emails import whole

COLORS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")
BODY = """<mjml><mj-head>
<mj-attributes><mj-all font-family="{{ brand.font }}" /><ac-all accent="{{ brand.color }}" /></mj-attributes>
<mj-style>.badge { border-color: {{ brand.link }}; }
@media (prefers-color-scheme: dark) { .badge { color: {{brand.bright}} !important; } }</mj-style>
</mj-head><mj-body>
{% if brand.logo.url %}<mj-section><mj-column>
<mj-image src="{{ brand.logo.url }}" width="{{ brand.logo.width }}px" height="{{ brand.logo.height }}px" alt="{{ brand.logo.alt }}" />
</mj-column></mj-section>{% endif %}
<mj-section background-color="{{ brand.soft }}"><mj-column>
<mj-text css-class="badge"><b style="color:{{ brand.link }}">{{ brand.name }}</b> {{ brand.footer }}</mj-text>
<mj-button href="https://acme.example" background-color="{{ brand.color }}" color="{{ brand.on_color }}">Ver los faros</mj-button>
<ac-choose name="pick" question="¿Qué quieres de {{ brand.name }}?">
<ac-option value="a">A</ac-option><ac-option value="b">B</ac-option></ac-choose>
<mj-text>{% for link in brand.social %}<a href="{{ link.url }}">{{ link.name }}</a> {% endfor %}{{ brand.address }}</mj-text>
</mj-column></mj-section></mj-body></mjml>"""
LOGO = {
    "url": "https://acme.example/i/logo.png",
    "width": 120,
    "height": 40,
    "alt": {"es": "Acme, un faro", "en": "Acme"},
}


def branded(**values: Any) -> dict[str, str]:
    return {**whole(BODY), brand.FILE: json.dumps(values)}


def filled(given: dict[str, str]) -> messages.Filled:
    source = catalog.parse("try", given)
    return messages.fill(emails.compile(source, "es"), everywhere(SENDER), messages.sample(source), 0)


@given(COLORS)
def test_a_colour_reaches_every_format_as_if_it_had_been_typed(color: str) -> None:
    typed = BODY.replace("{{ brand.color }}", color)
    mine, by_hand = filled(branded(color=color)), filled({**branded(), "try/body.mjml": typed})
    assert (mine.html, mine.amp) == (by_hand.html, by_hand.amp)
    assert color in mine.html and color in mine.amp and "brand." not in mine.html + mine.amp + mine.text


def test_font_logo_links_and_closing_words_are_there_in_the_language() -> None:
    links = [{"name": "Instagram", "url": "https://www.instagram.com/acme"}]
    shown = filled(
        branded(
            font="Georgia, serif", logo=LOGO, social=links, footer={"es": "Vendemos faros.", "en": "We sell lights."}
        )
    )
    assert 'src="https://acme.example/i/logo.png"' in shown.html and 'width="120"' in shown.html
    assert 'alt="Acme, un faro"' in shown.html and "font-family:Georgia, serif" in shown.html
    assert "Vendemos faros." in shown.html and "We sell" not in shown.html
    assert 'href="https://www.instagram.com/acme"' in shown.html and "Instagram" in shown.text
    assert '<amp-img src="https://acme.example/i/logo.png" width="120" height="40"' in shown.amp


def test_without_a_logo_there_is_no_image() -> None:
    assert "<img" not in filled(branded()).html


@pytest.mark.parametrize("name", ["{{ 7 * 7 }} & <b>", "{% if x %}", "{# x", 'a" onload="x', "ñ 漢 \u202e"])
def test_a_name_is_text_whatever_is_in_it(name: str) -> None:
    shown = filled(branded(name=name))
    assert name in shown.text
    assert html.escape(name) in shown.html


@pytest.mark.parametrize("color", ["red", "#12", "#123456;}", "{{ x }}", "", None, 7, ["#123456"]])
def test_what_is_no_colour_never_reaches_css(color: Any) -> None:
    assert filled(branded(color=color)).html == filled(branded()).html


@pytest.mark.parametrize("stored", ["", "{", "[]", "7", '{"logo": 7, "footer": 7, "social": 7}'])
def test_a_file_that_is_no_brand_counts_as_none(stored: str) -> None:
    assert filled({**branded(), brand.FILE: stored}).html == filled(branded()).html


def test_the_version_covers_the_brand() -> None:
    one, same, other = (catalog.parse("try", branded(name=name)).version for name in ("Acme", "Acme", "Norte"))
    assert one == same != other


def test_an_email_reads_the_brand_or_does_not() -> None:
    assert brand.is_read(branded())
    assert brand.is_read({"try/email.toml": 'subject.es = "{{ brand.name }}"'})
    assert brand.is_read({"try/body.mjml": "{% if brand.logo.url %}x{% endif %}"})
    assert not brand.is_read(
        {"try/body.mjml": "our brand {# brand #} {{ data.rebranding }}", "try/sample.json": "brand"}
    )


def test_lint_knows_the_brand_and_its_own_colours_can_be_read() -> None:
    for color in ("#ffee00", "#000000", "#0f6b5f", "#ffffff"):
        light = {"color": color, "on_color": "#000000" if color != "#000000" else "#ffffff", "link": "#333300"}
        assert errors(lint.check("try", branded(**light))) == []
    faint = lint.check("try", branded(color="#ffee00", on_color="#ffffff"))
    assert [problem.rule for problem in faint] == ["low-contrast"]
    assert "#ffffff on #ffee00" in faint[0].message


def test_an_unknown_name_of_the_brand_is_reported_with_the_one_that_was_meant() -> None:
    wrong = {**branded(), "try/body.mjml": BODY.replace("brand.soft", "brand.sofd")}
    assert any("Did you mean brand.soft?" in problem.fix for problem in lint.check("try", wrong))


@given(st.integers(0, 3), st.text("ab ", max_size=5), st.integers(0, 3))
def test_a_problem_behind_the_brand_has_its_place_in_the_authors_line(before: int, between: str, after: int) -> None:
    name = "{{ brand.name }}"
    line = f"<mj-text>{name * before}{between}<b>{{{{ data.nothing }}}}</b>{name * after}</mj-text>"
    body = f"<mjml><mj-body><mj-section><mj-column>\n{line}\n</mj-column></mj-section></mj-body></mjml>"
    found = lint.check("try", {**branded(name="Un nombre largo de verdad"), "try/body.mjml": body})
    missing = next(problem for problem in found if problem.rule == "unknown-variable")
    assert (missing.line, missing.column) == (2, line.index("{{ data") + 1)


def test_a_marketing_email_may_show_the_address_of_the_brand() -> None:
    leave = '<mj-text><a href="{{ acto.unsubscribe_url }}">Baja</a></mj-text>'
    body = BODY.replace("</mj-column></mj-section></mj-body>", f"{leave}</mj-column></mj-section></mj-body>")
    for stored in ({"address": "Calle 1, Bogotá"}, {}):
        given = {**whole(body, "marketing"), brand.FILE: json.dumps(stored)}
        assert errors(lint.check("try", given)) == []
    without = {
        **whole(body.replace("{{ brand.address }}", ""), "marketing"),
        brand.FILE: json.dumps({"address": "Calle 1"}),
    }
    assert [problem.rule for problem in errors(lint.check("try", without))] == ["missing-postal-address"]
