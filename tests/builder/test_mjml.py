"""The door to the MJML engine: what an author wrote arrives, whatever the engine would have made of it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import escape

from builder import catalog, emails, messages
from builder.lint.sense import SENDER
from builder.messages import Filled
from builder.problems import BrokenTemplate
from builder.tags import CONTENT_TAGS
from tests.builder.emails import files, whole

VALUES = {
    "accents": "¡Qué tal, señor Ñandú!",
    "emoji": "❤️ 👩‍👩‍👧 🇨🇴",
    "Hindi": "क्षि त्र",
    "Thai": "กำลัง",
    "right to left": "שלום \u202eabc\u202c",
    "a no-break space": "10\u00a0€",
    "a soft hyphen": "Ver\u00adtrag",
    "a zero-width space": "a\u200bb",
    "a back slash": "C:\\temp\\n",
    "single quotes": "it's 'so'",
    "entities": "a &lt; b &amp;&amp; c &#10; d",
    "what looks like a mark": "jx00001z jxx00002z",
    "a line break": "line 1\nline 2",
}


def filled(inside: str) -> Filled:
    return fill(files(inside))


def fill(made: dict[str, str]) -> Filled:
    source = catalog.parse("try", made)
    return messages.fill(emails.compile(source, "es"), SENDER, messages.sample(source), 0)


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_an_attribute_arrives_as_written(value: str) -> None:
    html = filled(f'<mj-image src="a.png" alt="{value}" /><mj-image src="a.png" alt="" title="{value}" />').html
    wanted = value.replace("\n", "&#10;")
    assert f'alt="{wanted}"' in html
    assert f'title="{wanted}"' in html


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_a_text_arrives_as_written(value: str) -> None:
    html = filled(f"<mj-text>{value} <b>{value}</b></mj-text><mj-table><tr><td>{value}</td></tr></mj-table>").html
    assert html.count(value) == 3


def test_double_quotes_inside_single_ones_arrive() -> None:
    assert 'alt="say &#34;hi&#34;"' in filled("""<mj-image src="a.png" alt='say "hi"' />""").html


@pytest.mark.parametrize(
    ("inside", "written"),
    [
        ('{% if data.order.items | length < 3 and "a" > "<b>" %}few{% endif %}', "few"),
        ("{# <b> it's nothing #}x", "x"),
        ("{% raw %}{{ <not> read }}{% endraw %}", "{{ <not> read }}"),
        ("{{ '<i>' }}", "&lt;i&gt;"),
        ('{{ "}}" ~ "%}" }}', "}}%}"),
        ("{%- for item in data.order.items -%} {{ item.name }} {%- endfor -%}", "Taza"),
    ],
)
def test_any_jinja_may_stand_in_a_text(inside: str, written: str) -> None:
    assert re.search(rf">\s*{re.escape(written)}\s*</div>", filled(f"<mj-text>{inside}</mj-text>").html)


def test_jinja_may_stand_in_an_attribute_with_quotes_of_both_kinds() -> None:
    html = filled(
        """<mj-button href="{{ data.url }}&amp;who={{ person['first_name'] | default("x") }}">x</mj-button>"""
    ).html
    assert 'href="https://example.com/?a=1&amp;b=2&amp;who=Ana"' in html


@given(st.text(st.characters(exclude_characters="\r"), max_size=30))
@settings(deadline=None, max_examples=60)
def test_any_name_in_an_attribute_is_that_name(name: str) -> None:
    made = files('<mj-image src="a.png" alt="{{ person.first_name }}" />')
    source = catalog.parse("try", made)
    ana = messages.sample(source)
    recipient = messages.Recipient(ana.contact_id, ana.message_id, ana.address, {"first_name": name}, {})
    html = messages.fill(emails.compile(source, "es"), SENDER, recipient, 0).html
    assert f'alt="{escape(name)}"' in html


@pytest.mark.parametrize(("company", "shown"), [("Café Ñandú", "AAA"), ("other", "BBB")])
def test_an_if_around_sections_chooses_between_them(company: str, shown: str) -> None:
    section = "<mj-section><mj-column><mj-text>{}</mj-text></mj-column></mj-section>"
    body = f'{{% if person.company == "{company}" %}}{section.format("AAA")}{{% else %}}{section.format("BBB")}{{% endif %}}'
    made = fill(whole(f"<mjml><mj-body>{body}</mj-body></mjml>"))
    for part in (made.html, made.text):
        assert [word in part for word in ("AAA", "BBB")] == [shown == "AAA", shown == "BBB"]


@pytest.mark.parametrize("around", ["mj-body", "mj-wrapper", "mj-section", "mj-group", "mj-column", "mj-hero"])
def test_an_if_may_stand_in_every_tag_that_frames(around: str) -> None:
    text = "<mj-text>AAA</mj-text>"
    layers = {"mj-column": text, "mj-hero": text}
    layers["mj-group"] = layers["mj-section"] = f"<mj-column>{text}</mj-column>"
    layers["mj-wrapper"] = layers["mj-body"] = f"<mj-section>{layers['mj-section']}</mj-section>"
    inside = f"<{around}>{{% if 1 > 2 %}}{layers[around]}{{% endif %}}</{around}>"
    for outer in {"mj-column": ["mj-section"], "mj-group": ["mj-section"]}.get(around, []):
        inside = f"<{outer}>{inside}</{outer}>"
    body = inside if around == "mj-body" else f"<mj-body>{inside}</mj-body>"
    made = fill(whole(f"<mjml>{body}</mjml>"))
    assert "AAA" not in made.html + made.text


def test_a_loop_around_sections_repeats_them() -> None:
    section = "<mj-section><mj-column><mj-text>{{ item.name }}!</mj-text></mj-column></mj-section>"
    body = f"{{% for item in data.order.items * 1 %}}{section}{{% endfor %}}".replace(" * 1", "")
    assert "Taza!" in fill(whole(f"<mjml><mj-body>{body}</mj-body></mjml>")).html


def test_a_comment_of_the_author_between_tags_reaches_nobody() -> None:
    made = filled("<!-- secret {{ person.first_name }} --><mj-text>x</mj-text>")
    assert "secret" not in made.html + made.text


def test_no_mark_is_left_in_what_is_sent() -> None:
    inside = "<mj-text>jx jxx00000z {{ person.first_name }}</mj-text>" + '<mj-image src="é" alt="ñ" />' * 50
    html = filled(inside).html
    assert re.findall(r"jx+[0-9]{5,}z", html) == ["jxx00000z"]


def test_the_subject_and_the_preheader_stand_in_the_head() -> None:
    html = filled("<mj-text>x</mj-text>").html
    assert re.search(r"<title>\s*Hola Ana\s*</title>", html)
    assert "Un minuto de tu tiempo." in html
    assert 'lang="es"' in html


def test_a_style_and_a_raw_tag_arrive_untouched() -> None:
    head = "<mj-style>.a > .b::after { content: '{{ person.first_name }}\\201C' }</mj-style>"
    body = "<mj-raw><table data-x='1'><tr><td>é</td></tr></table></mj-raw>"
    html = fill(whole(f"<mjml><mj-head>{head}</mj-head><mj-body>{body}</mj-body></mjml>")).html
    assert ".a > .b::after { content: 'Ana\\201C' }" in html
    assert "<table data-x='1'><tr><td>é</td></tr></table>" in html


def test_blocks_take_their_look_from_the_attributes_of_the_email() -> None:
    head = '<mj-attributes><mj-all font-family="Georgia" /><ac-all accent="#166534" /><mj-text color="#222222" /></mj-attributes>'
    body = '<mj-section><mj-column><ac-confirm name="a" question="b" /></mj-column></mj-section>'
    compiled = emails.compile(
        catalog.parse("try", whole(f"<mjml><mj-head>{head}</mj-head><mj-body>{body}</mj-body></mjml>")), "es"
    )
    look = compiled.blocks["a"].style
    assert (look.font_family, look.accent, look.color) == ("Georgia", "#166534", "#222222")


def test_what_cannot_be_read_is_refused_before_the_engine_sees_it() -> None:
    with pytest.raises(BrokenTemplate) as caught:
        filled("<mj-text>" + "<b>" * 10_000)
    assert [problem.rule for problem in caught.value.problems] == ["too-deep"]


def test_every_tag_that_holds_text_is_masked() -> None:
    """The engine knows these as holding text or HTML; what it would parse, it would change."""
    assert {tag for tag in CONTENT_TAGS if not tag.startswith("mj-")} == set()
    inside = {
        "mj-navbar": "<mj-navbar><mj-navbar-link href='#'>{}</mj-navbar-link></mj-navbar>",
        "mj-social": "<mj-social><mj-social-element href='#'>{}</mj-social-element></mj-social>",
        "mj-accordion": "<mj-accordion><mj-accordion-element><mj-accordion-title>{0}</mj-accordion-title>"
        "<mj-accordion-text>{0}</mj-accordion-text></mj-accordion-element></mj-accordion>",
        "mj-button": "<mj-button>{}</mj-button>",
    }
    for tag, source in inside.items():
        assert "❤️ it's क्षि" in filled(source.format("❤️ it's क्षि")).html, tag
