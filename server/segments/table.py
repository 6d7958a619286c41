"""Lists the conditions of segments.

A rule is JSON: {"all": [...]}, {"any": [...]}, {"not": ...}, or a condition such as {"is": "tag", "tag": "vip"}.

The validation, the form, the sentences and the documentation of the API are generated from these rows.
"""

from __future__ import annotations

from collections.abc import Mapping

from server.segments.model import Field, Word

HOW = {"is": "is", "contains": "contains", "ends": "ends with", "empty": "is empty"}
STAGES = ("cold", "warm", "hot", "won", "lost")
SCOPES = {"marketing": "marketing mail", "all": "any mail"}
GROUPS = ("The person", "Answers", "Emails", "Sales and appointments")

_VALUE = Field("value", "text", "Text", optional=True)
_EMAIL = Field("email", "email", "Email")
_QUESTION = Field("question", "question", "Question")
_DAYS = Field("days", "days", "In the last … days (empty for always)", optional=True)


def _how(*names: str) -> Field:
    return Field("how", " ".join(("how", *names)), "Comparison")


CONDITIONS = (
    Word(
        "address",
        "The person",
        "Email address",
        (_how("is", "contains", "ends"), _VALUE),
        "how",
        {
            "is": ("has the address “{value}”", "does not have the address “{value}”"),
            "contains": ("has “{value}” in the address", "does not have “{value}” in the address"),
            "ends": ("has an address that ends with “{value}”", "has an address that does not end with “{value}”"),
        },
    ),
    Word(
        "name",
        "The person",
        "Name",
        (_how("is", "contains", "empty"), _VALUE),
        "how",
        {
            "is": ("is called “{value}”", "is not called “{value}”"),
            "contains": ("has “{value}” in the name", "does not have “{value}” in the name"),
            "empty": ("has no name", "has a name"),
        },
    ),
    Word(
        "company",
        "The person",
        "Company",
        (_how("is", "contains", "empty"), _VALUE),
        "how",
        {
            "is": ("is from the company “{value}”", "is not from the company “{value}”"),
            "contains": (
                "has “{value}” in the name of the company",
                "does not have “{value}” in the name of the company",
            ),
            "empty": ("has no company", "has a company"),
        },
    ),
    Word(
        "field",
        "The person",
        "Field of your own",
        (Field("field", "field", "Field"), _how("is", "contains", "empty"), _VALUE),
        "how",
        {
            "is": ("has “{value}” as “{field}”", "does not have “{value}” as “{field}”"),
            "contains": ("has “{value}” in “{field}”", "does not have “{value}” in “{field}”"),
            "empty": ("has an empty field “{field}”", "has something in “{field}”"),
        },
    ),
    Word(
        "language",
        "The person",
        "Language",
        (Field("language", "language", "Language", optional=True),),
        "language",
        {
            "some": ("gets emails in {spoken}", "does not get emails in {spoken}"),
            "none": ("has no language of their own", "has a language of their own"),
        },
    ),
    Word(
        "country",
        "The person",
        "Country",
        (Field("country", "country", "Country", optional=True),),
        "country",
        {
            "some": ("is in {country}", "is not in {country}"),
            "none": ("has no country", "has a country"),
        },
    ),
    Word(
        "tag",
        "The person",
        "Has a tag",
        (Field("tag", "tag", "The tag"),),
        "tag",
        {"some": ("has the tag “{tag}”", "does not have the tag “{tag}”")},
    ),
    Word(
        "added",
        "The person",
        "Added recently",
        (Field("days", "days", "In the last … days"),),
        "days",
        {"some": ("was added", "was not added")},
    ),
    Word(
        "imported",
        "The person",
        "In an imported list",
        (Field("list", "list", "List"),),
        "list",
        {"some": ("was in the imported list “{list}”", "was not in the imported list “{list}”")},
    ),
    Word(
        "people",
        "The person",
        "One of these people",
        (Field("ids", "ids", "Contact ids"),),
        "ids",
        {"some": ("is one of {count} chosen people", "is none of {count} chosen people")},
    ),
    Word(
        "answered",
        "Answers",
        "Answered a question",
        (
            _EMAIL,
            _QUESTION,
            Field("options", "options", "With one of these answers (none for any)", optional=True),
            _DAYS,
        ),
        "options",
        {
            "some": (
                "answered {options} to “{question}” in “{email}”",
                "did not answer {options} to “{question}” in “{email}”",
            ),
            "none": ("answered “{question}” in “{email}”", "did not answer “{question}” in “{email}”"),
        },
    ),
    Word(
        "silent",
        "Answers",
        "Got an email and did not answer",
        (_EMAIL,),
        "email",
        {"some": ("got “{email}” and has not answered it", "did not get “{email}”, or answered it")},
    ),
    Word(
        "opened",
        "Answers",
        "Opened the page of a question",
        (_EMAIL, _QUESTION, _DAYS),
        "question",
        {
            "some": (
                "opened the page of “{question}” in “{email}”",
                "did not open the page of “{question}” in “{email}”",
            )
        },
    ),
    Word(
        "sent",
        "Emails",
        "Was sent an email",
        (Field("email", "email", "Email (empty for any)", optional=True), _DAYS),
        "email",
        {
            "some": ("was sent “{email}”", "was not sent “{email}”"),
            "none": ("was sent an email", "was sent no email"),
        },
    ),
    Word(
        "refused",
        "Emails",
        "Unsubscribed or not reachable",
        (Field("scope", "scope", "Gets no"),),
        "scope",
        {
            "marketing": ("gets no marketing mail", "may get marketing mail"),
            "all": ("gets no mail at all", "may get mail"),
        },
    ),
    Word(
        "stage",
        "Sales and appointments",
        "Stage of the lead",
        (Field("stage", "stage", "Stage", optional=True),),
        "stage",
        {
            "some": ("has a lead in the stage “{stage}”", "has no lead in the stage “{stage}”"),
            "none": ("has no lead", "has a lead"),
        },
    ),
    Word(
        "owner",
        "Sales and appointments",
        "Owner of the lead",
        (Field("owner", "owner", "Owner", optional=True),),
        "owner",
        {
            "some": ("has a lead that belongs to {owner}", "has no lead that belongs to {owner}"),
            "none": ("has no owner", "has an owner"),
        },
    ),
    Word(
        "booked",
        "Sales and appointments",
        "Booked an appointment",
        (Field("calendar", "calendar", "Calendar (empty for any)", optional=True),),
        "calendar",
        {
            "some": ("has booked “{calendar}”", "has not booked “{calendar}”"),
            "none": ("has booked an appointment", "has not booked an appointment"),
        },
    ),
)
WORDS: Mapping[str, Word] = {word.name: word for word in CONDITIONS}
JOINS = ("all", "any", "not")

EVERYBODY, NOBODY = "everybody", "nobody"
AND, OR, NOT, QUOTED = "{one} and {other}", "{one} or {other}", "not ({part})", "“{text}”"
RECENT, TODAY = "{sentence} in the last {days} days", "{sentence} in the last 24 hours"
