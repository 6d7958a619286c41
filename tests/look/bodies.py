"""MJML documents made from the table of tags: every attribute with a value of its kind, given by the tag itself and by a default."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.tags import TAGS

LONG = "Your parcel is here since this morning, and it waits for you behind the second door of the yard."
TEXT = f"<mj-text>{LONG}</mj-text>"
IMAGE = '<mj-image src="https://e.com/a.png" alt="A parcel" />'
COLUMN = f"<mj-column>{TEXT}{IMAGE}<mj-divider /></mj-column>"
SECTION = f"<mj-section>{COLUMN}</mj-section>"
NETWORK = '<mj-social-element name="github" href="https://e.com"{}>Our code</mj-social-element>'
FOLD = (
    "<mj-accordion-element{}><mj-accordion-title{}>How it works</mj-accordion-title>"
    "<mj-accordion-text{}>Like this and no other way.</mj-accordion-text></mj-accordion-element>"
)
SLIDES = "".join(f'<mj-carousel-image src="https://e.com/{each}.png" alt="{each}" />' for each in "12")
IN_COLUMN = "<mj-body><mj-section><mj-column>{}</mj-column><mj-column>" + TEXT + "</mj-column></mj-section></mj-body>"
SHOWING = {  # a body in which the attributes of a tag have something to act on
    "mj-body": f"<mj-body{{}}>{SECTION}</mj-body>",
    "mj-wrapper": f"<mj-body><mj-wrapper{{}}>{SECTION}{SECTION}</mj-wrapper>{SECTION}</mj-body>",
    "mj-section": f"<mj-body><mj-section{{}}>{COLUMN}{COLUMN}</mj-section></mj-body>",
    "mj-hero": f'<mj-body><mj-hero background-color="#dddddd"{{}}>{TEXT}{IMAGE}<mj-divider /></mj-hero></mj-body>',
    "mj-group": f"<mj-body><mj-section><mj-group{{}}>{COLUMN}{COLUMN}</mj-group></mj-section></mj-body>",
    "mj-column": f"<mj-body><mj-section><mj-column{{}}>{TEXT}{IMAGE}<mj-divider /></mj-column>{COLUMN}</mj-section></mj-body>",
    "mj-text": IN_COLUMN.format(f"<mj-text{{}}>{LONG}</mj-text>"),
    "mj-button": IN_COLUMN.format('<mj-button href="https://e.com"{}>See my order</mj-button>'),
    "mj-image": IN_COLUMN.format('<mj-image src="https://e.com/a.png" alt="A parcel"{} />'),
    "mj-divider": IN_COLUMN.format("<mj-divider{} />"),
    "mj-spacer": IN_COLUMN.format(f"{TEXT}<mj-spacer{{}} />{TEXT}"),
    "mj-table": IN_COLUMN.format(
        "<mj-table{}><tr><th>Item</th><th>Price</th></tr><tr><td>Cup</td><td>3.50</td></tr></mj-table>"
    ),
    "mj-social": IN_COLUMN.format(f"<mj-social{{}}>{NETWORK.replace('{}', '')}</mj-social>"),
    "mj-social-element": IN_COLUMN.format(f"<mj-social>{NETWORK}</mj-social>"),
    "mj-navbar": IN_COLUMN.format('<mj-navbar{}><mj-navbar-link href="/a">Shop</mj-navbar-link></mj-navbar>'),
    "mj-navbar-link": IN_COLUMN.format('<mj-navbar><mj-navbar-link href="/a"{}>Shop</mj-navbar-link></mj-navbar>'),
    "mj-accordion": IN_COLUMN.format(f"<mj-accordion{{}}>{FOLD.format('', '', '')}</mj-accordion>"),
    "mj-accordion-element": IN_COLUMN.format(f"<mj-accordion>{FOLD.format('{}', '', '')}</mj-accordion>"),
    "mj-accordion-title": IN_COLUMN.format(f"<mj-accordion>{FOLD.format('', '{}', '')}</mj-accordion>"),
    "mj-accordion-text": IN_COLUMN.format(f"<mj-accordion>{FOLD.format('', '', '{}')}</mj-accordion>"),
    "mj-carousel": IN_COLUMN.format(f"<mj-carousel{{}}>{SLIDES}</mj-carousel>"),
    "mj-carousel-image": IN_COLUMN.format(
        f'<mj-carousel><mj-carousel-image src="https://e.com/3.png"{{}} />{SLIDES}</mj-carousel>'
    ),
}
ALONE = {  # values that MJML gives a meaning, by kind
    "px": ("37px",),
    "size": ("37px", "20%", "0"),
    "auto": ("137px", "50%", "auto"),
    "box": ("7px", "0 40px", "5%", "0 3% 10.5px", "4px 0 12px 30px"),
    "spacing": ("3px", "-1px", "0.1em"),
    "height": ("37px", "2", "150%"),
    "count": ("8",),
    "color": ("#123456", "tomato"),
}
BY_NAME = {
    "border": ("3px solid #ff0000", "dashed 4px blue", "none"),
    "background-url": ("https://e.com/back.png",),
    "font-family": ("monospace",),
    "font-weight": ("bold", "300"),
    "href": ("https://e.com/there",),
    "src": ("https://e.com/other.png",),
    "text-decoration": ("underline",),
    "text-transform": ("uppercase", "lowercase"),
    "background-size": ("cover", "100px"),
    "background-position": ("left bottom",),
    "background-position-x": ("10%",),
    "background-position-y": ("bottom",),
    "css-class": ("mine",),
    "name": ("facebook",),
    "border-style": ("dotted",),
    "height": ("90px",),
}


def values(name: str, kind: str) -> tuple[str, ...]:
    """Values of an attribute that should show."""
    if name in BY_NAME and kind not in ("color", "size"):
        return BY_NAME[name]
    if name.startswith(("border-", "inner-border", "tb-border")) and kind == "text":
        return BY_NAME["border"]
    if kind in ALONE:
        return ALONE[kind]
    return tuple(kind.split("/")) if "/" in kind or kind == name else ("zzq",)


def without(body: str, name: str) -> str:
    """The body without an attribute that it gives to the tag in question already."""
    return re.sub(rf' {name}="[^"]*"(?=[^<]*{{}})', "", body)


def every() -> Iterator[tuple[str, str]]:
    """(name, document) for each tag, attribute and value; then each attribute as a default, in a class and for everything."""
    for tag, body in SHOWING.items():
        yield tag, _document("", body.replace("{}", ""))
        for name, kind in {**TAGS[tag].attributes, "css-class": "text"}.items():
            body = without(SHOWING[tag], name)
            for value in values(name, kind):
                said = f' {name}="{value}"'
                yield f"{tag} {name}={value}", _document("", body.replace("{}", said))
            yield f"{tag} {name} by its tag", _document(f"<{tag}{said} />", body.replace("{}", ""))
            yield (
                f"{tag} {name} by a class",
                _document(f'<mj-class name="x"{said} />', body.replace("{}", ' mj-class="x"')),
            )
            yield f"{tag} {name} by mj-all", _document(f"<mj-all{said} />", body.replace("{}", ""))


def _document(defaults: str, body: str) -> str:
    head = f"<mj-head><mj-attributes>{defaults}</mj-attributes></mj-head>" if defaults else ""
    return f"<mjml>{head}{body}</mjml>"
