"""Lists the tags and attributes that an AMP email may hold, as tables; each tried on the official validator."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TAGS = _words("""a abbr address article aside b bdo blockquote br caption cite code col colgroup data dd del dfn div dl dt em figcaption
    figure footer h1 h2 h3 h4 h5 h6 header hr i ins kbd li main mark nav ol p pre q rp rt ruby s samp section small span strong sub sup
    table tbody td tfoot th thead time tr u ul var wbr""")
# Tags with an equivalent in AMP: the equivalent, and the style that makes it look the same.
TWINS: dict[str, tuple[str, str]] = {
    "acronym": ("abbr", ""),
    "bdi": ("span", "unicode-bidi:isolate"),
    "big": ("span", "font-size:larger"),
    "center": ("div", "text-align:center"),
    "details": ("div", ""),
    "dir": ("ul", ""),
    "font": ("span", ""),
    "label": ("span", ""),
    "legend": ("div", "font-weight:bold"),
    "menu": ("ul", ""),
    "strike": ("s", ""),
    "summary": ("div", "font-weight:bold"),
    "tt": ("code", ""),
}
FIELDS = _words("form input select textarea button option optgroup datalist output progress meter fieldset")
KEPT_INSIDE = frozenset({"form", "fieldset", "button"})  # fields whose content is still worth reading
EMPTIED = _words(  # tags whose content means nothing without them
    """script style noscript template iframe object embed applet audio video canvas svg math map picture source track param area link
    meta base title"""
)
SILENT = frozenset(
    {"style", "link", "meta", "base", "title", "source", "noscript"}
)  # gone, and the reader misses nothing

ATTRIBUTES = _words("class dir id lang role style tabindex title translate hidden")
PREFIXES = ("aria-", "data-")
REFUSED = frozenset({"aria-roledescription"})
_ALIGNED = frozenset({"align", "bgcolor", "height", "valign"})
_CELL = _ALIGNED | {"colspan", "headers", "rowspan", "width"}
OWN_ATTRIBUTES: dict[str, frozenset[str]] = {
    "a": frozenset({"href", "hreflang", "rel", "target"}),
    "blockquote": frozenset({"align", "cite"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "del": frozenset({"cite", "datetime"}),
    "div": frozenset({"align"}),
    "ins": frozenset({"cite", "datetime"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"reversed", "start", "type"}),
    "p": frozenset({"align"}),
    "q": frozenset({"cite"}),
    "table": frozenset({"align", "bgcolor", "border", "cellpadding", "cellspacing", "width"}),
    "td": _CELL,
    "th": _CELL | {"abbr", "scope"},
    "time": frozenset({"datetime"}),
    "tr": _ALIGNED,
} | {tag: frozenset({"align"}) for tag in ("h1", "h2", "h3", "h4", "h5", "h6")}
ATTRIBUTE_VALUES = {  # attributes that may have some values only
    ("table", "border"): re.compile(r"[01]"),
    ("ol", "type"): re.compile(r"[1aAiI]"),
    ("a", "rel"): re.compile(r"(noopener|noreferrer|nofollow|external|opener|\s)*"),
}
AS_STYLE = {  # attributes with an equivalent style
    "background": "background-image:url('{}')",
    "bgcolor": "background-color:{}",
    "bordercolor": "border-color:{}",
    "color": "color:{}",
    "face": "font-family:{}",
    "height": "height:{}",
    "nowrap": "white-space:nowrap",
    "valign": "vertical-align:{}",
    "width": "width:{}",
}
ID = re.compile(r"(?!i-amphtml)[a-z][a-z0-9_-]*")
RESERVED_IDS = frozenset({"amp", "checkvalidity", "getattribute", "nodename", "tabindex", "constructor", "valueof"})
ADDRESS = re.compile(r"(https?://[^\s/]|mailto:|tel:)", re.IGNORECASE)
