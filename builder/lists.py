"""Lets Jinja and raw html stand between the items of a menu, a list of networks or an accordion, where the engine takes nothing else.

What stands there is the text of one more item in the engine's input, and takes the place of that whole item in its html.
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
    """The item of a list that stands for a mark."""
    return ITEMS[around].format(mark)


def bared(html: str, marks: dict[str, str]) -> str:
    """The engine's html with each mark in place of its item; `marks` names the tag around each."""
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
