"""Whole documents: every component of MJML, Jinja wherever lint lets it stand, and content at its worst."""

import re

import pytest

from builder import jinja
from builder.tags import TAGS
from tests.builder.amp.conftest import Validate
from tests.builder.amp.documents import SAMPLE, column, compiled, document, filled, whole

SRC = "https://example.com/a.png"
HEAD = """<mj-attributes><mj-all font-family="Georgia" /><mj-class name="x" color="red" /><ac-all accent="#166534" /></mj-attributes>
<mj-breakpoint width="400px" /><mj-preview>Antes</mj-preview><mj-title>Título {{ person.first_name }}</mj-title>
<mj-style>.a > b, .c:hover { color: red !important; font-weight: bold } @media (max-width: 400px) { .a { padding: 0 } }</mj-style>
<mj-raw><meta name="color-scheme" content="light dark" /></mj-raw>"""
INSIDE = {  # each component as it stands in a column
    "mj-text": "<mj-text align='center' height='40px'><p>Hola <a href='https://example.com'>aquí</a></p></mj-text>",
    "mj-button": '<mj-button href="https://example.com/?a=1&amp;b=2" width="200px">Ver</mj-button>',
    "mj-image": f'<mj-image src="{SRC}" alt="x" width="300px" height="100px" fluid-on-mobile="true" href="https://example.com" />',
    "mj-divider": '<mj-divider border-width="2px" />',
    "mj-spacer": '<mj-spacer height="30px" />',
    "mj-table": "<mj-table>{% for i in data['items'] %}<tr><td>{{ i.name }}</td><td>{{ i.price }}</td></tr>{% endfor %}</mj-table>",
    "mj-social": '<mj-social mode="vertical"><mj-social-element name="linkedin" href="https://example.com">In</mj-social-element></mj-social>',
    "mj-navbar": '<mj-navbar hamburger="hamburger"><mj-navbar-link href="https://example.com">Uno</mj-navbar-link></mj-navbar>',
    "mj-accordion": "<mj-accordion><mj-accordion-element><mj-accordion-title>Uno</mj-accordion-title>"
    "<mj-accordion-text>Dos {{ person.first_name }}</mj-accordion-text></mj-accordion-element></mj-accordion>",
    "mj-carousel": f'<mj-carousel><mj-carousel-image src="{SRC}" alt="1" /><mj-carousel-image src="{SRC}" href="https://example.com" />'
    "</mj-carousel>",
    "mj-raw": "<mj-raw><tr><td align='left' style='padding:3px'>Crudo</td></tr></mj-raw>",
}
AROUND = {  # and what stands around columns
    "mj-section": '<mj-section background-url="{src}" border="1px solid red" full-width="full-width">'
    "<mj-column>{inside}</mj-column></mj-section>",
    "mj-wrapper": '<mj-wrapper background-color="#eee"><mj-section><mj-column>{inside}</mj-column></mj-section></mj-wrapper>',
    "mj-group": "<mj-section><mj-group><mj-column>{inside}</mj-column><mj-column><mj-text>x</mj-text></mj-column></mj-group></mj-section>",
    "mj-hero": '<mj-hero background-url="{src}" background-width="600px" background-height="400px">{inside}</mj-hero>',
}
CONTENT = {
    "a table with a loop": "<table><tr><th nowrap>Uno</th></tr>{% for i in data['items'] %}<tr bgcolor='{{ data.color }}'>"
    "<td style='color:{{ data.color }};width:{{ loop.index }}px'>{{ i.name }}</td></tr>{% endfor %}</table>",
    "conditions in attributes": '<a href="{% if person.company %}https://example.com/{{ person.company | urlencode }}{% else %}'
    'https://example.com{% endif %}" style="{% if person.company %}color:red;{% endif %}padding:0">x</a>',
    "a condition in a dropped attribute": '<p onclick="{% if person.company %}x{% endif %}" bgcolor="{% if 1 %}red{% endif %}">x</p>',
    "a condition in a dropped tag": "<iframe src='https://x.test'>{% if person.company %}x{% endif %}</iframe>",
    "a condition in a comment": "<!--[if mso]>{% if person.company %}<b>{{ person.company }}</b>{% endif %}<![endif]-->x",
    "a set": "{% set name = person.first_name %}<!-- {{ name }} --><b>{{ name }}</b>",
    "raw": "{% raw %}{{ not jinja }} {% nor this %} <center>c</center>{% endraw %}",
    "white space control": "{%- if person.company -%} x {%- else -%} y {%- endif -%}",
    "quotes in jinja": "{{ '<b a=\"1\">' | e }} {{ \"}}\" }} {% if '%}' == '%}' %}x{% endif %}",
    "old tags": "<center><font color='red' face='Arial' size='4'>x</font> <big>y</big> <strike>z</strike> <tt>t</tt></center>",
    "word processor": "<p class=MsoNormal style='mso-pagination:none'><o:p>&nbsp;</o:p>x</p>",
    "long and wide": "w" * 2000 + " مرحبا 👩‍👩‍👧‍👦 ❤️ \u00ad\u200b &amp; &lt;b&gt; &#123;&#123; x }}",
    "tags without an end": "<p>uno</p>dos<br>tres<wbr>cuatro<hr>{{ person.company }}<br/>",
    "reserved names": '<p id="AMP">a</p><p id="i-amphtml-x" class="i-amphtml-y">b</p><a name="c" id="constructor">d</a>',
    "fields": '<form method="get" action="https://x.test"><input name="a"><textarea>{{ person.company }}</textarea>'
    "<button>Va</button></form>",
    "a template": '<template type="amp-mustache">{{ "{{{x}}}" }}</template><p>{{ "{{#a}}" }}</p>',
    "amp of the author's": "<div hidden data-amp-bind-text='x' aria-roledescription='y' on='tap:x.hide'>x</div>",
}


