"""Partials in their places. What can be wrong with an include is told by lint, and tested there."""

from pathlib import Path

import pytest

from builder import catalog, documents, emails, lint, messages
from builder.lint.sense import SENDER
from tests.builder.emails import whole

PAGE = '<mjml><mj-body><mj-include path="foot.mjml" /></mj-body></mjml>'
LINE = "<mj-section><mj-column><mj-text>{}</mj-text></mj-column></mj-section>"


def words(tree: documents.Tree) -> list[str]:
    return [text.raw for element in tree.walk() for text in element.children if not hasattr(text, "tag")]


def test_a_partial_stands_where_it_is_included_and_keeps_its_own_lines() -> None:
    made = whole(PAGE, foot_mjml="\n" + LINE.format("here"))
    tree = documents.read("try/body.mjml", "es", made)
    section = next(element for element in tree.walk() if element.tag == "mj-section")
    assert tree.problems == []
    assert (section.source.path, section.source.position(section.start)) == ("try/foot.mjml", (2, 1))


def test_a_partial_may_differ_by_language() -> None:
    made = whole(PAGE, foot_mjml=LINE.format("hola")) | {"try/foot.en.mjml": LINE.format("hello")}
    said = [words(documents.read("try/body.mjml", language, made)) for language in ("es", "en")]
    assert ["hola" in "".join(each) for each in said] == [True, False]
    assert ["hello" in "".join(each) for each in said] == [False, True]


def test_a_path_is_read_from_the_file_that_names_it() -> None:
    made = whole(PAGE.replace("foot.mjml", "../_shared/a.mjml"))
    made |= {"_shared/a.mjml": '<mj-include path="b.mjml" />', "_shared/b.mjml": LINE.format("deep")}
    tree = documents.read("try/body.mjml", "es", made)
    assert tree.problems == []
    assert "deep" in "".join(words(tree))


def test_the_same_partial_twice_is_no_loop() -> None:
    made = whole(PAGE.replace("/><", '/><mj-include path="foot.mjml" /><'), foot_mjml=LINE.format("x"))
    tree = documents.read("try/body.mjml", "es", made)
    assert (tree.problems, [element.tag for element in tree.walk()].count("mj-section")) == ([], 2)


SIGN = "<mj-section><mj-column><mj-text>Love</mj-text></mj-column></mj-section>"
WHOLE = f"<mjml><mj-head><mj-attributes><mj-text color='#123456' /></mj-attributes></mj-head><mj-body>{SIGN}</mj-body></mjml>"


@pytest.mark.parametrize(
    ("include", "file", "text"),
    [
        ('<mj-include path="sign.mjml" />', "sign.mjml", SIGN),
        ('<mj-include path="sign" />', "sign.mjml", SIGN),
        ('<mj-include path="./sign.mjml" type="mjml" />', "sign.mjml", SIGN),
        ('<mj-include path="sign.mjml" />', "sign.mjml", WHOLE),
        ('<mj-include path="sign.html" type="html" />', "sign.html", "<p>Love {{ data.order.id }}</p>"),
        ('<mj-include path="sign.html" type="html" />', "sign.html", "<!--[if mso]><p>Love</p><![endif]-->"),
    ],
)
def test_mjml_includes_what_mjml_includes(include: str, file: str, text: str) -> None:
    made = whole(PAGE.replace('<mj-include path="foot.mjml" />', SIGN.replace("Love", "x") + include)) | {
        f"try/{file}": text
    }
    assert lint.check("try", made) == []
    html = emails.compile(catalog.parse("try", made), "es").html
    assert "Love" in html
    assert ("#123456" in html) == (text == WHOLE)


