"""Partials in their places. What can be wrong with an include is told by lint, and tested there."""

from builder import documents
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
