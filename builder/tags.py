"""Lists the tags of MJML 4 that the engine renders: their parents, their attributes, and the kind of each value.

Written as a text table: `tag | parents | attributes`. An attribute is `name` (any text) or `name:kind`; a kind is one of KINDS,
or its legal words with slashes between; `+group` adds a group.
"""

from dataclasses import dataclass

_GROUPS = {
    "padding": "padding:box padding-top:size padding-right:size padding-bottom:size padding-left:size",
    "border": "border border-top border-right border-bottom border-left border-radius",
    "text": "color:color font-family font-size:px font-style:normal/italic/oblique font-weight"
    " line-height:height text-decoration",
    "case": "letter-spacing:spacing text-transform",
    "link": "href name rel target title",
    "back": "background-color:color background-url background-repeat:repeat/no-repeat background-size"
    " background-position background-position-x background-position-y",
    "icons": "icon-align:top/middle/bottom icon-width:size icon-height:size icon-wrapped-url icon-wrapped-alt"
    " icon-unwrapped-url icon-unwrapped-alt icon-position:left/right",
}
_ROWS = """
mjml | | lang dir:ltr/rtl/auto owa:mobile/desktop version
mj-head | mjml |
mj-body | mjml | width:px background-color:color id
mj-attributes | mj-head |
mj-breakpoint | mj-head | width:px
mj-font | mj-head | name! href!
mj-preview | mj-head |
mj-style | mj-head | inline
mj-title | mj-head |
mj-all | mj-attributes | *
mj-class | mj-attributes | * name!
ac-all | mj-attributes | accent:hex color:hex font-family align:left/center/right padding:box
mj-raw | mj-body mj-head mj-wrapper mj-section mj-group mj-column mj-hero mj-navbar mj-social mj-accordion | position
mj-wrapper | mj-body | +back +border +padding full-width:full-width/false text-align:left/center/right gap:px
    direction:ltr/rtl gutter:size text-padding:box
mj-section | mj-body mj-wrapper | +back +border +padding full-width:full-width/false text-align:left/center/right
    direction:ltr/rtl text-padding:box gutter:size
mj-hero | mj-body mj-wrapper | +padding mode:fluid-height/fixed-height height:size background-url
    background-color:color background-width:size background-height:size background-position border-radius
    container-background-color:color inner-background-color:color inner-padding:box inner-padding-top:size
    inner-padding-right:size inner-padding-bottom:size inner-padding-left:size vertical-align:top/middle/bottom
mj-group | mj-section | background-color:color direction:ltr/rtl vertical-align:top/middle/bottom width:size
mj-column | mj-section mj-group | +border +padding background-color:color direction:ltr/rtl
    inner-background-color:color inner-border inner-border-top inner-border-right inner-border-bottom
    inner-border-left inner-border-radius vertical-align:top/middle/bottom width:size
mj-text | mj-column mj-hero | +text +case +padding align:left/right/center/justify background-color:color
    container-background-color:color height:size vertical-align:top/middle/bottom
mj-button | mj-column mj-hero | +border +text +case +link +padding align:left/center/right background-color:color
    container-background-color:color height:size inner-padding:box text-align:left/right/center
    vertical-align:top/middle/bottom width:size
mj-image | mj-column mj-hero | +border +link +padding src! alt align:left/center/right
    container-background-color:color fluid-on-mobile:true/false font-size:px height:auto max-height:size sizes
    srcset usemap width:px
mj-divider | mj-column mj-hero | +padding align:left/center/right border-color:color border-style border-width:px
    container-background-color:color width:size
mj-spacer | mj-column mj-hero | +border +padding container-background-color:color height:size
mj-table | mj-column mj-hero | color:color font-family font-size:px font-weight line-height:height +padding
    align:left/center/right border cellpadding:count cellspacing:count container-background-color:color
    role:none/presentation table-layout:auto/fixed/initial/inherit vertical-align:top/middle/bottom width:auto
mj-social | mj-column mj-hero | +text +padding align:left/center/right border-radius
    container-background-color:color icon-size:size icon-height:size icon-padding:box inner-padding:box
    mode:horizontal/vertical table-layout:auto/fixed text-padding:box border vertical-align:top/middle/bottom
mj-social-element | mj-social | +text +link +padding align:left/center/right alt background-color:color
    border border-radius icon-size:size icon-height:size icon-padding:box icon-position:left/right sizes src srcset
    text-padding:box vertical-align:top/middle/bottom
mj-navbar | mj-column mj-hero | +padding align:left/center/right base-url hamburger:hamburger/false
    ico-align:left/center/right ico-open ico-close ico-color:color ico-font-size:size ico-font-family
    ico-text-transform ico-padding:box ico-padding-top:size ico-padding-right:size ico-padding-bottom:size
    ico-padding-left:size ico-text-decoration ico-line-height:height
mj-navbar-link | mj-navbar | +text +case +link +padding
mj-accordion | mj-column mj-hero | +icons +padding border container-background-color:color font-family
mj-accordion-element | mj-accordion | +icons background-color:color border font-family
mj-accordion-title | mj-accordion-element | +padding background-color:color color:color font-family font-size:px
    font-weight
mj-accordion-text | mj-accordion-element | +padding background-color:color color:color font-family font-size:px
    font-weight letter-spacing:spacing line-height:height
mj-carousel | mj-column mj-hero | +padding align:left/center/right border-radius
    container-background-color:color icon-width:size left-icon right-icon thumbnails:visible/hidden/supported tb-border
    tb-border-radius tb-hover-border-color:color tb-selected-border-color:color tb-width:size
mj-carousel-image | mj-carousel | src! alt href rel target title thumbnails-src border-radius tb-border
    tb-border-radius
mj-include | mj-column mj-section mj-body mj-head mj-attributes mj-wrapper mj-group mj-hero mjml mj-social mj-navbar
    mj-accordion mj-accordion-element mj-carousel | path! type:mjml/css/html css-inline
"""
_UNRENDERED = """
mj-hero container-background-color
mj-section text-padding gutter
mj-wrapper text-padding gutter
mj-text background-color
mj-spacer border border-top border-right border-bottom border-left border-radius
mj-social table-layout border
mj-table font-weight
mj-social-element icon-position border
mj-navbar-link title
"""
_ICONS = "icon-align icon-width icon-height icon-position icon-wrapped-url icon-wrapped-alt icon-unwrapped-url icon-unwrapped-alt"
_FOLD = {name: name for name in f"border {_ICONS}".split()}
_NETWORK = (
    "border border-radius color font-family font-size font-weight font-style icon-size icon-height icon-padding text-padding"
    " line-height text-decoration"
)
HANDED: dict[str, dict[str, dict[str, str]]] = {  # parent, child, {the child's attribute: the parent's}
    "mj-accordion": {"mj-accordion-element": {**_FOLD, "font-family": "font-family"}},
    "mj-accordion-element": {
        "mj-accordion-title": {**_FOLD, "font-family": "font-family"},
        "mj-accordion-text": {"border": "border", "font-family": "font-family"},
    },
    "mj-social": {"mj-social-element": {**{name: name for name in _NETWORK.split()}, "padding": "inner-padding"}},
    "mj-carousel": {"mj-carousel-image": {name: name for name in ("border-radius", "tb-border", "tb-border-radius")}},
}
_CONTENT_TAGS = """
    mj-text mj-button mj-table mj-raw mj-title mj-preview mj-style mj-navbar-link mj-social-element mj-accordion-title mj-accordion-text
"""
CONTENT_TAGS = frozenset(_CONTENT_TAGS.split())  # these hold text and html, in which MJML reads no tag of its own
LISTS = frozenset({"mj-navbar", "mj-social", "mj-accordion"})
FRAMES = frozenset({"mj-body", "mj-wrapper", "mj-section", "mj-group", "mj-column", "mj-hero"})
EVERYWHERE = {"css-class": "text", "mj-class": "text"}


