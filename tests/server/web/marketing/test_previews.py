"""What the previews make of each format, without a browser and without a database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from builder import catalog, eligibility, emails, messages
from builder.context import Sender
from builder.eligibility import FORMATS, FormatVerdict
from builder.mime import Address
from builder.tokens import Keyring
from server import texts
from server.sending import preview
from server.sending.preview import Preview
from server.web import language
from server.web.marketing.previews import card, conditions, format_names, frames, letters, preview_options
from server.web.marketing.previews.preview_options import Look

STARTERS = Path(__file__).parents[4] / "templates/emails"
NOW = 1_795_000_000_000  # November 2026: before the times that the samples offer
SENDER = Sender(Address("Norte", "a@example.com"), "Calle 1", "http://127.0.0.1:8000", "a.example", Keyring(["key"]))
LABELS = ("text", "title", "label", "placeholder")
Speak = Callable[[str], None]


@pytest.fixture
def speak() -> Iterator[Speak]:
    """A page that is being written, in the language it is told to speak."""
    app = Flask("pages")
    language.install(app)
    with app.test_request_context():
        yield language.speak


def shown(name: str, **known: str) -> Preview:
    source = catalog.read(STARTERS / name)
    recipient = messages.sample(source)
    return preview.make(
        emails.compile(source, "es"), SENDER, replace(recipient, known={**recipient.known, **known}), NOW
    )


def test_every_rule_that_keeps_a_format_out_has_words_in_both_languages(speak: Speak) -> None:
    for rule in {rule.name for rule in eligibility.RULES}:
        speak("en")
        english = format_names.reason(rule)
        speak("es")
        assert english != format_names.reason(rule)
        assert "_" not in english + format_names.reason(rule), "a marketer knows no names of settings"


def test_every_format_has_a_name_and_says_what_it_is(speak: Speak) -> None:
    for spoken in texts.LANGUAGES:
        speak(spoken)
        assert len({format_names.name(format_) for format_ in FORMATS}) == len(FORMATS)
        assert len({format_names.about(format_) for format_ in FORMATS}) == len(FORMATS)


@pytest.mark.parametrize(
    ("why", "state"),
    [((), "on"), (("no_https",), "waits"), (("no_https", "bulk_promotion"), "off"), (("no_block",), "off")],
)
def test_a_format_waits_for_what_its_sender_lacks_and_for_nothing_else(why: tuple[str, ...], state: str) -> None:
    assert preview.state(FormatVerdict(not why, why)) == state


def test_dark_and_light_are_what_was_asked_for_whatever_the_browser_prefers() -> None:
    page = (
        '<head><meta name="color-scheme" content="light dark"><style>a{} @media screen and (prefers-color-scheme: dark){b{}} '
        "@media (prefers-color-scheme:light){c{}}</style></head><p>Di prefers-color-scheme: dark (prefers-color-scheme: dark)</p>"
    )
    dark, light = frames.in_scheme(page, scheme="dark"), frames.in_scheme(page, scheme="light")
    assert f"screen and {frames.ALWAYS}{{b" in dark and f"@media {frames.NEVER}{{c" in dark
    assert f"screen and {frames.NEVER}{{b" in light and f"@media {frames.ALWAYS}{{c" in light
    assert ":root{color-scheme:dark}" in dark and ":root{color-scheme:light}" in light
    assert all("Di prefers-color-scheme: dark (prefers-color-scheme: dark)" in each for each in (dark, light))


def test_what_a_client_inverts_follows_the_rules_for_light() -> None:
    page = "<head><style>@media (prefers-color-scheme:dark){b{}}</style></head><p>x</p>"
    inverted = frames.in_scheme(page, scheme="inverted")
    assert f"@media {frames.NEVER}{{b" in inverted and frames.INVERTED in inverted
    assert frames.INVERTED not in frames.in_scheme(page, scheme="dark")


def test_an_email_that_cannot_be_dark_stays_light_in_the_dark() -> None:
    assert ":root{color-scheme:light}" in frames.in_scheme("<head></head><p>x</p>", scheme="dark")


@pytest.mark.parametrize("name", ["diagnosis", "meeting-booking", "product-explorer"])
def test_amp_is_shown_without_anything_that_only_its_runtime_knows(name: str) -> None:
    page = frames.without_runtime(shown(name).full.amp)
    assert "<script" not in page and "amp4email-boilerplate" not in page and "<amp-img" not in page
    assert frames.RUNTIME in page


@pytest.mark.parametrize("name", catalog.names(STARTERS))
def test_all_that_a_card_says_is_drawn(name: str) -> None:
    document = shown(name).full.card
    drawn = json.dumps([_drawn(piece) for piece in card.tree(document)], ensure_ascii=False)
    for text in _texts(json.loads(document)["body"] if document else []):
        assert json.dumps(text, ensure_ascii=False)[1:-1] in drawn
    assert '"unknown"' not in drawn


def test_an_element_that_no_card_of_ours_has_is_named_and_not_left_out() -> None:
    assert card.tree('{"body": [{"type": "Image", "url": "x"}]}') == (card.Piece("unknown", "Image"),)


def test_a_part_of_a_card_opens_where_its_button_is() -> None:
    group = card.tree(shown("product-explorer").full.card)[0]
    opens = [piece for piece in group.inside if piece.kind == "opens"]
    assert [piece.label for piece in opens] == ["Qué cuesta", "Cómo se empieza", "Dónde quedan tus datos"]
    assert all(piece.inside for piece in opens)


def test_the_mail_that_opens_says_to_whom_what_about_and_which_letters_to_type() -> None:
    letter = letters.letters(shown("event-rsvp").full.html)[0]
    assert letter.to.startswith("r+") and letter.to.endswith("@answers.example")
    assert letter.subject == "¿Vienes?"
    assert "A = Sí" in letter.body.splitlines()


def test_an_invitation_is_read_as_it_was_written() -> None:
    found = letters.event(shown("event-rsvp").sent.invite)
    assert found
    assert (found.title, found.hours) == ("Vender el año que viene", "22:00–00:00")
    assert found.place == "Casa Cárdenas, Calle 70A # 7-41, Bogotá"
    assert letters.event("") is None


def test_a_condition_reads_as_a_sentence_and_an_answer_that_changes_it_is_a_link(speak: Speak) -> None:
    speak("en")
    found = {each.block.name: each for each in conditions.conditionals(shown("meeting-booking"), Look("es"))}
    assert found["other_times"].words == "“¿Qué hora te viene bien?” is “Ninguna de estas”"
    assert (
        found["prepare"].words
        == "“¿Qué hora te viene bien?” is answered and “¿Qué hora te viene bien?” is not “Ninguna de estas”"
    )
    assert (found["other_times"].asked, found["other_times"].known) == (False, ("slot:none",))
    again = conditions.conditionals(shown("meeting-booking", slot="none"), Look("es", known=("slot:none",)))
    assert again[0].asked
    assert again[0].known and again[0].known != ("slot:none",)


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("known.recommend <= 6", "“recommend” is 6 or less"),
        ("known.need is defined", "“need” is answered"),
        ("'need' not in known", "“need” is not answered yet"),
        ("(known.a == 'b') and 'c' not in known", "“a” is “b” and “c” is not answered yet"),
        ("data.total > 3", ""),
        ("known.a | length > 2", ""),
    ],
)
def test_a_condition_that_says_more_than_we_can_say_keeps_its_code(speak: Speak, when: str, said: str) -> None:
    speak("en")
    block = next(iter(shown("diagnosis").email.blocks.values()))
    assert conditions.words(replace(block, when=when), {}) == said


def test_an_address_says_how_to_look_and_nothing_that_is_usual() -> None:
    source = catalog.read(STARTERS / "diagnosis")
    asked = MultiDict([("format", "amp"), ("width", "phone"), ("language", "en"), ("known", "a:1"), ("known", "b:x")])
    found = preview_options.read(asked, source, "es")
    assert found == Look("en", "amp", "phone", "light", ("a:1", "b:x"))
    assert found.answers() == {"a": 1, "b": "x"}
    assert found.args(format="html", known=()) == {"language": "en", "width": "phone"}
    assert preview_options.read(
        MultiDict([("format", "?"), ("width", "?"), ("language", "?"), ("known", ":")]), source, "es"
    ) == Look("es", known=(":",))


def _drawn(piece: card.Piece) -> list[object]:
    return [piece.kind, piece.label, *piece.choices, *map(_drawn, piece.inside)]


def _texts(node: object) -> Iterator[str]:
    """Everything on a card that a person reads, with the builder's escapes taken back."""
    if isinstance(node, list):
        for each in node:
            yield from _texts(each)
    if isinstance(node, dict):
        yield from (card.read(node[key]) for key in LABELS if key in node)
        for each in node.values():
            yield from _texts(each) if isinstance(each, list | dict) else ()
