"""An email made from a starter of marketing can be sent as it is: what its sample said stands in its words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from builder import catalog, emails, messages
from server.emails import own_words, starters
from server.sending import parity_check, writable
from tests.server.world import ROOT

OWN = Path(ROOT) / "templates/emails"
NAMES = [
    name
    for group in starters.GROUPS.values()
    for name in group
    if (found := catalog.inspect(name, starters.files(name, OWN))[0]) and found.mail_class == "marketing"
]


def test_most_starters_of_marketing_have_data() -> None:
    """The control: without it the tests below could look at emails that read nothing."""
    unready = [name for name in NAMES if writable.why_not(catalog.inspect(name, starters.files(name, OWN))[0], {})]
    assert len(unready) >= 5


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_needs_no_data_and_says_what_the_starter_showed(name: str) -> None:
    before, _ = catalog.inspect(name, starters.files(name, OWN))
    after, _ = catalog.inspect(name, starters.copy(name, name, OWN))
    assert before and after
    assert writable.why_not(after, {}) == ""
    for language in before.languages:
        shown = [
            messages.fill(emails.compile(source, language), parity_check.ANYBODY, recipient, 0)
            for source, recipient in (
                (before, messages.sample(before)),
                (after, replace(messages.sample(before), data={})),
            )
        ]
        assert shown[0].subject == shown[1].subject
        assert _lines(shown[0].text) == _lines(shown[1].text)
        assert "{{ data" not in shown[1].html


def test_an_email_for_one_person_keeps_its_data() -> None:
    assert "data.order" in starters.copy("order-confirmation", "x", OWN)["x/body.mjml"]


def test_what_reads_more_than_the_data_stays_and_what_is_written_is_escaped() -> None:
    data = {"name": 'Pan & "Vino" \\ <b>', "parts": [{"what": "uno"}, {"what": "dos"}]}
    text = "{{ data.name }}{{ person.first_name or data.name }}{% for part in data.parts %}<i>{{ part.what }}</i>{% endfor %}"
    mixed = "{% for part in data.parts %}{{ person.company }}{% endfor %}"
    written = own_words.written(
        {"x/body.mjml": text + mixed, "x/email.toml": '"{{ data.name }}"', "_s/a.mjml": text}, data
    )
    assert written["x/body.mjml"] == (
        "Pan &amp; &#34;Vino&#34; \\ &lt;b&gt;{{ person.first_name or data.name }}<i>uno</i><i>dos</i>" + mixed
    )
    assert written["x/email.toml"] == r'"Pan & \"Vino\" \\ <b>"'
    assert written["_s/a.mjml"] == text


def _lines(text: str) -> list[str]:
    """The lines of a text part; a row of a loop ends with a space that one without a loop has not."""
    return [line.rstrip() for line in text.splitlines()]
