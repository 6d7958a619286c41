"""Data in the head of the html part, for mail clients that read it: JSON in a script that no browser runs."""

from markupsafe import Markup

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def script(kind: str, json: str) -> Markup:
    """`json` as a data block that nothing in it can end (HTML standard, 4.12.1.3)."""
    for character, escape in _ESCAPES.items():  # five passes take a tenth of the time of one str.translate
        json = json.replace(character, escape)
    return Markup(f'<script type="{kind}">{json}</script>')  # noqa: S704