def test_every_tag_of_mjml_is_tried() -> None:
    tried = " ".join([HEAD, *INSIDE.values(), *AROUND.values(), "<mj-head <mj-body <mjml <mj-font"])
    untried = {tag for tag in TAGS if f"<{tag}" not in tried}
    assert untried <= {"mj-include"}, "a partial is in place before anything is compiled"


@pytest.mark.parametrize("inside", INSIDE)
@pytest.mark.parametrize("around", AROUND)
def test_every_component_is_valid_wherever_it_may_stand(validate: Validate, around: str, inside: str) -> None:
    body = AROUND[around].format(src=SRC, inside=INSIDE[inside])
    assert validate(filled(whole(body, HEAD))) == []


@pytest.mark.parametrize("content", CONTENT)
def test_what_an_author_may_write_is_valid_whatever_holds(validate: Validate, content: str) -> None:
    source = column(f"<mj-text>{CONTENT[content]}</mj-text>")
    nobody = {"person": {"first_name": "", "company": ""}, "data": {**SAMPLE["data"], "items": []}}
    assert validate(filled(source)) == []
    assert validate(filled(source, sample=nobody)) == []


def test_conditions_around_sections_and_columns_hold(validate: Validate) -> None:
    section = "<mj-section><mj-column><mj-text>{}</mj-text></mj-column>{}</mj-section>"
    other = "{% if not person.company %}<mj-column><mj-text>Tres</mj-text></mj-column>{% endif %}"
    body = (
        f"{{% if person.company %}}{section.format('Uno', other)}{{% else %}}{section.format('Dos', '')}{{% endif %}}"
    )
    with_company, without = filled(whole(body)), filled(whole(body), sample={"person": {"company": ""}, "data": {}})
    assert ("Uno" in with_company, "Dos" in with_company, "Tres" in with_company) == (True, False, False)
    assert ("Uno" in without, "Dos" in without) == (False, True)
    assert validate(with_company) == validate(without) == []


@pytest.mark.parametrize("content", CONTENT)
def test_no_statement_is_lost_and_none_changes_its_place(content: str) -> None:
    """So that every if closes, whatever of the markup around it goes."""
    source = column(f"<mj-text>{CONTENT[content]}</mj-text>")
    html = compiled(source).filled(lambda block: "")
    given = [html[span.start : span.end] for span in jinja.spans(html) if span.kind == "statement"]
    template = document(source).template
    assert [template[span.start : span.end] for span in jinja.spans(template) if span.kind == "statement"] == given


@pytest.mark.parametrize(
    "inside", ["@media (max-width:400px) { #a { color:red } }", ".a { {% if person.company %}color:red;{% endif %} }"]
)
def test_a_brace_of_a_style_is_never_taken_for_jinja(validate: Validate, inside: str) -> None:
    document = filled(column("<mj-text>x</mj-text>", f"<mj-style>{inside}</mj-style>"))
    assert "color:red" in document
    assert validate(document) == []


def test_a_link_leads_to_a_page_of_its_own() -> None:
    anchors = re.findall(r"<a [^>]*>", filled(column(INSIDE["mj-text"] + INSIDE["mj-button"] + INSIDE["mj-navbar"])))
    assert len(anchors) == 3
    assert not [anchor for anchor in anchors if 'target="_blank"' not in anchor]


def test_the_scripts_of_a_block_that_is_not_asked_do_no_harm(validate: Validate) -> None:
    asked = '<ac-confirm name="a" question="¿?" />'
    assert validate(filled(column(asked.replace(" />", ' when="1 == 2" />')), a=False)) == []
    section = f"{{% if person.company %}}<mj-section><mj-column>{asked}{INSIDE['mj-carousel']}</mj-column></mj-section>{{% endif %}}"
    assert validate(filled(whole(section), sample={"person": {"company": ""}, "data": {}})) == []
    assert validate(filled(whole(section))) == []


def test_columns_stand_side_by_side_at_a_desk() -> None:
    """MJML says so with !important against the style of the tag, and AMP has no !important."""
    columns = "<mj-section><mj-column><mj-text>1</mj-text></mj-column><mj-column><mj-text>2</mj-text></mj-column></mj-section>"
    css = filled(whole(columns)).partition("<style amp-custom>")[2].partition("</style>")[0]
    important = re.search(r"@media[^{]*min-width:480px[^{]*\{(\.mj-column-per-50\S*)\{width:50%", css)
    own = re.search(r"(\.ac_\d+\S*)\{[^}]*width:100%", css)
    assert important
    assert own
    assert important[1].count("#") > own[1].count("#")


def test_a_person_who_writes_mustache_gets_it_as_text(validate: Validate) -> None:
    sample = {"person": {"first_name": "{{#x}}{{{y}}}{{/x}}", "company": "{% if %}"}, "data": {}}
    document = filled(
        column('<mj-text title="a"><b title="{{ person.first_name }}">{{ person.first_name }}</b></mj-text>'),
        sample=sample,
    )
    assert '<b title="{{#x}}{{{y}}}{{/x}}">{{#x}}{{{y}}}{{/x}}</b>' in document
    assert validate(document) == []
