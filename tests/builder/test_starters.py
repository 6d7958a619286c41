"""The starter emails, as a company would send them tomorrow: each in Spanish and in English, for the person of its sample."""

import re
from dataclasses import replace
from typing import Any

import pytest

from builder import emails, lint, messages, personalise
from builder.source import LANGUAGES
from tests.builder.starters import (
    FOLDER,
    NAMES,
    NOW,
    SENDER,
    asked,
    blocks,
    filled,
    seen,
    source,
    spaced,
    words,
    written,
)

MAX_HTML_BYTES = 60_000
MAX_ASKED = 3

# Who is asked more, by what they have answered, and what. Nobody else is.
FOLLOW_UPS: tuple[tuple[str, dict[str, object], set[str]], ...] = (
    ("appointment-reminder", {"attend": "reschedule"}, {"new_time"}),
    ("csat-after-support", {"help": 3}, {"better"}),
    ("csat-after-support", {"help": 4}, set()),
    ("diagnosis", {"need": "crm"}, {"process"}),
    ("diagnosis", {"call": "yes"}, {"time"}),
    ("event-rsvp", {"coming": "yes"}, {"guests"}),
    ("event-rsvp", {"coming": "maybe"}, set()),
    ("meeting-booking", {"slot": "none"}, {"other_times"}),
    ("meeting-booking", {"slot": "20371203t1500z"}, {"prepare"}),
    ("nps-after-service", {"recommend": 6}, {"improve", "call_back"}),
    ("nps-after-service", {"recommend": 8}, set()),
    ("nps-after-service", {"recommend": 9}, {"speak_up"}),
    ("win-back", {"why_left": "missing"}, {"what_lacked"}),
)
ONLY = {  # short words of one language that the other does not have
    "es": words("el la los las una que con para por tu te del más qué cómo esta este puedes"),
    "en": words("the and with your you this of is are not what how if we it from email"),
}
each = pytest.mark.parametrize("name", NAMES)
each_language = pytest.mark.parametrize("language", LANGUAGES)


def test_there_are_twelve_beside_the_first_two() -> None:
    assert len(NAMES) >= 14


@each
def test_lint_finds_nothing_wrong_not_even_a_warning(name: str) -> None:
    assert [(problem.rule, problem.file, problem.line) for problem in lint.check_folder(FOLDER / name)] == []


@each_language
@each
def test_a_starter_is_a_whole_and_light_email(name: str, language: str) -> None:
    message = filled(name, language)
    assert language in source(name).languages
    assert len(message.html.encode()) < MAX_HTML_BYTES
    assert ("/u/" in message.text) == (source(name).mail_class == "marketing")


@each_language
@each
def test_subject_and_preheader_fit_an_inbox(name: str, language: str) -> None:
    assert 10 < len(filled(name, language).subject) < 60
    assert 40 <= len(personalise.line(source(name).preheader[language], source(name).sample)) <= 110


@each_language
@each
def test_the_text_says_what_the_html_says(name: str, language: str) -> None:
    message = filled(name, language)
    text = spaced(message.text)
    assert words(seen(message.html)) <= words(text)
    for block in asked(name, language).values():
        assert all(said in text for said in (block.question, *(option.label for option in block.options)))


@each_language
@each
def test_a_starter_speaks_one_language(name: str, language: str) -> None:
    (other,) = set(LANGUAGES) - {language}
    said = words(filled(name, language).text) | words(filled(name, language).subject)
    assert not said & ONLY[other]
    assert said & ONLY[language]


@each
def test_who_asks_has_a_brief_and_who_does_not_has_none(name: str) -> None:
    brief = source(name).brief
    assert bool(blocks(name)) == brief.complete == any((brief.do, brief.learn, brief.then))


@each
def test_nobody_is_asked_too_much_at_once(name: str) -> None:
    for known in ({}, *(known for email, known, _ in FOLLOW_UPS if email == name)):
        assert len(asked(name, "es", **known).keys() - known.keys()) <= MAX_ASKED


@each_language
@pytest.mark.parametrize(("name", "known", "more"), FOLLOW_UPS)
def test_a_follow_up_is_asked_of_those_it_is_for(
    name: str, known: dict[str, Any], more: set[str], language: str
) -> None:
    assert asked(name, language, **known).keys() - asked(name, language).keys() == more


def test_every_follow_up_has_its_row_above() -> None:
    conditional = {(name, block.name) for name in NAMES for block in blocks(name) if "known." in block.when}
    assert conditional == {(name, block) for name, _, more in FOLLOW_UPS for block in more}


@each_language
def test_what_a_person_told_us_before_is_not_asked_again(language: str) -> None:
    before, after = (asked("lead-prequalification", language, **known) for known in ({}, {"company_size": "1-9"}))
    assert before.keys() - after.keys() == {"company_size"}


@each
def test_links_come_from_the_data(name: str) -> None:
    for path, text in source(name).files.items():
        assert path.endswith("sample.json") or not re.search(r"href=\"(?!\{\{)|https?:", text), path


@each_language
@each
def test_nobody_shouts(name: str, language: str) -> None:
    assert not set("!¡") & set(filled(name, language).text + filled(name, language).subject)


@each_language
@each
def test_without_a_first_name_every_sentence_is_whole(name: str, language: str) -> None:
    sample = messages.sample(source(name))
    nobody = replace(sample, person={**sample.person, "first_name": "", "company": ""})
    message = written(name, language, nobody)
    assert not re.search(r"[ ,:][,:.?]", re.sub(r"https?://\S+", "", message.text))
    assert next(filter(str.isalpha, message.subject)).isupper()


@each_language
@pytest.mark.parametrize(
    ("name", "known"), [("diagnosis", {}), ("csat-after-support", {"help": 3}), ("event-rsvp", {})]
)
def test_answering_by_mail_is_offered_once_with_a_way_for_each_question(
    name: str, known: dict[str, Any], language: str
) -> None:
    recipient = replace(messages.sample(source(name)), known=known)
    there = replace(SENDER, reply_domain="in.example.com")
    message = messages.fill(emails.compile(source(name), language), there, recipient, NOW)
    said = {"es": "Responder por correo", "en": "Answer by email"}[language]
    assert message.html.count(said) == 1
    assert message.html.count("mailto:r+") == len(asked(name, language, **known))
    assert said not in filled(name, language).html, "without a reply domain there is no such way"
