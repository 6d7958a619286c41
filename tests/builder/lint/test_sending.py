"""What would go out dead, empty or meant for another program is found; what would not is left alone."""

from __future__ import annotations

import pytest

from builder import lint
from tests.builder.emails import TOML, files, whole

NEWS = "<mj-text>Your parcel is here since this morning.</mj-text>"
PAGE = (
    "<mjml><mj-head>{}</mj-head><mj-body><mj-section><mj-column>{}"
    + NEWS
    + "</mj-column></mj-section></mj-body></mjml>"
)


def rules(inside: str, head: str = "", **more: str) -> list[str]:
    return [problem.rule for problem in lint.check("try", whole(PAGE.format(head, inside), **more))]


DEAD = [
    '<mj-button href="www.shop.example/x">See my order</mj-button>',
    '<mj-button href="#">See my bill</mj-button>',
    "<mj-button>See my things</mj-button>",
    '<mj-button href="htp://e.com/x">See my order</mj-button>',
    '<mj-button href="https:/x">See my order</mj-button>',
    '<mj-text><a href="shop.example/x">your order</a></mj-text>',
    '<mj-text><a href="javascript:go()">your order</a></mj-text>',
    '<mj-text><a href="">your order</a></mj-text>',
    '<mj-text><a href="/order">your order</a></mj-text>',
    '<mj-navbar><mj-navbar-link href="/a">Our shop here</mj-navbar-link></mj-navbar>',
    '<mj-social><mj-social-element name="github" href="github.com/us">Our code</mj-social-element></mj-social>',
]


@pytest.mark.parametrize("inside", DEAD)
def test_a_link_that_leads_nowhere_is_told(inside: str) -> None:
    assert rules(inside) == ["dead-link"]


ALIVE = [
    '<mj-button href="https://shop.example/x">See my order</mj-button>',
    '<mj-button href="{{ data.url }}">See my order</mj-button>',
    '<mj-button href="https://{{ data.order.id }}.shop.example">See my order</mj-button>',
    '<mj-text><a href="mailto:a@e.com?subject=Hi">write to us</a> or <a href="tel:+571">call us</a></mj-text>',
    '<mj-text><a href="#end">to the end</a> <b id="end">The end</b></mj-text>',
    '<mj-navbar base-url="https://e.com"><mj-navbar-link href="/a">Our shop here</mj-navbar-link></mj-navbar>',
    '<mj-text><a name="top"></a>Top</mj-text>',
    '<mj-text><a href="{% if data.url %}{{ data.url }}{% else %}https://e.com{% endif %}">your order</a></mj-text>',
]


@pytest.mark.parametrize("inside", ALIVE)
def test_a_link_that_leads_somewhere_is_left_alone(inside: str) -> None:
    assert rules(inside) in ([], ["vague-link"])


@pytest.mark.parametrize(
    "src", ["/logo.png", "logo.png", "//cdn.example/l.png", "htp://e.com/l.png", "https:/l.png", "C:\\l.png"]
)
def test_an_image_that_no_client_can_load_is_told(src: str) -> None:
    assert rules(f'<mj-image src="{src}" alt="Logo" width="100px" />') == ["dead-image"]


@pytest.mark.parametrize(
    "src", ["https://e.com/l.png", "{{ data.url }}", "https://e.com/{{ data.order.id }}.png", "cid:logo"]
)
def test_an_image_with_a_whole_address_is_left_alone(src: str) -> None:
    assert rules(f'<mj-image src="{src}" alt="Logo" width="100px" />') == []


CLASSES = '<mj-attributes><mj-class name="primary" color="#004400" src="https://e.com/a.png" alt="Logo of Shop" /></mj-attributes>'