@pytest.mark.parametrize("inline", ["", ' css-inline="inline"'])
def test_css_may_be_included_in_the_head(inline: str) -> None:
    head = f'<mj-head><mj-include path="s.css" type="css"{inline} /></mj-head>'
    made = whole(PAGE.replace("<mj-body>", f"{head}<mj-body>").replace('<mj-include path="foot.mjml" />', SIGN))
    made |= {"try/s.css": "div{color:#abcdef}"}
    assert lint.check("try", made) == []
    html = emails.compile(catalog.parse("try", made), "es").html
    assert ("div{color:#abcdef}" in html, 'style="color: #abcdef' in html or ";color: #abcdef" in html) == (
        not inline,
        bool(inline),
    )


def test_a_folder_is_collected_with_css_html_and_what_has_no_suffix(tmp_path: Path) -> None:
    for name in ("email.toml", "sample.json", "s.css", "a.html", "part.mjml", "part.en.mjml"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    includes = "".join(f'<mj-include path="{name}" />' for name in ("s.css", "a.html", "part"))
    (tmp_path / "body.mjml").write_text(includes, encoding="utf-8")
    found = {path.partition("/")[2] for path in catalog.collect(tmp_path)}
    assert {"s.css", "a.html", "part.mjml", "part.en.mjml"} <= found


@pytest.mark.parametrize(
    "raw",
    [
        "<mj-raw>{% if data.url %}</mj-raw>AAA<mj-raw>{% endif %}</mj-raw>",
        "<mj-raw>{% if 1 > 2 %}</mj-raw>NOT<mj-raw>{% else %}</mj-raw>AAA<mj-raw>{% endif %}</mj-raw>",
        "<mj-raw>{% for item in data.order.items %}</mj-raw>AAA<mj-raw>{% endfor %}</mj-raw>",
        "<mj-wrapper><mj-raw>{% if data.url %}</mj-raw>AAA<mj-raw>{% endif %}</mj-raw></mj-wrapper>",
        "<mj-raw> {% if data.url %} {# a note #}</mj-raw>AAA<mj-raw>{% endif %}</mj-raw>",
        "<mj-raw>{% set here = 1 %}{% if here %}</mj-raw>AAA<mj-raw>{% endif %}</mj-raw>",
    ],
)
def test_jinja_in_a_raw_tag_is_jinja_between_tags(raw: str) -> None:
    section = SIGN.replace("Love", "{}")
    body = raw.replace("AAA", section.format("AAA")).replace("NOT", section.format("NOT"))
    source = catalog.parse("try", whole(f"<mjml><mj-body>{body}</mj-body></mjml>"))
    filled = messages.fill(emails.compile(source, "es"), SENDER, messages.sample(source), 0)
    for part in (filled.html, filled.text):
        assert ("AAA" in part, "NOT" in part) == (True, False)


@pytest.mark.parametrize(
    "body",
    [
        SIGN + "<!--[if mso]>KEPT<![endif]-->" + SIGN,
        SIGN + "<!--[if !mso]><!-->" + SIGN + "<!--<![endif]-->KEPT".replace("KEPT", ""),
        f"<mj-wrapper>{SIGN}<!--[if mso]><tr><td>KEPT</td></tr><![endif]-->{SIGN}</mj-wrapper>",
        "<mj-section><!--[if mso]><td>KEPT</td><![endif]--><mj-column></mj-column></mj-section>",
        "<mj-section><mj-column><!--[if mso]><tr><td>KEPT</td></tr><![endif]--><mj-text>x</mj-text></mj-column></mj-section>",
        SIGN + "<!--[if (gte mso 9)|(IE)]>KEPT {{ data.order.id }}<![endif]-->",
    ],
)
def test_a_comment_that_outlook_reads_is_sent_and_no_other(body: str) -> None:
    made = whole(f"<mjml><mj-body><!-- DROPPED {{{{ data.nobody }}}} -->{body}</mj-body></mjml>")
    html = emails.compile(catalog.parse("try", made), "es").html
    assert "DROPPED" not in html
    assert ("KEPT" in html) == ("KEPT" in body)
    assert html.count("<!--[if !mso]><!-->") == html.count("<!--<![endif]-->")
