"""What the engine would compute or print otherwise comes out as npm mjml 5 writes it: sizes, defaults, and what rides on what."""

from __future__ import annotations

import pytest

from tests.look import html
from tests.look.bodies import TEXT
from tests.look.compare import VIEWS, ours
from tests.node import Checker

COLUMNS = "<mj-section{}><mj-column{}><mj-image src='a.png' alt='A parcel'{} /><mj-divider /></mj-column></mj-section>"
FOLD = (
    "<mj-accordion><mj-accordion-element{}><mj-accordion-title{}>How it works</mj-accordion-title>"
    "<mj-accordion-text{}>Like this.</mj-accordion-text></mj-accordion-element></mj-accordion>"
)
SOCIAL = '<mj-social{}><mj-social-element name="github" href="https://e.com"{}>Our code</mj-social-element></mj-social>'
HERO = '<mj-hero background-color="#eeeeee"{}>' + TEXT + "<mj-image src='a.png' /><mj-divider /></mj-hero>"
SLIDES = '<mj-carousel{}><mj-carousel-image src="1.png" alt="One" /><mj-carousel-image src="2.png" alt="Two" /></mj-carousel>'
TABLE = "<mj-table{}><tr><th>Item</th><th>Price</th></tr><tr><td>Cup</td><td>3.50</td></tr></mj-table>"


def in_column(inside: str) -> str:
    return f"<mj-section><mj-column>{TEXT}{inside}</mj-column></mj-section>"


