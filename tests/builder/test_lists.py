"""Jinja between the items of a menu, of networks and of an accordion repeats and leaves out whole items, and leaves no trace."""

from __future__ import annotations

import pytest

from builder import catalog, emails, lint, messages
from builder.lint.sense import SENDER
from builder.messages import Filled
from tests.builder.emails import SAMPLE, whole

PAGE = "<mjml><mj-body><mj-section><mj-column>{}</mj-column></mj-section></mj-body></mjml>"
ITEMS = {
    "mj-navbar": '<mj-navbar-link href="https://e.com/{}">{} here</mj-navbar-link>',
    "mj-social": '<mj-social-element name="github" href="https://e.com/{}">{} here</mj-social-element>',
    'mj-social mode="vertical"': '<mj-social-element name="github" href="https://e.com/{}">{} here</mj-social-element>',
    "mj-accordion": "<mj-accordion-element><mj-accordion-title>{1} here</mj-accordion-title>"
    "<mj-accordion-text>Like this {0}</mj-accordion-text></mj-accordion-element>",
}


def filled(around: str, inside: str) -> Filled:
    tag = around.split()[0]
    made = whole(
        PAGE.format(f"<{around}>{inside}</{tag}>"), sample={**SAMPLE, "data": {"names": ["Ada", "Bea"], "url": "u"}}
    )
    assert lint.check("try", made) == []
    source = catalog.parse("try", made)
    return messages.fill(emails.compile(source, "es"), SENDER, messages.sample(source), 0)


@pytest.mark.parametrize("around", ITEMS)
@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("{% for name in data.names %}", "{% endfor %}"),
        ("<mj-raw>{% for name in data.names %}</mj-raw>", "<mj-raw>{% endfor %}</mj-raw>"),
        ("{% for name in data.names %}{% if name %}", "{% endif %}{% endfor %}"),
    ],
)
def test_a_loop_writes_what_its_items_written_out_would_be(around: str, opening: str, closing: str) -> None:
    item = ITEMS[around]
    looped = filled(around, opening + item.format("{{ name }}", "{{ name }}") + closing)
    written = filled(around, "".join(item.format(name, name) for name in ("Ada", "Bea")))
    assert (looped.html, looped.text) == (written.html, written.text)


@pytest.mark.parametrize("around", ITEMS)
def test_a_condition_leaves_an_item_out(around: str) -> None:
    item = ITEMS[around]
    asked = filled(
        around, item.format("Ada", "Ada") + "{% if not data.url %}" + item.format("Bea", "Bea") + "{% endif %}"
    )
    assert asked.html == filled(around, item.format("Ada", "Ada")).html


@pytest.mark.parametrize("around", ITEMS)
def test_raw_html_between_items_stands_alone(around: str) -> None:
    item = ITEMS[around].format("Ada", "Ada")
    html = filled(around, f"{item}<mj-raw><!-- a note --></mj-raw>{item}").html
    assert html.replace("<!-- a note -->", "") == filled(around, item + item).html
