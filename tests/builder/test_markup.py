"""MJML read with the place of everything in it. What is wrong with it is told by the rules of lint, and tested there."""

from builder import markup
from builder.nodes import Element, Source, Text


def read(text: str) -> tuple[list[Element | Text], list[str]]:
    nodes, problems = markup.parse(Source("body.mjml", text))
    return nodes, [problem.rule for problem in problems]


def first(text: str) -> Element:
    element = read(text)[0][0]
    assert isinstance(element, Element)
    return element


def test_tags_and_attribute_names_are_read_in_any_case() -> None:
    element = first('<MJ-Text Align="Left">x</mj-text>')
    assert (element.tag, element.get("align"), element.inner) == ("mj-text", "Left", "x")


def test_an_attribute_keeps_its_value_as_written() -> None:
    element = first("""<mj-button href='a"b' title="it's &lt; {{ x | join(">") }}" rel = "c">x</mj-button>""")
    values = [element.get(name) for name in ("href", "title", "rel")]
    assert values == ['a"b', 'it\'s &lt; {{ x | join(">") }}', "c"]


def test_an_attribute_knows_where_its_value_stands() -> None:
    attribute = first('<mj-text align =  "left">x</mj-text>').attributes["align"]
    assert attribute.source.text[attribute.value_start :].startswith('left"')


def test_jinja_with_tags_quotes_and_comments_is_no_markup() -> None:
    nodes, rules = read("<mj-text>{% if a < 3 and b > '</mj-text>' %}<b>{# <i> #}{{ '<u>' }}</b>{% endif %}</mj-text>")
    assert rules == []
    assert [child.tag for child in nodes[0].walk()] == ["mj-text", "b"]  # type: ignore[union-attr]


def test_void_tags_close_themselves() -> None:
    assert [child.tag for child in first("<p>a<br>b<img src='c'><hr/></p>").elements] == ["br", "img", "hr"]


def test_a_style_holds_text_up_to_its_own_end() -> None:
    style = first("<mj-style>a > b { content: '</p>' }</mj-style>")
    assert (style.inner, style.elements) == ("a > b { content: '</p>' }", [])


def test_a_comment_is_text_that_says_so() -> None:
    comment = first("<p><!-- <b> --></p>").children[0]
    assert isinstance(comment, Text)
    assert comment.is_comment


def test_lines_and_columns_count_characters_from_one() -> None:
    source = Source("a", "é\n👩x")
    assert [source.position(at) for at in (0, 2, 3)] == [(1, 1), (2, 1), (2, 2)]


def test_a_file_with_fifty_faults_is_not_read_on() -> None:
    nodes, rules = read("<p>" + "</b>" * 1000)
    assert (nodes, len(rules)) == ([], markup.MAX_FAULTS)


def test_crossed_tags_still_give_a_tree() -> None:
    nodes, rules = read("<p><b>x</p></b>y")
    assert rules == ["crossed-tags", "stray-closing-tag"]
    assert isinstance(nodes[0], Element)
    assert nodes[0].inner == "<b>x"
