"""Any markup an author may write, with any attributes and Jinja in it: it becomes valid AMP, or the email is kept out of AMP."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.formats import amp
from builder.tags import HTML_TAGS
from tests.builder.amp.conftest import Validate
from tests.builder.amp.documents import column, compiled, fill

VOID = frozenset("area base br col embed hr img input link meta param source wbr".split())  # noqa: SIM905
CLOSED = sorted(HTML_TAGS - VOID - {"html", "head", "body", "script"})
ATTRIBUTES = (
    *(
        'align="center"',
        'bgcolor="#fff"',
        'border="3"',
        'width="10"',
        'height="50%"',
        'nowrap="nowrap"',
        'type="submit"',
    ),
    *('class="i-amphtml-x"', 'id="constructor"', 'href="{{ data.url }}"', 'href="/x"', 'target="_top"', 'name="n"'),
    *('src="https://example.com/a.png"', 'onclick="{% if 1 %}x{% endif %}"', '[text]="y"', 'data-amp-bind-x="1"'),
    *(
        'aria-label="{{ person.company }}"',
        'title="{% if person.company %}a{% endif %}"',
        'rel="stylesheet"',
        'hidden=""',
    ),
    *('style="color:red;position:fixed;float:left !important"', 'style="a:b:c;}{"', 'on="tap:a.hide"', 'layout="fill"'),
    *('style="width:1px;{% if person.company %}color:red;{% endif %}background:url(http://x.test/a)"', 'color="red"'),
)
TEXTS = (
    *("texto", "{{ person.company }}", "{% if person.company %}sí{% else %}no{% endif %}", "&amp; &lt; &#123;&#123; x"),
    *(
        "<!-- {% if 1 %}{% endif %} -->",
        "{% set z = 1 %}",
        "{% raw %}{{ x }}<b>y</b>{% endraw %}",
        "👩‍👧\u202e",
        "{# x #}",
    ),
)


def _tag(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    attributes = st.lists(st.sampled_from(ATTRIBUTES), max_size=4, unique_by=lambda each: each.partition("=")[0])
    opened = st.tuples(attributes, st.sampled_from(CLOSED), st.lists(inside, max_size=3))
    alone = st.tuples(attributes, st.sampled_from(sorted(VOID)))
    return opened.map(lambda made: _element(*made)) | alone.map(lambda made: f"<{' '.join([made[1], *made[0]])}>")


def _element(attributes: list[str], tag: str, inside: list[str]) -> str:
    """What stands in a style ends with the first </style>, whatever it is (HTML 13.1.2.6): there no other may begin."""
    text = "".join(piece for piece in inside if tag != "style" or "</style" not in piece)
    return f"<{' '.join([tag, *attributes])}>{text}</{tag}>"


@settings(max_examples=150)
@given(st.lists(st.recursive(st.sampled_from(TEXTS), _tag, max_leaves=12), min_size=1, max_size=3))
def test_it_is_valid_or_kept_out(validate: Validate, pieces: list[str]) -> None:
    source = compiled(column(f"<mj-text>{''.join(pieces)}</mj-text>"))
    made = amp.document(source)
    assert bool(made.template) != bool(made.stops)
    if made.template:
        assert validate(fill(made, source, "es")) == []
