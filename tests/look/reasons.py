"""Why our look differs from npm mjml 5 where it does; a name is matched by a pattern."""

import re

_TOLD = "the engine does not do it; lint says so (not-applied)"
REASONS: tuple[tuple[str, str], ...] = (
    (r"^mj-section gutter=", _TOLD),
    (r"^mj-social(-element)? border=", _TOLD),
    (r"^mj-wrapper gutter=", _TOLD),
    (r"^mj-social-element icon-position", _TOLD),
    (r"^mj-html-attributes\.mjml$", _TOLD),
    (
        r"^mj-column inner-border",
        "without padding npm mjml takes off a border that it does not draw; here nothing is taken off",
    ),
    (
        r" align by mj-all$",
        "npm mjml gives columns the align of mj-all, which its handbook does not know for them, in Outlook alone",
    ),
    (
        r"^mj-table width by mj-all$",
        "width=auto for every tag means nothing for a section or a column; npm mjml writes NaN",
    ),
    (r"^mj-accordion-(title|text) font-family by", "npm mjml forgets the font that mj-attributes give; here it counts"),
    (r"^mj-carousel tb-width=20%$", "the engine counts the width of a thumbnail in pixels"),
)


def reason(name: str) -> str:
    """The reason for a document's difference; empty where there is none."""
    return next((why for pattern, why in REASONS if re.search(pattern, name)), "")
