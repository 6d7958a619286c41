"""The table of tags says what the engine does: each attribute shows in the html, or stands among those that do not."""

import re

import mjml
import pytest

from builder.lint.tags import TAGS, UNRENDERED

VALUES = {"text": "zzq", "box": "3px 5px", "spacing": "3px", "count": "7", "color": "#123456"}
SIZE = "37px"
CELL = "<tr><td>x</td></tr>"
TEXT = "<mj-text>x</mj-text>"
COLUMN = f"<mj-column>{TEXT}</mj-column>"
SECTION = f"<mj-section>{COLUMN}</mj-section>"
NETWORK = '<mj-social-element src="s"{} href="h">x</mj-social-element>'
FOLD = (
    "<mj-accordion-element{}><mj-accordion-title{}>x</mj-accordion-title>"
    "<mj-accordion-text{}>x</mj-accordion-text></mj-accordion-element>"
)
SLIDE = '<mj-carousel-image src="s" /><mj-carousel-image src="t" />'
IN_COLUMN = "<mj-body><mj-section><mj-column>{}</mj-column></mj-section></mj-body>"
SHOWING = {  # a body in which the attributes of a tag have something to act on
    "mj-body": f"<mj-body{{}}>{SECTION}</mj-body>",
    "mj-wrapper": f'<mj-body><mj-wrapper background-url="u"{{}}>{SECTION}</mj-wrapper></mj-body>',
    "mj-section": f'<mj-body><mj-section background-url="u"{{}}>{COLUMN}</mj-section></mj-body>',
    "mj-hero": f'<mj-body><mj-hero height="300px" background-url="u" background-height="99px"{{}}>{TEXT}</mj-hero></mj-body>',
    "mj-group": f"<mj-body><mj-section><mj-group{{}}>{COLUMN}{COLUMN}</mj-group></mj-section></mj-body>",
    "mj-column": f'<mj-body><mj-section><mj-column padding="9px"{{}}>{TEXT}</mj-column></mj-section></mj-body>',
    "mj-text": IN_COLUMN.format("<mj-text{}>x</mj-text>"),
    "mj-button": IN_COLUMN.format('<mj-button href="h"{}>x</mj-button>'),
    "mj-image": IN_COLUMN.format('<mj-image src="s" href="h"{} />'),
    "mj-divider": IN_COLUMN.format("<mj-divider{} />"),
    "mj-spacer": IN_COLUMN.format("<mj-spacer{} />"),
    "mj-table": IN_COLUMN.format(f"<mj-table{{}}>{CELL}</mj-table>"),
    "mj-social": IN_COLUMN.format(f"<mj-social{{}}>{NETWORK.replace('{}', '')}</mj-social>"),
    "mj-social-element": IN_COLUMN.format(f"<mj-social>{NETWORK}</mj-social>"),
    "mj-navbar": IN_COLUMN.format(
        '<mj-navbar hamburger="hamburger"{}><mj-navbar-link href="h">x</mj-navbar-link></mj-navbar>'
    ),
    "mj-navbar-link": IN_COLUMN.format("<mj-navbar><mj-navbar-link{}>x</mj-navbar-link></mj-navbar>"),
    "mj-accordion": IN_COLUMN.format(f"<mj-accordion{{}}>{FOLD.format('', '', '')}</mj-accordion>"),
    "mj-accordion-element": IN_COLUMN.format(f"<mj-accordion>{FOLD.format('{}', '', '')}</mj-accordion>"),
    "mj-accordion-title": IN_COLUMN.format(f"<mj-accordion>{FOLD.format('', '{}', '')}</mj-accordion>"),
    "mj-accordion-text": IN_COLUMN.format(f"<mj-accordion>{FOLD.format('', '', '{}')}</mj-accordion>"),
    "mj-carousel": IN_COLUMN.format(f"<mj-carousel{{}}>{SLIDE}</mj-carousel>"),
    "mj-carousel-image": IN_COLUMN.format('<mj-carousel><mj-carousel-image src="t"{} /></mj-carousel>'),
}
NEEDS = {"href", "src", "hamburger"}  # given above already
ROWS = [
    (tag, name, kind)
    for tag in SHOWING
    for name, kind in TAGS[tag].attributes.items()
    if name not in NEEDS and (tag, name) != ("mj-social-element", "name")
]


@pytest.mark.parametrize(("tag", "name", "kind"), ROWS, ids=lambda row: row)
def test_an_attribute_shows_or_is_said_not_to(tag: str, name: str, kind: str) -> None:
    plain = _html(tag, "")
    values = [VALUES.get(kind, SIZE)] if "/" not in kind and kind != name else kind.split("/")
    shows = any(_html(tag, f' {name}="{value}"') != plain for value in values)
    assert shows == (name not in UNRENDERED.get(tag, ()))


def _html(tag: str, attribute: str) -> str:
    """The html; carousels and menus carry a random id, which is taken out."""
    html = mjml.mjml2html(f"<mjml>{SHOWING[tag].replace('{}', attribute)}</mjml>")
    ids = set(re.findall(r'id="(?:mj-carousel-)?([0-9a-zA-Z]{6,})(?:-radio-1)?"', html)) - {""}
    ids |= set(re.findall(r"mj-carousel-([0-9a-zA-Z]{6,})-radio", html))
    for found in ids:
        html = html.replace(found, "")
    return html
