"""The short form of `python -m tests.look`: the shapes that once looked otherwise, by pixels, in every view."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from builder import mjml
from tests.look import compare
from tests.look.compare import Lookout, lookout
from tests.look.reasons import reason

HERO = '<mj-hero background-color="#ddd" padding="0 60px" inner-padding="12px 30px" border-radius="9px"><mj-text>Hi</mj-text></mj-hero>'
FOLD = (
    '<mj-accordion><mj-accordion-element><mj-accordion-title padding-top="40px">How</mj-accordion-title>'
    '<mj-accordion-text padding-left="50px">So</mj-accordion-text></mj-accordion-element></mj-accordion>'
)
SLIDES = '<mj-carousel><mj-carousel-image src="https://e.com/1.png" /><mj-carousel-image src="https://e.com/2.png" /></mj-carousel>'
INSIDE = (
    '<mj-section padding="0 40px" border="dashed 3px red"><mj-column padding="0 5%"><mj-image src="https://e.com/a.png" padding="0" />'
    f'<mj-table cellspacing="8" border="1px solid red"><tr><td>a</td></tr></mj-table>{FOLD}</mj-column>'
    f'<mj-column width="33.33%" mj-class="a b"><mj-text mj-class="a b">Hello</mj-text>{SLIDES}</mj-column></mj-section>'
    f'{HERO}<mj-wrapper gap="20px"><mj-section><mj-column><mj-text>One</mj-text></mj-column></mj-section>'
    "<mj-raw><p>Raw</p></mj-raw><!--[if mso]><tr><td height='40'>&nbsp;</td></tr><![endif]-->"
    "<mj-section><mj-column><mj-text>Two</mj-text></mj-column></mj-section></mj-wrapper>"
)
HEAD = (
    '<mj-head><mj-attributes><mj-class name="a" color="#990099" font-size="20px" /><mj-class name="b" color="#004400" />'
    '<mj-accordion-element icon-width="24px" icon-height="24px" /></mj-attributes>'
    '<mj-style inline="inline">p{color:#0000ff;margin:0 9px}</mj-style></mj-head>'
)
SOURCE = f"<mjml>{HEAD}<mj-body>{INSIDE}</mj-body></mjml>"


@pytest.fixture(scope="module")
def look() -> Iterator[Lookout]:
    with lookout() as opened:
        yield opened


def test_what_once_looked_otherwise_looks_the_same(look: Lookout) -> None:
    assert look.differences(SOURCE) == []


def test_the_bare_engine_looks_otherwise(look: Lookout, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the comparison would say nothing."""
    monkeypatch.setattr(compare, "ours", mjml.html)
    source = f"<mjml><mj-body>{HERO}<mj-section><mj-column>{FOLD}</mj-column></mj-section></mj-body></mjml>"
    assert {each.view for each in look.differences(source)} == {"800", "600", "375", "mso"}


def test_a_difference_has_a_reason_or_is_a_fault() -> None:
    assert reason("mj-section gutter=37px")
    assert reason("mj-text color=#123456") == ""