@pytest.mark.parametrize(
    ("head", "inside", "told"),
    [
        (CLASSES, '<mj-text mj-class="primry">x</mj-text>', ["unknown-class"]),
        (CLASSES, '<mj-text mj-class="primary other">x</mj-text>', ["unknown-class"]),
        ("", '<mj-text mj-class="any">x</mj-text>', ["unknown-class"]),
        (CLASSES.replace("<mj-class ", '<mj-text mj-class="primary" /><mj-class '), "", ["unknown-class"]),
        (CLASSES, '<mj-text mj-class="primary">x</mj-text>', []),
        (CLASSES, '<mj-image mj-class="primary" width="100px" />', []),
        ("<mj-preview>A short preview of the mail</mj-preview><mj-preview>and another one of it</mj-preview>", "",
         ["repeated-preview"]),
        ("<mj-preview>A short preview of the mail, with words enough" + "&zwnj;&nbsp;" * 90 + "</mj-preview>", "", []),
        ("<mj-preview>A short preview of the mail &#847; &zwnj; &#8199;&shy;&nbsp;</mj-preview>", "", []),
        ("<mj-style>@media screen{@font-face{font-family:X;src:url(https://e.com/x.woff)}}</mj-style>", "", ["gmail-style"]),
        ("<mj-style>@media screen{@supports (color:red){a{color:red}}}</mj-style>", "", ["gmail-style"]),
        ("<mj-style>" + ".k{color:#333333;padding:1px 2px 3px 4px}" * 420 + "</mj-style>", "", ["gmail-style"]),
        ("<mj-style>@media screen{a{color:red}} @font-face{font-family:X;src:url(https://e.com/x.woff)}</mj-style>", "", []),
        ("", '<mj-text><iframe src="https://e.com"></iframe></mj-text>', ["client-support"]),
    ],
)  # fmt: skip
def test_classes_previews_and_styles(head: str, inside: str, told: list[str]) -> None:
    assert rules(inside, head) == told


COLUMN = "<mj-column{}>" + NEWS + "</mj-column>"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("{% for i in data.order.items %}" + COLUMN.format("") + "{% endfor %}", 1),
        ("{% if data.url %}{% if 1 %}" + COLUMN.format("") + "{% endif %}{% endif %}" + COLUMN.format(""), 1),
        ("<mj-group>" + COLUMN.format("") + "{% if data.url %}" + COLUMN.format("") + "{% endif %}</mj-group>", 1),
        ("{% if data.url %}" + COLUMN.format("") + "{% endif %}" + COLUMN.format(""), 0),
        ("<mj-group>{% for i in data.order.items %}" + COLUMN.format("") + "{% endfor %}</mj-group>", 1),
        ("<mj-raw>{% for i in data.order.items %}</mj-raw>" + COLUMN.format("") + "<mj-raw>{% endfor %}</mj-raw>", 1),
        ("{% for i in data.order.items %}" + COLUMN.format(' width="33%"') + "{% endfor %}", 0),
        ("{% if data.url %}" + COLUMN.format("") + "{% endif %}", 0),
        (COLUMN.format("") + COLUMN.format(""), 0),
    ],
)  # fmt: skip
def test_columns_whose_number_nobody_knows_need_a_width(row: str, told: int) -> None:
    found = lint.check("try", whole(f"<mjml><mj-body><mj-section>{row}</mj-section></mj-body></mjml>"))
    assert [problem.rule for problem in found] == ["column-width"] * told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Lorem ipsum dolor sit amet", ["placeholder"]),
        ("TODO: say it", ["placeholder"]),
        ("Love, [Your company]", ["placeholder"]),
        ("Insert your text here", ["placeholder"]),
        ("Tu texto aquí", ["placeholder"]),
        ("Hello *|FNAME|*", ["foreign-tag"]),
        ("Hello %%first_name%%", ["foreign-tag"]),
        ("Hello [[name]]", ["foreign-tag"]),
        ("Hello [FIRSTNAME]", ["foreign-tag"]),
        ("Hello ${name}", ["foreign-tag"]),
        ("Hello %FIRSTNAME%", ["foreign-tag"]),
        ('Hello [[data:firstname:"you"]]', ["foreign-tag"]),
        ("Hello %recipient.first_name%", ["foreign-tag"]),
        ("Hello {$name}", ["foreign-tag"]),
        ("Hello {!Contact.FirstName}", ["foreign-tag"]),
        ("Hello {!firstname}", ["foreign-tag"]),
        ("Hello {contactfield=firstname}", ["foreign-tag"]),
        ("Hello {contact.FIRSTNAME}", ["foreign-tag"]),
        ("Hello $[FNAME|there]$", ["foreign-tag"]),
        ("Hello @FIRSTNAME@", ["foreign-tag"]),
        ("Hello [% member:first_name %]", ["foreign-tag"]),
        ("a@B.com, 10%recipient, {!} {$} [%] @ANA, el 20 % y {contact}", []),
        ("todo el mundo, 100%, [1], $5 {x}, 50%% off, a|b", []),
        ("{{ '*|FNAME|*' }}", []),
    ],
)
def test_what_would_go_out_as_it_is_is_told(text: str, told: list[str]) -> None:
    assert [rule for rule in rules(f"<mj-text>{text}</mj-text>") if rule in ("placeholder", "foreign-tag")] == told


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        ("Tazas &amp; platos", ["markup-in-line"]),
        ("Tazas&nbsp;y platos", ["markup-in-line"]),
        ("<b>Tazas</b>", ["markup-in-line"]),
        ("Hola *|FNAME|*", ["foreign-tag"]),
        ("Hola, {{ person.first_name }}", ["unguarded-name"]),
        ("Tazas & platos < 5", []),
        ("{% if person.first_name %}{{ person.first_name }}, tu{% else %}Tu{% endif %} pedido", []),
    ],
)
def test_a_subject_that_would_go_out_as_it_is_is_told(subject: str, told: list[str]) -> None:
    given = TOML.format(mail_class="transactional").replace(
        "Hola{% if person.first_name %} {{ person.first_name }}{% endif %}", subject
    )
    assert rules("", email_toml=given) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hello {{ person.first_name }}", 1),
        ("Hello {{ person.first_name | default('friend') }}", 1),
        ("Hello {{ person.first_name | title }}", 1),
        ("Hello {{ 'dear ' ~ person.last_name }}", 1),
        ("{% if person.company %}Hello {{ person.first_name }}{% endif %}", 1),
        ("Hello {{ person.first_name or 'friend' }}", 0),
        ("Hello {{ person.first_name | default('friend', true) }}", 0),
        ("Hello {{ person.first_name if person.first_name else 'friend' }}", 0),
        ("{% if person.first_name %}Hello {{ person.first_name | title }}{% else %}Hello{% endif %}", 0),
        (
            "{% if not person.first_name %}Hello{% elif person.company %}{{ person.company }}, {{ person.first_name }}{% endif %}",
            0,
        ),
        ("{{ person.email }}", 0),
    ],
)
def test_a_name_that_may_be_empty_needs_a_guard(text: str, told: int) -> None:
    assert [rule for rule in rules(f"<mj-text>{text}</mj-text>") if rule == "unguarded-name"] == [
        "unguarded-name"
    ] * told


