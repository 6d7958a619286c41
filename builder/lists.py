"""Allows Jinja and raw html between the items of a menu, a list of networks or an accordion, where the engine accepts items only.

Each piece is written for the engine as the text of one more item, and then replaces that item in the engine's html.
"""

ITEM = "acto-raw"  # the class of such an item
_MSO, _END = "<!--[if mso | IE]><td", "<!--[if mso | IE]></td><![endif]-->"
ITEMS = {  # the item that holds a mark, by the tag around it
    "mj-navbar": '<mj-navbar-link font-family="inherit">{}</mj-navbar-link>',
    "mj-social": f'<mj-social-element css-class="{ITEM}" font-family="inherit">{{}}</mj-social-element>',
    "mj-accordion": (
        f'<mj-accordion-element css-class="{ITEM}"><mj-accordion-title font-family="inherit">{{}}</mj-accordion-title>'
        "</mj-accordion-element>"
    ),
}


def item(around: str, mark: str) -> str:
    """Write the list item that holds a mark, for the engine."""
    return ITEMS[around].format(mark)


def bared(html: str, marks: dict[str, str]) -> str:
    """Replace the item around each mark by the mark alone; `marks` names the tag around each."""
    for mark, around in marks.items():
        at = html.find(mark)
        start, end = _place(html, at, around) if at >= 0 else (-1, -1)
        if start >= 0 and end >= 0:
            html = html[:start] + mark + html[end:]
    return html


def _place(html: str, at: int, around: str) -> tuple[int, int]:
    row = html.rfind(f'<tr class="{ITEM}"', 0, at)
    if around == "mj-accordion":
        return row, _behind(html, "</label></td></tr>", at)
    if around == "mj-social" and not html[:row].endswith('display:inline-table;"><tbody>'):  # one below the other
        return row, _behind(html, "</span></td></tr>", at)
    return html.rfind(_MSO, 0, at), _behind(html, _END, at)


def _behind(html: str, closing: str, at: int) -> int:
    found = html.find(closing, at)
    return found + len(closing) if found >= 0 else -1
