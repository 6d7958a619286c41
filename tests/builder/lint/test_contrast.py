"""Colours are judged where they are known, as the MJML engine passes them on; where they are not, nothing is said."""

import re

import pytest

from builder import lint
from builder.documents import read
from builder.inheritance import Inheritance
from tests.builder.emails import whole
from tests.node import Checker

PAGE = "<mjml><mj-head>{}</mj-head><mj-body>{}</mj-body></mjml>"
BOX = "<mj-section{}><mj-column{}>{}</mj-column></mj-section>"
FAINT = '<mj-text color="#9ca3af">Hola</mj-text>'


def told(inside: str, head: str = "", section: str = "", column: str = "") -> list[str]:
    made = whole(PAGE.format(head, BOX.format(section, column, inside)))
    return [f"{problem.rule}: {problem.message.split(' has')[0]}" for problem in lint.check("try", made)]


READABLE = (
    ('<mj-text color="#9ca3af">Hola</mj-text>', "", ' background-color="#111827"', ""),
    ('<mj-text color="#9ca3af">Hola</mj-text>', "", "", ' background-color="#111827"'),
    ('<mj-text color="#9ca3af">Hola</mj-text>', "", ' background-url="https://example.com/a.png"', ""),
    ('<mj-text color="{{ data.order.id }}">Hola</mj-text>', "", "", ""),
    ('<mj-text color="#9ca3af"> </mj-text>', "", "", ""),
    ('<mj-text color="#767676">Hola</mj-text>', "", "", ""),
    ('<mj-text color="#8a8a8a" font-size="24px">Hola</mj-text>', "", "", ""),
    ('<mj-text><h1 style="color:#8a8a8a">Hola</h1></mj-text>', "", "", ""),
    ('<mj-text color="#9ca3af" css-class="lit">Hola</mj-text>', "<mj-style>.lit { color: #000 }</mj-style>", "", ""),
    ('<mj-text><span style="color:#fff;background:url(a.png)">Hola</span></mj-text>', "", "", ""),
    ('<mj-text><span style="color:#fff;background-color:#000">Hola</span></mj-text>', "", "", ""),
    ('<mj-text><a href="{{ data.url }}">Ver mi pedido</a></mj-text>', "", ' background-color="#000080"', ""),
    ('<mj-button href="{{ data.url }}">Ver mi pedido</mj-button>', "", "", ""),
    ('<mj-text mj-class="dark">Hola</mj-text>', '<mj-attributes><mj-all color="#eee" /><mj-class name="dark" color="#111" />'
     "</mj-attributes>", "", ""),
)  # fmt: skip


@pytest.mark.parametrize(("inside", "head", "section", "column"), READABLE)
def test_text_that_reads_or_whose_colours_are_unknown_is_left_alone(
    inside: str, head: str, section: str, column: str
) -> None:
    said = [line for line in told(inside, head, section, column) if "client-support" not in line]
    assert said == []


TOO_FAINT = (
    (FAINT, "", "", "#9ca3af on #ffffff"),
    (FAINT, "", ' background-color="#f3f4f6"', "#9ca3af on #f3f4f6"),
    ("<mj-text>Hola</mj-text>", '<mj-attributes><mj-text color="#aaa" /></mj-attributes>', "", "#aaaaaa on #ffffff"),
    ('<mj-text mj-class="a">Hola</mj-text>', '<mj-attributes><mj-class name="a" color="silver" /></mj-attributes>', "",
     "#c0c0c0 on #ffffff"),
    ('<mj-text><b>a <i style="color:rgb(170, 170, 170)">Hola</i></b></mj-text>', "", "", "#aaaaaa on #ffffff"),
    ('<mj-text><span style="background:#333">Hola</span></mj-text>', "", "", "#000000 on #333333"),
    ('<mj-text><p bgcolor="#333">Hola</p></mj-text>', "", "", "#000000 on #333333"),
    ('<mj-button background-color="#fbbf24" href="https://e.com">Ver mi pedido</mj-button>', "", "", "#ffffff on #fbbf24"),
    ("<mj-table><tr><td>Hola</td></tr></mj-table>", "", ' background-color="#333"', "#000000 on #333333"),
    ('<ac-confirm name="a" question="¿Sí?" color="#aaa" />', "", "", "#aaaaaa on #ffffff"),
    ('<mj-text color="#9ca3af" css-class="a">Hola</mj-text>', "<mj-style>@media print { .a { color: #000 } }</mj-style>", "",
     "#9ca3af on #ffffff"),
)  # fmt: skip


@pytest.mark.parametrize(("inside", "head", "section", "colors"), TOO_FAINT)
def test_text_that_is_too_faint_is_told(inside: str, head: str, section: str, colors: str) -> None:
    assert told(inside, head, section) == [f"low-contrast: {colors}"]


def test_the_shade_that_is_named_would_do() -> None:
    for ink, back in (("#9ca3af", "#ffffff"), ("#444444", "#111111"), ("#ffffff", "#fbbf24"), ("#808080", "#808080")):
        body = f'<mj-text color="{ink}">Hola</mj-text>'
        (problem,) = lint.check("try", whole(PAGE.format("", BOX.format(f' background-color="{back}"', "", body))))
        mended = body.replace(ink, problem.fix.split()[0])
        assert told(mended, "", f' background-color="{back}"') == []


INHERITED = (
    '<mj-all color="#000001" />',
    '<mj-all color="#000001" /><mj-text color="#000002" />',
    '<mj-text color="#000002" /><mj-all color="#000001" />',
    '<mj-text color="#000002" /><mj-class name="a" color="#000003" />',
    '<mj-class name="a" color="#000003" /><mj-class name="b" color="#000004" />',
)


@pytest.mark.parametrize("rows", INHERITED)
@pytest.mark.parametrize(
    "given", ["", ' color="#000005"', ' mj-class="a b"', ' mj-class="b a" color="#000005"', ' mj-class="b"']
)
def test_attributes_are_inherited_as_npm_mjml_inherits_them(rows: str, given: str, npm_mjml: Checker) -> None:
    page = PAGE.format(f"<mj-attributes>{rows}</mj-attributes>", BOX.format("", "", f"<mj-text{given}>Hola</mj-text>"))
    root = read("a", "es", {"a": page}).mjml
    assert root
    text = next(element for element in root.walk() if element.tag == "mj-text" and element.inner == "Hola")
    shown = re.search(r"[;\"]color:\s*(#[0-9]{6}|#000);[^>]*>\s*Hola", npm_mjml.ask(page)["html"])
    assert (Inheritance(root).value(text, "color") or "#000000") == (shown[1] if shown else "#000000")


@pytest.mark.parametrize(
    "style", ["display:none", "font-size:1px", "max-height:0;overflow:hidden", "opacity: 0", "visibility:hidden"]
)
def test_a_hidden_preheader_may_be_white(style: str) -> None:
    assert told(f'<mj-text><div style="color:#ffffff;{style}">Un minuto</div>Hola</mj-text>') == []
