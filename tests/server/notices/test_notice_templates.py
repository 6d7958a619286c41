"""What notices say: whoever they are about, in both languages, as text and as html."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from jinja2 import UndefinedError

from server.notices import notice_templates
from tests.server.notices.samples import BOBBY, LINK, SAMPLES

EACH = pytest.mark.parametrize("name", notice_templates.names())


class Reader(HTMLParser):
    """Tags and attributes of a document, and what a person reads in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.words += data


def test_every_notice_has_a_sample() -> None:
    assert set(SAMPLES) == set(notice_templates.names())


@EACH
def test_a_notice_says_the_same_as_text_and_as_html_in_its_language(name: str) -> None:
    spanish, english = (notice_templates.render(name, language, **SAMPLES[name]) for language in ("es", "en"))
    assert spanish.subject != english.subject
    assert spanish.text.split("\n")[0] != english.text.split("\n")[0]
    for written, language in ((spanish, "es"), (english, "en")):
        read = Reader(written.html)
        assert f'<html lang="{language}">' in written.html
        assert "\n" not in written.subject
        for link in read.links:
            assert link in written.text


@EACH
def test_nobodys_name_breaks_a_notice(name: str) -> None:
    """Not its lines, not its markup, not the direction of its text; and nothing in it is a template."""
    values = {key: BOBBY if value != LINK else LINK for key, value in SAMPLES[name].items() if isinstance(value, str)}
    bad, good = (notice_templates.render(name, "en", **{**SAMPLES[name], **more}) for more in (values, {}))
    assert Reader(bad.html).tags == Reader(good.html).tags
    assert bad.text.count("\n") == good.text.count("\n")
    assert "\r" not in bad.subject + bad.text + bad.html
    assert "\u202e" not in bad.subject + bad.text + bad.html
    assert "49" not in bad.subject + bad.text


def test_a_value_that_is_missing_is_an_error_and_no_blank() -> None:
    with pytest.raises(UndefinedError):
        notice_templates.render("invitation", "es", name="Lucía")


def test_an_unknown_language_gets_the_first() -> None:
    assert notice_templates.render("reset", "fr", **SAMPLES["reset"]) == notice_templates.render(
        "reset", "es", **SAMPLES["reset"]
    )