@pytest.mark.parametrize(
    ("inside", "rule"),
    [
        ('<mj-text>x <mj-include path="./sign.mjml" /></mj-text>', "wrong-nesting"),
        ('<mj-table><mj-include path="./sign.mjml" /></mj-table>', "wrong-nesting"),
        ('<mj-raw><mj-include path="./sign.mjml" /></mj-raw>', "wrong-nesting"),
        ('<mj-include path=".\\sign.mjml" />', "missing-include"),
        ("<mj-text><style>.a{color:red} <!-- </style></mj-text>", "unclosed-tag"),
        ("<mj-raw><style><!-- </style></mj-raw>", "unclosed-tag"),
    ],
)
def test_what_would_be_lost_is_told(inside: str, rule: str) -> None:
    assert rule in {problem.rule for problem in lint.check("try", files(inside, sign_mjml="<mj-text>Love</mj-text>"))}


@pytest.mark.parametrize(
    "css", [".a{color:#333} <!-- ", "<!--", "a{}<!-- b{}", ".x{} <!-- @media{}", "<!-- .a{} --", "p{} <!--\n"]
)
def test_a_comment_that_never_closes_in_a_style_is_told_and_breaks_nothing(css: str) -> None:
    assert rules("", f"<mj-style>{css}</mj-style>")[0] == "unclosed-tag"


def test_the_brief_that_acto_new_writes_is_no_brief() -> None:
    given = TOML.format(mail_class="transactional").replace("Whether, and why", "Say what you need to learn")
    assert rules("", email_toml=given) == ["placeholder"]
