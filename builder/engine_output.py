"""Corrects the engine's html if it differs from npm mjml 5 and no attribute can change that."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_FRACTION = re.compile(r'(\b(?:width|height)(?:="|:)-?\d+)\.\d+(?=px|")')
_TABLE = re.compile(
    r'(<table border="0" cellpadding="[^"]*"[^>]* cellspacing="0" [^>]*style="color:[^>]*?);border-collapse:separate'
)
_CELL = re.compile(r'(<td style="vertical-align:\w+;width:)(\d+\.\d+)px')
_HERO = re.compile(  # a hero's cell, and the table that Outlook has in it
    r'<tr style="vertical-align:top;">(?P<cell><td (?:background="[^"]*" )?)(?P<height>height="-?\d+" )?'
    r'style="(?P<style>[^"]*?)(?P<tall>height:-?\d+px;)?">(?P<comment><!--\[if mso \| IE\]>)'
    r'(?P<table><table [^>]*?)width="[\d.]+" style="width:[\d.]+px;"(?P<inner>>\s*<tr>\s*<td[^>]*>\s*<!\[endif\]-->)'
    r'(?P<content>\s*<div class="mj-hero-content")'
)
_CLOSED = "<!--[if mso | IE]></td></tr></table><![endif]-->"
_HERO_END = f"{_CLOSED}</td></tr></tbody></table></div>{_CLOSED}"  # of its content, and then of itself
_MSO = re.compile(r"<!--\[if mso \| IE\]>(.*?)<!\[endif\]-->", re.DOTALL)
_RAW = re.compile(r"(?<=>)((?:jx+[0-9]{5,}z)+)(?=<|\Z)")  # marks between tags
_PREVIEW = re.compile(r'(<div style="display:none;font-size:1px;)color:#ffffff;')


@dataclass(frozen=True)
class Hero:
    """The corrections of one <mj-hero>. `width` is its width without its padding, in pixels.

    `ratio` is the height of a fluid hero in percent of its width; None if its height is fixed.
    """

    width: int
    ratio: int | None = None


def mended(html: str, heroes: Sequence[Hero], body: str = "") -> str:
    """Correct the engine's html: each hero, in document order, as npm mjml writes it, attributes `body` on <body>, and known
    differences.
    """
    html = html.replace("@media screen, yahoo", "@media screen yahoo")  # else every client hides a carousel's arrows
    html = _MSO.sub(
        lambda found: _RAW.sub(r"<![endif]-->\1<!--[if mso | IE]>", found[0]), html
    )  # <mj-raw> in <mj-wrapper>
    html = _PREVIEW.sub(
        r"\1", html
    )  # white on white costs points with spam filters, and the line is not displayed anyway
    html = _TABLE.sub(r"\1", html)  # the engine's own, for a table with a border and no cellspacing
    html = _CELL.sub(lambda found: f"{found[1]}{int(float(found[2]) + 0.5)}px", html)
    html = _FRACTION.sub(r"\1", html)
    html = _heroes(html, heroes)
    return html.replace("<body ", f"<body{body} ", 1) if body else html


def _heroes(html: str, heroes: Sequence[Hero]) -> str:
    pieces, at = [], 0
    for hero in heroes:
        found = _HERO.search(html, at)
        if found is None:
            break
        pieces += [html[at : found.start()], _opened(found, hero)]
        at = found.end()
        end = html.find(_HERO_END, at)
        if hero.ratio is not None and end >= 0:
            end += len(_CLOSED) + len("</td>")
            pieces += [html[at:end], _fluid(hero.ratio)]
            at = end
    return "".join([*pieces, html[at:]])


def _opened(found: re.Match[str], hero: Hero) -> str:
    """Write a hero up to its content; a fluid hero stands between two cells that give it its height."""
    fixed = hero.ratio is None
    cell = f"{found['cell']}{(found['height'] or '') if fixed else ''}"
    style = f"{found['style']}{(found['tall'] or '') if fixed else ''}"
    table = f'{found["table"]}width="{hero.width}" style="width:{hero.width}px;"{found["inner"]}'
    before = "" if hero.ratio is None else _fluid(hero.ratio)
    return f'<tr style="vertical-align:top;">{before}{cell}style="{style}">{found["comment"]}{table}{found["content"]}'


def _fluid(ratio: int) -> str:
    return f'<td style="width:0.01%;padding-bottom:{ratio}%;mso-padding-bottom-alt:0;"></td>'
