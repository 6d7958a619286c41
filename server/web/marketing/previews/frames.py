"""Adapts a format's HTML for the preview's frame: fixes the colour scheme, and shows AMP without its runtime."""

from __future__ import annotations

import re

from builder.formats.html import declares_dark

_STYLED = re.compile(r"(<style\b[^>]*>)(.*?)(</style>)|(\smedia=)(\"[^\"]*\"|'[^']*')", re.IGNORECASE | re.DOTALL)
_FEATURE = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)", re.IGNORECASE)
SCHEMES = ("light", "dark", "inverted")
# Gmail's app on iOS and Outlook.com ignore the mail's rules for dark mode and change its colours; pictures stay as they are.
INVERTED = "html{background:#fff;filter:invert(1) hue-rotate(180deg)}img,svg,video{filter:invert(1) hue-rotate(180deg)}"
ALWAYS, NEVER = "(min-width:0px)", "(max-width:0px)"  # media features that always and never match

BOILERPLATE = re.compile(r"<style amp4email-boilerplate>.*?</style>", re.DOTALL)
# The style of a document that AMP's runtime has just loaded: hides the parts for later states, and opens accordions.
RUNTIME = (
    "<style>template,[submitting],[submit-success],[submit-error],[placeholder],[overflow],[hidden]{display:none!important}"
    "amp-accordion,amp-accordion>section,amp-list{display:block}amp-list{overflow:hidden}amp-list[items=options]{height:auto!important}"
    "img[layout=responsive]{display:block;width:100%;height:auto}img[layout=intrinsic]{max-width:100%;height:auto}"
    "amp-carousel{display:block}amp-carousel img{width:100%;height:auto}</style></head>"
)


def in_scheme(html: str, scheme: str) -> str:
    """Return the page as a mail client shows it in one of SCHEMES, whatever the browser prefers: "dark" follows the mail's own rules,
    "inverted" is what a client does that knows none.
    """
    dark = scheme == "dark"
    fixed = _STYLED.sub(lambda found: _fixed(found, dark), html)
    own = "dark" if dark and declares_dark(html) else "light"
    style = f":root{{color-scheme:{own}}}{INVERTED if scheme == 'inverted' else ''}"
    return fixed.replace("</head>", f"<style>{style}</style></head>", 1)


def without_runtime(amp: str) -> str:
    """Return an AMP document as HTML that any browser shows; its forms cannot be sent."""
    plain = BOILERPLATE.sub("", re.sub(r"<script\b.*?</script>", "", amp, flags=re.DOTALL))
    plain = re.sub(r"<amp-img\b([^>]*)></amp-img>", r"<img\1>", plain)
    plain = re.sub(r'<amp-list\b([^>]*?) height="(\d+)"', r'<amp-list\1 style="height:\2px"', plain)
    return plain.replace("</head>", f"<title>AMP</title>{RUNTIME}", 1)


def _fixed(found: re.Match[str], dark: bool) -> str:
    """Replace the media feature, in style sheets and media attributes only, so that the email's text stays as it is."""
    return _FEATURE.sub(lambda feature: ALWAYS if (feature[1].lower() == "dark") == dark else NEVER, found[0])