CASES = {  # (rows of mj-attributes, body); the first of each kind is the one that was reported
    "a zero without px": [
        ("", COLUMNS.format(' padding="0 40px"', ' padding="0"', ' padding="0"')),
        ("", COLUMNS.format("", ' padding="0 10px 0 50px"', "")),
        ("", COLUMNS.format("", "", ' padding="10px 0 10px 30px"')),
        ("", f"<mj-wrapper padding='0 60px'>{COLUMNS.format('', '', '')}</mj-wrapper>"),
        ('<mj-section padding="0 35px" /><mj-all padding="0 20px" />', COLUMNS.format("", "", "")),
        ("", in_column(SLIDES.format(' padding="0 80px"'))),
    ],
    "a percentage or a fraction": [
        ("", COLUMNS.format(' padding="5%"', "", "")),
        ("", COLUMNS.format(' padding-left="10%"', "", "")),
        ("", COLUMNS.format("", ' padding="0 5% 10px 10.5px"', "")),
        ("", COLUMNS.format("", "", ' padding-right="7.5px"')),
        ("", COLUMNS.format("", "", ' width="150.7px"')),
        (
            "",
            f"<mj-section>{'<mj-column width=' + chr(34) + '33.33%' + chr(34) + '>' + TEXT + '</mj-column>'}</mj-section>",
        ),
    ],
    "borders": [
        ("", COLUMNS.format("", ' border="dashed 4px #ff0000"', "")),
        ("", COLUMNS.format("", ' border-left="solid 9px #ff0000"', "")),
        ("", COLUMNS.format("", ' inner-border="6px solid #ff0000" padding="10px"', "")),
        ("", COLUMNS.format("", "", ' border-top="3px solid #ff0000"')),
        ("", COLUMNS.format("", "", ' border="2px solid #ff0000" border-left="8px solid #00ff00"')),
        ("", COLUMNS.format(' border-left="7px solid #ff0000"', "", "")),
    ],
    "the last class": [
        (
            '<mj-class name="a" color="#990099" font-size="20px" /><mj-class name="b" color="#004400" font-size="24px" />',
            in_column('<mj-text mj-class="a b">Hello</mj-text>'),
        ),
        (
            '<mj-class name="a" color="#990099" /><mj-class name="b" color="#004400" />',
            in_column('<mj-text mj-class="b a">Hello</mj-text>'),
        ),
        (
            '<mj-class name="a" css-class="one" /><mj-class name="b" css-class="two" />',
            in_column('<mj-text mj-class="a b">Hello</mj-text>'),
        ),
        (
            '<mj-text color="#111111" /><mj-class name="a" color="#990099" /><mj-all color="#222222" />',
            in_column('<mj-text mj-class="a">Hello</mj-text><mj-text>Hi</mj-text>'),
        ),
        (
            '<mj-class name="a"><mj-text color="#990099" /></mj-class>',
            "<mj-section mj-class='a'><mj-column><mj-text>Hello</mj-text></mj-column></mj-section>",
        ),
        (
            '<mj-class name="a" align="left" /><mj-text font-size="20px" /><mj-text color="#990099" />',
            in_column('<mj-text mj-class="a nobody">Hello</mj-text>'),
        ),
    ],
    "defaults of children": [
        (
            '<mj-accordion-element icon-height="24px" icon-width="24px" /><mj-social-element icon-size="40px" />',
            in_column(FOLD.format("", "", "") + SOCIAL.format("", "")),
        ),
        ('<mj-class name="x" icon-width="10px" />', in_column(FOLD.format(' mj-class="x"', "", ""))),
        (
            '<mj-social-element font-size="20px" line-height="30px" />',
            in_column(SOCIAL.format(' font-size="11px"', "")),
        ),
        ('<mj-all font-family="monospace" color="#990099" />', in_column(SOCIAL.format(' color="#004400"', ""))),
        ('<mj-accordion icon-position="left" border="1px solid #ff0000" />', in_column(FOLD.format("", "", ""))),
        ('<mj-class name="x" icon-size="40px" inner-padding="9px" />', in_column(SOCIAL.format(' mj-class="x"', ""))),
    ],
    "an accordion": [
        ("", in_column(FOLD.format("", ' padding-top="40px"', ' padding-left="50px"'))),
        ("", in_column(FOLD.format("", ' padding="10px" padding-bottom="1px"', ""))),
        ('<mj-accordion-text padding="3px 4px 5px" />', in_column(FOLD.format("", "", ' padding-right="6px"'))),
        ("", in_column(FOLD.format("", ' font-weight="bold"', ' font-weight="bold"'))),
        ("", in_column(FOLD.format("", ' padding="5%" padding-left="0"', ""))),
        ('<mj-class name="x" padding-top="33px" />', in_column(FOLD.format("", ' mj-class="x"', ' mj-class="x"'))),
    ],
    "a hero": [
        ("", HERO.format(' inner-padding="12px 30px"')),
        ("", HERO.format(' padding="10px 60px"')),
        ("", HERO.format(' padding="0 5%" inner-padding-left="30px" inner-background-color="#ffffff"')),
        (
            "",
            HERO.format(
                ' mode="fluid-height" background-width="600px" background-height="300px" background-url="b.png"'
            ),
        ),
        ("", HERO.format(' border-radius="20px" height="300px"') + HERO.format(' padding="40px"')),
        ('<mj-hero padding="20px 40px" /><mj-image padding="0" />', HERO.format(' mode="fixed-height"')),
    ],
    "a carousel": [
        ("", in_column(SLIDES.format(""))),
        ("", in_column(SLIDES.format(' left-icon="l.png" right-icon="r.png" icon-width="20px"'))),
        ("", in_column(SLIDES.format(' thumbnails="hidden"') + SLIDES.format(""))),
        ("", in_column(SLIDES.format(' thumbnails="visible" tb-width="60px"'))),
        ("", in_column(SLIDES.format(' padding="10px 60px" tb-border="1px solid #ff0000"'))),
        (
            '<mj-carousel border-radius="0" /><mj-carousel-image tb-border="4px solid #ff0000" />',
            in_column(SLIDES.format("")),
        ),
    ],
    "a table": [
        ("", in_column(TABLE.format(' cellspacing="8"'))),
        ("", in_column(TABLE.format(' cellspacing="8" border="1px solid #ff0000"'))),
        ("", in_column(TABLE.format(' cellspacing="0" border="1px solid #ff0000"'))),
        ('<mj-table cellspacing="4" cellpadding="6" />', in_column(TABLE.format(""))),
        ("", in_column(TABLE.format(' role="presentation"'))),
        ('<mj-class name="x" cellspacing="3" border="none" />', in_column(TABLE.format(' mj-class="x"'))),
    ],
    "a value that is the default": [
        ("", HERO.format(' mode="fixed-height" height="200px"') + COLUMNS.format(' full-width="false"', "", "")),
        ("", in_column('<mj-navbar hamburger="false"><mj-navbar-link href="/a">Shop</mj-navbar-link></mj-navbar>')),
        ("", in_column(SLIDES.format(' thumbnails="visible"'))),
        ("", f'<mj-wrapper full-width="false">{COLUMNS.format("", "", "")}</mj-wrapper>'),
        ('<mj-section full-width="false" />', COLUMNS.format("", "", "")),
        ("", COLUMNS.format(' full-width=""', "", "")),
    ],
}


@pytest.mark.parametrize(("defaults", "body"), [case for kind in CASES.values() for case in kind])
@pytest.mark.parametrize("view", ["800", "mso"])
def test_our_html_is_npm_mjmls_in_all_that_shows(defaults: str, body: str, view: str, npm_mjml: Checker) -> None:
    source = f"<mjml><mj-head><mj-attributes>{defaults}</mj-attributes></mj-head><mj-body>{body}</mj-body></mjml>"
    read = VIEWS[view][1]
    mine, theirs = (
        html.plain(read(made)).split("<body", 1)[1] for made in (ours(source), npm_mjml.ask(source)["html"])
    )
    assert mine == theirs
