"""What cannot cross over is told: what it is, why, and what to do; and some of it keeps the email out of AMP."""

from pathlib import Path

import pytest

from builder.formats.amp.losses import KINDS
from tests.builder.amp.conftest import Validate
from tests.builder.amp.documents import column, document, filled, whole

TEXT = "<mj-text>{}</mj-text>"
FONT = '<mj-attributes><mj-all font-family="Georgia" /></mj-attributes>'
STYLE = "<mj-style>{}</mj-style>"
INSIDE = (  # kind, what is lost, what what stands in a column
    ("image-size", "https://x.test/a.png", '<mj-image src="https://x.test/a.png" alt="" width="100px" />'),
    ("image-size", "https://x.test/a.png", TEXT.format('<img src="https://x.test/a.png" alt="" width="100">')),
    ("image-url", "http://x.test/a.png", '<mj-image src="http://x.test/a.png" alt="" width="9px" height="9px" />'),
    ("image-url", "a.png", TEXT.format('<img src="a.png" alt="" width="9" height="9">')),
    (
        "inline-style",
        "background:{{ person.first_name }}",
        TEXT.format(f'<b style="background:{{{{ person.first_name }}}};font-family:{"a" * 1000}">x</b>'),
    ),
    ("link", "#abajo", TEXT.format('<a href="#abajo">x</a>')),
    ("link", "sms:123", TEXT.format('<a href="sms:123">x</a>')),
    ("link", "https://[x", TEXT.format('<a href="https://[x">x</a>')),
    ("tag", "<video>", TEXT.format('<video src="https://x.test/a.mp4">x</video>')),
    ("tag", "<svg>", TEXT.format('<svg><path d="M0"/></svg>')),
    ("field", "<form>", TEXT.format('<form action="https://x.test">x</form>')),
    ("field", "<input>", TEXT.format("<input>")),
    ("style", "animation: x 1s", TEXT.format('<b style="animation:x 1s">x</b>')),
    ("position", "position: fixed", TEXT.format('<b style="position:fixed">x</b>')),
    ("binding", "[text]", TEXT.format('<b [text]="a">x</b>')),
    (
        "menu",
        "<mj-navbar hamburger>",
        '<mj-navbar hamburger="hamburger"><mj-navbar-link href="https://x.test">x</mj-navbar-link></mj-navbar>',
    ),
    ("frame", "<mj-carousel>", '<mj-carousel><mj-carousel-image src="https://x.test/a.png" /></mj-carousel>'),
)
HEAD = (
    (
        "font",
        "@import url(https://x.test/i.css)",
        '<mj-font name="Inter" href="https://x.test/i.css" /><mj-attributes><mj-text font-family="Inter" /></mj-attributes>',
    ),
    ("font", "@font-face", STYLE.format("@font-face{font-family:x;src:url(https://x.test/a.woff)}")),
    ("at-rule", "@supports", STYLE.format("@supports (color:red){a{color:red}}")),
    ("media", "@media (prefers-reduced-motion)", STYLE.format("@media (prefers-reduced-motion:reduce){a{color:red}}")),
    ("unread", "the whole email", STYLE.format("a{color:red} <!-- ")),
    ("selector", "a:visited", STYLE.format("a:visited,b{color:red}")),
    ("selector", "a::before", STYLE.format("a::before{color:red}")),
    ("style", 'content: "x"', STYLE.format('b{content:"x"}')),
    ("image-url", "background: url(http://x.test/a.png)", STYLE.format("b{background:url(http://x.test/a.png)}")),
    ("css-large", "bytes of style", STYLE.format("".join(f".a{n}{{color:red;padding:{n}px}}" for n in range(2000)))),
    ("css-size", "bytes of style", STYLE.format("".join(f".a{n}{{color:red;padding:{n}px}}" for n in range(4000)))),
)
TOLD_ELSEWHERE = {"part-size", "fixed", "unbound", "unescaped", "method", "jinja"}


@pytest.mark.parametrize(("kind", "what", "inside"), INSIDE)
def test_what_a_column_loses_is_told(validate: Validate, kind: str, what: str, inside: str) -> None:
    _told(validate, kind, what, column(inside, FONT))


@pytest.mark.parametrize(("kind", "what", "head"), HEAD, ids=[f"{row[0]} {row[1]}" for row in HEAD])
def test_what_a_head_loses_is_told(validate: Validate, kind: str, what: str, head: str) -> None:
    _told(
        validate, kind, what, whole("<mj-section><mj-column><mj-text>x</mj-text></mj-column></mj-section>", FONT + head)
    )


def test_every_kind_of_loss_is_tried() -> None:
    assert {row[0] for row in (*INSIDE, *HEAD)} | TOLD_ELSEWHERE == set(KINDS)


def test_what_every_email_has_and_nobody_misses_is_no_loss() -> None:
    dark = STYLE.format("@media (prefers-color-scheme: dark) { b { color: #fff !important } }")
    text = TEXT.format(
        '<b style="mso-hide:all;cursor:default;-webkit-text-size-adjust:none">x</b><!-- y --><o:p></o:p>'
    )
    assert document(whole(f"<mj-section><mj-column>{text}</mj-column></mj-section>", FONT + dark)).losses == ()


@pytest.mark.parametrize(
    "inside", ["{% if person.company %}sí{% endif %}", "b{color:{% if 1 %}red{% endif %} x ! }} {% set y = 1 %}"]
)
def test_a_statement_that_nobody_can_place_keeps_the_email_out(inside: str) -> None:
    """Half an if would keep the template from being read at all; better no AMP part than half of one."""
    made = document(column("<mj-text>x</mj-text>", FONT + STYLE.format(inside)))
    assert [loss.kind for loss in made.stops] == ["jinja"]
    assert made.template == ""


def _told(validate: Validate, kind: str, what: str, source: str) -> None:
    made = document(source)
    assert [(loss.kind, loss.stops) for loss in made.losses] == [(kind, KINDS[kind][2])]
    assert what in made.losses[0].what
    assert made.losses[0].why
    assert made.losses[0].fix
    assert bool(made.template) != bool(made.stops)
    if made.template:
        assert validate(filled(source)) == []


def test_the_handbook_tells_every_kind_of_loss() -> None:
    handbook = (Path(__file__).parents[3] / "docs" / "amp.md").read_text(encoding="utf-8")
    rows = [f"| `{kind}` | {why} | {fix} | {'yes' if stops else ''} |" for kind, (why, fix, stops) in KINDS.items()]
    assert [line for line in handbook.splitlines() if line.startswith("| `")] == rows
