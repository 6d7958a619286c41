"""CSS and html that large clients ignore are told once a file with what to do; what harms nobody and what MJML writes are not."""

import pytest

from builder import lint
from builder.lint import clients
from tests.builder.emails import files, whole

NEWS = "<mj-text>Tu pedido llega mañana por la tarde.</mj-text>"
HEAD = "<mjml><mj-head><mj-style>{}</mj-style></mj-head><mj-body><mj-section><mj-column>" + NEWS
HEAD += "</mj-column></mj-section></mj-body></mjml>"


def styled(style: str) -> dict[str, str]:
    return files(f'<mj-text><p style="{style}">Tu pedido llega mañana por la tarde.</p></mj-text>')


HARMLESS = (
    "border-radius:8px;box-shadow:0 1px 2px #000000;max-width:300px",
    "position:relative;display:inline-block;float:none",
    "background:linear-gradient(#ffffff,#eeeeee);background-color:#ffffff",
    "width:600px;width:calc(100% - 10px)",
    "color:{{ data.order.id }};font-size:16px;margin:0 auto;padding:8px",
    "transform:none",
)


@pytest.mark.parametrize("style", HARMLESS)
def test_a_style_that_harms_nobody_is_left_alone(style: str) -> None:
    assert lint.check("try", styled(style)) == []


SHEETS = (
    "@media only screen and (max-width:480px) { .a { display: flex; gap: 4px } .b { width: calc(1px + 1px) } }",
    "@supports (display: grid) { .a { display: grid } } a:hover { border-radius: 4px }",
    "/* display:flex; { */ .a { margin: 0 }",
    ".a { /* display: grid */ margin: 0 }",
)


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_that_says_what_holds_elsewhere_is_left_alone(sheet: str) -> None:
    assert lint.check("try", whole(HEAD.format(sheet))) == []


def test_what_mjml_itself_writes_is_left_alone() -> None:
    inside = '<mj-button border-radius="8px" href="{{ data.url }}">Ver mi pedido</mj-button>'
    made = f'<mj-section background-url="https://example.com/a.png"><mj-column>{NEWS}{inside}</mj-column></mj-section>'
    assert lint.check("try", whole(f"<mjml><mj-body>{made}</mj-body></mjml>")) == []


def test_whoever_writes_for_others_than_outlook_has_thought_of_outlook() -> None:
    inside = '<!--[if !mso]><!--><div style="display:flex">Hola, esto es para ti</div><!--<![endif]-->'
    assert lint.check("try", files(f"<mj-text>{inside}</mj-text>")) == []


TOLD = (
    ("display:flex", "Outlook for Windows ignores this: display:flex."),
    ("position:absolute;top:0", "Gmail and Outlook for Windows ignore this: position."),
    ("width:calc(100% - 8px)", "Outlook for Windows, Outlook.com and Yahoo Mail ignore this: calc()."),
    ("color:var(--ink)", "Gmail, Outlook for Windows, Outlook.com and Yahoo Mail ignore this: var()."),
    ("background:url('a.png')", "Outlook for Windows ignores this: background-image."),
    ("font-size:1.2rem", "Outlook for Windows and Yahoo Mail ignore this: rem."),
)


@pytest.mark.parametrize(("style", "says"), TOLD)
def test_a_style_that_loses_something_is_told(style: str, says: str) -> None:
    assert [problem.message for problem in lint.check("try", styled(style))] == [says]


IN_TAGS = (
    ("<svg></svg>", "<svg>"),
    ("<video src='a.mp4'></video>", "<video>"),
    ("<input type='text'>", "<input>"),
    ("<style>p { margin: 0 }</style>", "<style> in the body"),
    ("<img alt='' src='data:image/png;base64,AA'>", "Images inside the mail (data:)"),
    ("<img alt='' src='https://example.com/a.webp?x=1'>", "WebP images"),
    ("<img alt='' src='https://e.com/a.png' style='max-width:300px'>", "max-width of an image without a width"),
)


@pytest.mark.parametrize(("tag", "name"), IN_TAGS)
def test_a_tag_or_image_that_is_not_shown_is_told(tag: str, name: str) -> None:
    told = lint.check("try", files(f"<mj-text>Tu pedido llega mañana. {tag}</mj-text>"))
    assert [(problem.rule, problem.message.split(": ", 1)[1]) for problem in told] == [("client-support", f"{name}.")]


IN_SHEETS = (
    ("@import url(a.css);", (1, 26), "@import"),
    ("\n.a::before { content: 'x' }", (2, 1), "::before and ::after"),
    (".a { .b { margin: 0 } }", (1, 31), "nested rules"),
    (".a { margin: 0; display : GRID }", (1, 42), "display:grid"),
)


@pytest.mark.parametrize(("sheet", "place", "name"), IN_SHEETS)
def test_a_fault_in_a_sheet_is_told_with_its_place(sheet: str, place: tuple[int, int], name: str) -> None:
    told = lint.check("try", whole(HEAD.format(sheet)))
    assert [(problem.line, problem.column, problem.message.split(": ", 1)[1]) for problem in told] == [
        (*place, f"{name}.")
    ]


def test_a_feature_is_told_once_a_file() -> None:
    inside = '<mj-text><p style="display:flex">uno</p><p style="display:flex">dos</p></mj-text>' * 5
    assert len(lint.check("try", files(inside))) == 1


def test_every_row_names_clients_that_exist() -> None:
    rows = (*clients.CSS, *clients.SELECTORS, *clients.IMAGES)
    letters = {letter for row in rows for letter in row[2]} | {
        letter for who, _ in clients.TAGS.values() for letter in who
    }
    assert letters == set(clients.CLIENTS)
