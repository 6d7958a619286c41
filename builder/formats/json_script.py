"""Writes data for mail clients into the head of the html part: JSON in a script element that no browser runs."""

from markupsafe import Markup

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def script(kind: str, json: str) -> Markup:
    """Write `json` as a data block, escaped so that its content cannot end the element (HTML standard, 4.12.1.3)."""
    for character, escape in _ESCAPES.items():  # five passes are faster than one str.translate
        json = json.replace(character, escape)
    return Markup(f'<script type="{kind}">{json}</script>')  # noqa: S704