@dataclass(frozen=True)
class Tag:
    """One tag of MJML. `parents` is empty for the root; `*` in it means any parent. `attributes` maps a name to the kind of its value."""

    parents: tuple[str, ...]
    attributes: dict[str, str]
    required: tuple[str, ...]


def _read(text: str) -> dict[str, Tag]:
    joined = text.strip().replace("\n    ", " ")
    rows = [[cell.strip() for cell in row.split("|")] for row in joined.split("\n")]
    given = {name: (tuple(parents.split()), _words(attributes)) for name, parents, attributes in rows}
    every = _union([words for _, words in given.values()])
    return {
        name: Tag(
            parents,
            (every if "*" in words else {}) | dict(_attribute(word) for word in words if word != "*"),
            tuple(word[:-1] for word in words if word.endswith("!")),
        )
        for name, (parents, words) in given.items()
    }


def _union(rows: list[list[str]]) -> dict[str, str]:
    """Merge the attributes of all tags, for mj-all and mj-class; one whose kind differs by tag takes any text."""
    found: dict[str, str] = {}
    for name, kind in (_attribute(word) for words in rows for word in words if word != "*"):
        found[name] = kind if found.get(name, kind) == kind else "text"
    return found


def _words(attributes: str) -> list[str]:
    return [
        word
        for given in attributes.split()
        for word in (_GROUPS[given[1:]].split() if given.startswith("+") else [given])
    ]


def _attribute(word: str) -> tuple[str, str]:
    name, _, kind = word.rstrip("!").partition(":")
    return name, kind or "text"


TAGS = _read(_ROWS)
UNRENDERED: dict[str, tuple[str, ...]] = {
    tag: tuple(names) for tag, *names in map(str.split, _UNRENDERED.strip().split("\n"))
}  # attributes of MJML that the engine accepts and ignores
_HTML_TAGS = """
    a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button canvas caption center
    circle cite code col colgroup data dd del details dfn div dl dt em embed fieldset figcaption figure font footer form
    g h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label legend li link main map mark menu meta
    meter nav nobr noscript object ol optgroup option p param path picture pre progress q rect rp rt ruby s samp script
    section select small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th
    thead time title tr tt u ul var video wbr
"""
HTML_TAGS = frozenset(_HTML_TAGS.split())
