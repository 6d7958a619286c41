"""What is valid MJML and Jinja is not refused: dropped comments, raw tags around Jinja, methods of data, values that MJML takes."""

from __future__ import annotations

import pytest

from builder import lint
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


VALID = [
    '{{ data.get("note", "") }}',
    '{{ data.order.get("id") }}{{ data.get("a", {}).get("b", "") }}',
    "{% for key in data.order.keys() %}{{ key }}{% endfor %}",
]


@pytest.mark.parametrize("text", VALID)
def test_methods_of_data_are_left_alone(text: str) -> None:
    assert lint.check("try", files(f"<mj-text>{text}</mj-text>")) == []
