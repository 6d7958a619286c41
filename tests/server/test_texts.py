"""Each text of the domain's tables has its Spanish, with the same names in braces, so that no page mixes two languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest

from server import reasons, texts
from server.accounts import api_keys, roles
from server.branding import refusals as brand_refusals
from server.campaigns import audience, checks, contents, plans, steps
from server.capture import review_task
from server.contacts import csv_table, editing, merge, more_details, own_fields, suppressions, xlsx_read, zones
from server.contacts.imports import source, staging, undo
from server.contacts.imports import steps as import_steps
from server.emails import refusals, starters
from server.flows import table, validation_messages, webhook_call, words
from server.push import contents as push_contents
from server.push import devices
from server.qualify import sentences
from server.sales import decisive, letters
from server.segments import names
from server.segments import refusals as segment_refusals
from server.segments import table as segments
from server.sending import compose, doctor, gate, send, why
from server.web import access
from server.web.marketing import campaign_views, contact_uploads, flow_choices, human_names, import_words
from server.web.marketing.previews import preview_people

NAMES = re.compile(r"\{(\w+)\}")
SAME = {"Marketing", "Webhook", "Asunción", "Bogotá", "Buenos Aires", "Madrid"}  # in both languages


def _segments() -> Iterator[str]:
    for word in segments.CONDITIONS:
        yield from (word.group, word.label, *(field.label for field in word.fields))
        yield from (sentence for pair in word.sentences.values() for sentence in pair)


def _labels() -> Iterator[str]:
    for word in (*table.TRIGGERS, *table.EFFECTS):
        yield from (word.label, *(field.label for field in word.fields))
    yield from (field.label for field in (*table.CONDITIONS, *table.ALWAYS))


PUSH_REFUSALS = (devices.TOO_MANY, devices.BAD_ADDRESS, devices.BAD_KEYS)
TABLES: dict[str, Iterable[str]] = {
    "reasons": reasons.REASONS.values(),
    "flows": [*_labels(), *table.KINDS.values()],
    "validation": [
        *validation_messages.SENTENCES.values(),
        *(validation_messages.DID_YOU_MEAN, validation_messages.USE_ONE_OF, validation_messages.NONE_YET),
    ],
    "causes": [*words.HAPPENED.values(), *words.CORRECTED.values(), webhook_call.LINK],
    "roles": [*roles.ROLES.values(), *roles.DUTIES.values(), *(row.text for row in roles.PERMISSIONS.values())],
    "scopes": api_keys.SCOPES.values(),
    "menu": access.GROUPS.values(),
    "push": [*push_contents.TITLES.values(), push_contents.TEST_BODY, *PUSH_REFUSALS],
    "imports": [
        contact_uploads.UNASKED,
        *import_words.OUTCOMES.values(),
        *undo.KEPT.values(),
        *(source.EMPTY, source.TOO_MANY_ROWS, source.WRONG, source.NO_ADDRESSES, source.TOO_LARGE),
        *(xlsx_read.BOMB, xlsx_read.NOT_A_WORKBOOK, xlsx_read.TOO_MANY_ROWS, xlsx_read.TOO_MANY_COLUMNS),
        *(staging.ONE_EMAIL, staging.TWICE, staging.RUNS, staging.CHANGED_MEANWHILE, staging.UNKNOWN_USE),
        *(import_steps.NOT_CHECKED, import_steps.NOT_DONE, import_steps.NOT_STOPPED),
        *csv_table.PROBLEMS.values(),
        csv_table.WRONG_HEADER,
    ],
    "contacts": [
        *editing.SENTENCES.values(),
        *suppressions.WORDS.values(),
        *(own_fields.BAD_NAME, own_fields.TOO_LONG, own_fields.TOO_MANY, merge.BUSY, more_details.BAD_TAG),
    ],
    "points": [
        *sentences.SENTENCES.values(),
        *sentences.PLAIN.values(),
        sentences.FADED,
        *sentences.STAGES.values(),
        *("interest", "need", "urgency"),
    ],
    "facts": [*decisive.SENTENCES.values(), decisive.TODAY, decisive.TOMORROW, decisive.YESTERDAY],
    "places": [*zones.CITIES.values(), zones.TIME_OF],
    "tasks": [review_task.TITLE],
    "letters": [*letters.REFUSED.values(), letters.NO_SUBJECT, letters.NO_BODY, letters.TOO_MANY],
    "brand": brand_refusals.SENTENCES.values(),
    "emails": refusals.SENTENCES.values(),
    "campaigns": [
        *checks.SENTENCES.values(),
        *doctor.SENTENCES.values(),
        *why.RULES.values(),
        *why.NOT_ASKED.values(),
        *(rule.source for rule in gate.RULES),
        *steps.NOT_NOW.values(),
        *(steps.NOBODY, steps.PAST, steps.PAST_DEADLINE, steps.OWN, steps.CHANGED),
        *(plans.NO_CAMPAIGN, plans.NOT_A_DRAFT, plans.NO_TIME, plans.NO_ZONE, plans.DEADLINE_FIRST),
        *(audience.UNREADABLE, contents.NO_SUBJECT_FIELD, contents.NO_DATA, contents.FORBIDDEN),
        *(campaign_views.EVERYBODY, *campaign_views.AGAIN.values(), compose.MARKED, campaign_views.SEGMENT),
        *flow_choices.CLASSES.values(),
        *human_names.TOPICS.values(),
        *human_names.STREAMS.values(),
    ],
    "previews": [each.title for each in preview_people.STOCK.values()],
    "sending": [send.NO_STREAM, send.NO_CALENDAR, send.CALENDAR_OFF],
    "segments": [
        *_segments(),
        *(*segments.HOW.values(), *segments.SCOPES.values(), *names.STAGES.values(), *names.LANGUAGES.values()),
        *(segments.EVERYBODY, segments.NOBODY, segments.AND, segments.OR, segments.NOT, segments.QUOTED),
        *(segments.RECENT, segments.TODAY, segment_refusals.CAMPAIGN, segment_refusals.FLOW),
        *(*segment_refusals.PROBLEMS.values(), *segment_refusals.SAVING.values()),
    ],
    "starters": [
        *starters.GROUPS,
        *(text for group in starters.GROUPS.values() for starter in group.values() for text in starter),
        *(sentence for group in starters.GROUPS.values() for name in group for sentence in starters.brief(name)),
    ],
}


@pytest.mark.parametrize("name", TABLES)
def test_every_text_of_a_table_has_its_spanish(name: str) -> None:
    for english in TABLES[name]:
        spanish = texts.text(english, "es")
        assert spanish != english or english in SAME or english in zones.CITIES.values(), english
        assert sorted(NAMES.findall(spanish)) == sorted(NAMES.findall(english)), english


def test_a_language_without_a_catalogue_reads_english() -> None:
    assert texts.text("hot", "pt") == texts.text("hot", "en") == "hot"


def test_braces_in_a_value_stay_as_they_are() -> None:
    assert texts.text(zones.TIME_OF, "es", city="{city} %(n)s") == "hora de {city} %(n)s"
