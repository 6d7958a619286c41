"""Words of the pages of imports: uses of columns, notes and changes of rows, and the lines of the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from server import jsontext, texts
from server.contacts import countries, phones
from server.contacts.csv_read import RowProblem
from server.contacts.imports import plan, undo
from server.web import language
from server.web.language import text
from server.web.marketing import contact_words

if TYPE_CHECKING:
    from server.store.queries.imports import ImportRowsRow

OUTCOMES = {"new": "new", "changed": "changed", "same": "unchanged", "left_out": "not imported"}


def uses() -> dict[str, str]:
    """Return the uses that a column can have, with their words."""
    return {
        "": text("Not used"),
        **{name: contact_words.title(name) for name in ("email", "first_name", "last_name")},
        "name": text("First and last name"),
        **{name: contact_words.title(name) for name in ("company", "language", "phone", "whatsapp", "country")},
        **{name: contact_words.title(name) for name in ("time_zone", "tags")},
        "refusal": text("Whether they refused mail"),
    }


def separators() -> dict[str, str]:
    """Return the words for separators of a CSV file."""
    return {",": text("comma"), ";": text("semicolon"), "\t": text("tab"), "|": text("vertical bar")}


def note(of: Sequence[str]) -> str:
    """Write a stored note, a rule and a value, as a sentence."""
    rule, value = of
    return RowProblem(0, rule, value).sentence(language.current())


def change(values: Sequence[str], name: str) -> str:
    """Write a change of a field: `Company: A → B`, or only the new value if the field was empty."""
    before, after = (_written(name, value, language.current()) for value in values)
    title = _title(name)
    return f"{title}: {before} → {after}" if before else f"{title}: {after}"


def line(row: ImportRowsRow, spoken: str) -> list[str]:
    """Return the line of the report for a row."""
    notes = [RowProblem(row["line"], *each).sentence(spoken) for each in jsontext.loads(row["notes"])]
    changes = {
        name: values
        for name, values in jsontext.loads(row["changes"]).items()
        if name not in (plan.EMAIL, plan.REFUSAL)
    }
    undone = texts.text(undo.KEPT[row["undone"]], spoken) if row["undone"] in undo.KEPT else row["undone"]
    return [
        str(row["line"]),
        row["email_key"],
        texts.text(OUTCOMES.get(row["outcome"], row["outcome"]), spoken),
        " ".join(notes),
        row["suppressed"],
        "\n".join(change(values, name) for name, values in changes.items()),
        undone,
    ]


def _title(name: str) -> str:
    if name.startswith(plan.FIELD):
        return name.removeprefix(plan.FIELD).replace("_", " ").capitalize()
    return contact_words.title(name)


def _written(name: str, value: str, spoken: str) -> str:
    if name == plan.TAGS:
        return value.strip(",").replace(",", ", ")
    if name == "country":
        return countries.name(value, spoken) if value else ""
    return phones.written(value) if value and name in ("phone", "whatsapp") else value
