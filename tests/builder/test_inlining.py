"""mj-style inline: its rules stand on the tags, as npm mjml puts them there, and Jinja stays where it was."""

from __future__ import annotations

import pytest

from builder import catalog, emails, lint, messages
from builder.lint.sense import SENDER
from tests.builder.emails import whole
from tests.look import html
from tests.look.compare import ours
from tests.node import Checker

PAGE = '<mjml><mj-head><mj-style inline="inline">{}</mj-style></mj-head><mj-body>{}</mj-body></mjml>'
TEXT = '<mj-section><mj-column><mj-text css-class="box">Hello <b class="c">you</b></mj-text></mj-column></mj-section>'
CASES = [
    (".box{border:5px solid red}.box > div > b{color:blue}", TEXT),
    ("b{color:red!important} .c{color:blue}", TEXT),
    (".box b, .nobody{font-size:20px;color:#123456}", TEXT),
    ("table td.box div{letter-spacing:2px}", TEXT),
    ("b{color:red}", TEXT.replace("<b ", "<b style='color:green;margin:1px' ")),
    (".c:hover{color:red} a{color:red}", TEXT.replace("Hello", "<a href='https://e.com/?a=1&b=2'>x</a>")),
]


@pytest.mark.parametrize(("css", "body"), CASES)
def test_rules_stand_where_npm_mjml_puts_them(css: str, body: str, npm_mjml: Checker) -> None:
    source = PAGE.format(css, body)
    mine, theirs = (
        html.plain(html.as_browsers_read(made)).split("<body", 1)[1]
        for made in (ours(source), npm_mjml.ask(source)["html"])
    )
    assert mine == theirs


@pytest.mark.parametrize(
    ("css", "body", "shown"),
    [
        ("b{color:{{ data.url }}}", TEXT, "https://example.com/?a=1"),
        ("td{padding:3px}", TEXT.replace("mj-text", "mj-table").replace(
            "Hello", "{% for item in data.order.items %}<tr><td>{{ item.name }}</td></tr>{% endfor %}"), "padding: 3px;\">Taza"),
        ("p{margin:0}", "{% if data.url %}" + TEXT.replace("Hello", "<p>Yes</p>") + "{% endif %}", 'style="margin: 0;">Yes'),
        ("b{margin:0}", TEXT.replace("<b ", "<b title=\"{% if 1 < 2 %}less{% endif %}\" "), 'title="less"'),
        ("i{margin:0}", TEXT.replace("Hello", "{{ '<i>' }} {% if 1 < 2 %}less{% endif %}"), "&lt;i&gt; less"),
        ("b{margin:0}", TEXT.replace("Hello", "<!--[if mso]>{% if 1 %}OUT{% endif %}<![endif]-->"), "<!--[if mso]>OUT<![endif]-->"),
    ],
)  # fmt: skip
def test_jinja_stays_where_it_was(css: str, body: str, shown: str) -> None:
    made = whole(PAGE.format(css, body))
    assert not [problem for problem in lint.check("try", made) if problem.severity == "error"]
    source = catalog.parse("try", made)
    assert shown in messages.fill(emails.compile(source, "es"), SENDER, messages.sample(source), 0).html


def test_an_email_without_such_a_style_is_not_touched() -> None:
    assert (
        "color: red" not in ours(PAGE.replace(' inline="inline"', "").format("b{color: red}", TEXT)).split("<body")[1]
    )
