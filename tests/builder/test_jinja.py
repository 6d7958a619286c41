"""Which characters of a text are Jinja's."""

from hypothesis import given
from hypothesis import strategies as st

from builder import jinja

TEXTS = st.lists(
    st.sampled_from(
        ["{{", "}}", "{%", "%}", "{#", "#}", "raw", "endraw", "'", '"', "\\", " ", "a", "\n", "é", "{", "}"]
    )
).map("".join)


def pieces(text: str) -> list[str]:
    return [piece for is_jinja, piece in jinja.split(text) if is_jinja]


def test_an_end_mark_in_a_string_ends_nothing() -> None:
    assert pieces("a {{ '}}' }} b {% if x == \"%}\" %}") == ["{{ '}}' }}", '{% if x == "%}" %}']


def test_a_raw_block_is_one_piece_with_all_that_is_in_it() -> None:
    assert pieces("{% raw %}{{ not read }}{% endraw %}{{ read }}") == [
        "{% raw %}{{ not read }}{% endraw %}",
        "{{ read }}",
    ]


def test_a_comment_may_hold_quotes_and_tags() -> None:
    assert pieces("{# it's <b> #}x") == ["{# it's <b> #}"]


def test_what_never_closes_is_found_where_it_opens() -> None:
    assert jinja.scan("{{ a }} and {{ 'b }}")[1] == 12
    assert jinja.scan("{% raw %} for ever")[1] == 0


@given(TEXTS)
def test_the_pieces_joined_are_the_text(text: str) -> None:
    assert "".join(piece for _, piece in jinja.split(text)) == text


@given(TEXTS)
def test_a_shadow_has_the_length_and_the_lines_of_its_text(text: str) -> None:
    shadow = jinja.shadow(text, jinja.spans(text))
    assert len(shadow) == len(text)
    assert [at for at, c in enumerate(shadow) if c == "\n"] == [at for at, c in enumerate(text) if c == "\n"]


@given(st.text())
def test_a_literal_prints_itself_whatever_it_looks_like(text: str) -> None:
    from builder import personalise

    plain = text.replace("\r\n", "\n").replace("\r", "\n")  # as Jinja itself reads a template
    assert personalise.text(jinja.literal(plain), {}) == plain


def test_entities_become_characters_and_never_become_jinja() -> None:
    assert jinja.decoded("caf&eacute; {{ a }} &#123;&#123; b }}") == "café {{ a }} {{ '{{' }} b }}"


def test_escaping_leaves_jinja_alone() -> None:
    assert jinja.escaped('a < "b" {{ c < "d" }}') == 'a &lt; &quot;b&quot; {{ c < "d" }}'
