"""Checks the subject and the preheader, which an inbox shows before the mail is opened, as the sample fills them."""

import re
from collections.abc import Iterator

from builder import personalise
from builder.lint import prose
from builder.lint.names import context
from builder.lint.view import View, at, problem_in
from builder.messages import Filled
from builder.nodes import Element, Source
from builder.personalise import CannotPersonalise
from builder.problems import Problem

MAX_SUBJECT, MIN_SUBJECT = 60, 3
MAX_PREHEADER, MIN_PREHEADER = 140, 15
MIN_SHOUT = 8  # letters, so that “OK” or a company's name is not reported
_PADDING = re.compile(
    r"[\u00ad\u034f\u200b-\u200f\u2007\u2060-\u2064\ufeff\u00a0]+"
)  # invisible characters that pad the line
_REPLY = re.compile(r"\s*(?:re|rv|fw|fwd|aw|wg|tr)\s*(?:\[\d+\])?\s*:", re.IGNORECASE)
_SENDER = {"name": "Acme", "email": "hello@example.com", "postal_address": "12 Lint Street"}


def check(view: View, filled: Filled) -> Iterator[Problem]:
    """Check subject and preheader in one language of an email that can be filled."""
    yield from _subject(view, filled.subject)
    preview = _preview(view)
    previews = [each.element for each in view.places if each.element.tag == "mj-preview"]
    for lost in previews[:-1]:
        said = "This <mj-preview> is not sent: another one follows."
        yield at(lost, "repeated-preview", said, "Keep one, with what pads it at its end.")
    template = view.email.preheader.get(view.language, "")
    if preview:
        yield from _preheader(view, prose.plain(preview), filled.subject, preview)
    elif template.strip():
        yield from _preheader(view, _line(view, template), filled.subject, None)
    else:
        said = f"There is no preheader in “{view.language}”, the line an inbox shows after the subject."
        fix = f"Say under preheader in {view.toml_path} what the subject leaves out."
        yield problem_at(view, "subject", "missing-preheader", said, fix)


def _subject(view: View, subject: str) -> Iterator[Problem]:
    if _REPLY.match(subject):
        said = f"The subject in “{view.language}” pretends to be an answer: “{subject[:20]}”."
        yield problem_at(view, "subject", "fake-reply", said, "Begin with what the mail is about.")
    if len(subject) > MAX_SUBJECT:
        said = f"The subject has {len(subject)} characters; an inbox shows about {MAX_SUBJECT}."
        yield problem_at(view, "subject", "subject-length", said, "Say the news first, and less.")
    elif sum(map(str.isalnum, subject)) < MIN_SUBJECT:
        said = f"The subject says next to nothing: “{subject}”."
        yield problem_at(view, "subject", "subject-length", said, "Say the news.")
    letters = [character for character in subject if character.isalpha()]
    if len(letters) >= MIN_SHOUT and subject.isupper():
        fix = "Write it as a sentence."
        yield problem_at(view, "subject", "shouting-subject", "The subject is all capitals.", fix)
    elif subject.count("!") > 1:
        said = f"The subject has {subject.count('!')} exclamation marks."
        yield problem_at(view, "subject", "shouting-subject", said, "Keep one at most.")


def _preheader(view: View, line: str, subject: str, preview: Element | None) -> Iterator[Problem]:
    line = prose.spaced(_PADDING.sub(" ", line))
    if line.casefold() == prose.spaced(subject).casefold():
        said, fix = "The preheader repeats the subject.", "Say what the subject leaves out."
        yield problem_at(view, "preheader", "repeated-preheader", said, fix, preview)
    elif not MIN_PREHEADER <= len(line) <= MAX_PREHEADER:
        said = f"The preheader has {len(line)} characters."
        fix = f"Write one line of {MIN_PREHEADER} to {MAX_PREHEADER}; 40 to 100 is best."
        yield problem_at(view, "preheader", "preheader-length", said, fix, preview)


def _preview(view: View) -> Element | None:
    """Return the author's last <mj-preview>, which replaces the preheader of email.toml; None if there is none."""
    return next((each.element for each in reversed(view.places) if each.element.tag == "mj-preview"), None)


def _line(view: View, template: str) -> str:
    try:
        return personalise.line(template, {**context(view), "sender": _SENDER})
    except CannotPersonalise:  # reported by the rules of names
        return template


def problem_at(view: View, key: str, rule: str, message: str, fix: str, where: Element | None = None) -> Problem:
    """Build a problem at the text in email.toml, or at its key if the text is written in another way."""
    if where:
        return at(where, rule, message, fix)
    source = Source(view.toml_path, view.email.files[view.toml_path])
    named = re.search(rf"^\s*\[?{key}\b", source.text, re.MULTILINE)
    start = named.start() if named else 0
    text = getattr(view.email, key).get(view.language, "")
    place = source.text.find(text, start) if text else -1
    return problem_in(source, place if place >= 0 else start, rule, message, fix)
