"""What is valid MJML and Jinja is not refused: dropped comments, raw tags around Jinja, methods of data, values that MJML takes."""

from __future__ import annotations

import pytest

from builder import catalog, emails, lint
from tests.builder.emails import files, whole

NEWS = "<mj-text>Your parcel is here since this morning.</mj-text>"
SECTION = "<mj-section><mj-column>" + NEWS + "</mj-column></mj-section>"


@pytest.mark.parametrize(
    "body",
    [
        f"<!-- <mj-section><mj-column><mj-text>{{{{ data.old }}}}</mj-text></mj-column></mj-section> -->{SECTION}",
        f"<!-- {{% if data.old %}} -->{SECTION}",
        f"<!-- {{{{ 1 | nofilter }}}} -->{SECTION}",
        SECTION.replace("<mj-column>", "<mj-column><!-- {{ data.old }} -->"),
        f"<mj-raw>{{% if person.first_name %}}</mj-raw>{SECTION}<mj-raw>{{% endif %}}</mj-raw>",
        f"<mj-raw>{{% for i in data.order.items %}}</mj-raw>{SECTION}<mj-raw>{{% endfor %}}</mj-raw>",
        f"<mj-raw>{{% if data.url %}}</mj-raw>{SECTION}<mj-raw>{{% else %}}</mj-raw>{SECTION}<mj-raw>{{% endif %}}</mj-raw>",
        f"<mj-wrapper><mj-raw>{{% if data.url %}}</mj-raw>{SECTION}<mj-raw>{{% endif %}}</mj-raw></mj-wrapper>",
        f"<mj-raw>\n  {{% set n = 1 %}}\n</mj-raw>{SECTION}",
        f"{SECTION}<!--[if mso]><table><tr><td height='40'>&nbsp;</td></tr></table><![endif]-->{SECTION}",
        SECTION.replace("<mj-section>", '<mj-section full-width="false" border-radius="10px / 5px" background-color="RGB(0,0,0)">')
        .replace("<mj-text>", '<mj-text font-style="Italic" line-height="1,5" padding=".5px" color="#ffffff">'),
        SECTION.replace("<mj-text>", '<mj-table cellpadding="5px"><tr><td>x</td></tr></mj-table><mj-text>'),
        SECTION.replace("<mj-text>", '<mj-navbar hamburger="false"><mj-navbar-link href="https://e.com">Our shop</mj-navbar-link>'
                        "</mj-navbar><mj-text>"),
        '<mj-hero mode="fixed-height" height="200px" background-color="#eeeeee">' + NEWS + "</mj-hero>",
        SECTION.replace("here", "<ruby>here<rt>now</rt></ruby> <nobr>a b</nobr>"),
    ],
)  # fmt: skip
def test_what_is_valid_is_not_refused(body: str) -> None:
    assert lint.check("try", whole(f'<mjml dir="ltr" owa="desktop" version="5"><mj-body>{body}</mj-body></mjml>')) == []


NOT_APPLIED = [  # valid, and told: the rest of the email is as its author wrote it
    SECTION.replace("<mj-section>", '<mj-section gutter="8px" text-padding="4px">'),
    f'<mj-wrapper direction="rtl" gutter="8px" text-padding="4px">{SECTION}</mj-wrapper>',
    SECTION.replace("<mj-text>", '<mj-table font-weight="bold"><tr><td>x</td></tr></mj-table><mj-text>'),
    SECTION.replace("<mj-text>", '<mj-social border="1px solid red" table-layout="auto"><mj-social-element name="github" '
                    'href="https://e.com" border="1px solid red" icon-position="right">Code</mj-social-element></mj-social><mj-text>'),
    SECTION.replace("<mj-text>", '<mj-spacer border="1px solid red" /><mj-text>'),
    SECTION.replace("<mj-text>", '<mj-text background-color="#eeeeee">'),
    f'<mj-raw position="file-start"><!-- made by us --></mj-raw>{SECTION}',
    f'{SECTION}</mj-body><mj-head><mj-html-attributes><mj-selector path=".a"><mj-html-attribute name="data-id">7</mj-html-attribute>'
    "</mj-selector></mj-html-attributes></mj-head><mj-body>",
]  # fmt: skip


@pytest.mark.parametrize("body", NOT_APPLIED)
def test_what_the_engine_does_not_do_is_told_and_sent(body: str) -> None:
    source = f"<mjml><mj-body>{body}</mj-body></mjml>".replace("<mj-body></mj-body>", "")
    found = lint.check("try", whole(source))
    assert found and {problem.rule for problem in found} == {"not-applied"}, found
    assert {problem.severity for problem in found} == {"warning"}
    html = emails.compile(catalog.parse("try", whole(source)), "es").html
    assert "Your parcel is here since this morning." in html and "mj-" not in html.split("<body")[1].replace(
        "mj-column-per", ""
    ).replace("mj-outlook", "")


VALID = [
    '{{ data.get("note", "") }}',
    '{{ data.order.get("id") }}{{ data.get("a", {}).get("b", "") }}',
    "{% for key in data.order.keys() %}{{ key }}{% endfor %}",
]


@pytest.mark.parametrize("text", VALID)
def test_methods_of_data_are_left_alone(text: str) -> None:
    assert lint.check("try", files(f"<mj-text>{text}</mj-text>")) == []
