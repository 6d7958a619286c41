"""Turns an email's files into the fields of the editor, and the fields into files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from werkzeug.datastructures import MultiDict

from builder.source import LANGUAGES, variant
from server.emails import email_toml
from server.web.marketing.previews import preview_people
from server.web.marketing.previews.preview_people import Person

FILE = "file/"  # before the path, in the name of a field


class Text(NamedTuple):
    """A file as a field. `languages` are those that use this body."""

    path: str
    text: str
    languages: tuple[str, ...] = ()


class Form(NamedTuple):
    """`settings` are the fields of email.toml; None where only its text can be shown, which then is among `others`."""

    settings: dict[str, str] | None
    bodies: list[Text]
    others: list[Text]


def of(name: str, files: Mapping[str, str], as_text: bool = False) -> Form:
    """Return the files of an email as fields; `as_text` shows email.toml as it is written."""
    toml = f"{name}/email.toml"
    settings = None if as_text else email_toml.values(files.get(toml, ""))
    bodies = [Text(path, files[path], spoken) for path, spoken in _bodies(name, files).items()]
    ours = {each.path for each in bodies} | ({toml} if settings is not None else set())
    first = {toml: 0, f"{name}/sample.json": 1}
    others = sorted(files.keys() - ours, key=lambda path: (first.get(path, 2), path))
    return Form(settings, bodies, [Text(path, files[path]) for path in others])


def files(form: MultiDict[str, str], name: str, base: Mapping[str, str]) -> dict[str, str]:
    """Return the files as typed. A file that the form does not have stays as in `base`, from which the writer started."""
    found = {path: _unix(form[f"{FILE}{path}"]) if f"{FILE}{path}" in form else text for path, text in base.items()}
    fields = [email_toml.field(*each) for each in email_toml.FIELDS]
    typed = {field: _unix(form[field]) for field in fields if field in form}
    toml = f"{name}/email.toml"
    return {**found, toml: email_toml.write(found[toml], typed)} if typed and toml in found else found


def person(form: MultiDict[str, str]) -> Person:
    """Return the person of the preview: the contact with the typed address, else the stock person of the list."""
    address = form.get("address", "").strip()
    return preview_people.find((preview_people.key_of(address) if address else "") or form.get("person", ""))


def resolved(form: MultiDict[str, str], theirs: Mapping[str, str]) -> dict[str, str]:
    """Return the files of a merge as the form decides it, on top of theirs."""
    found = dict(theirs)
    for field, choice in form.items():
        path = field.removeprefix("take/")
        if path != field and choice in ("mine", "merged"):
            found[path] = _unix(form.get(f"{choice}/{path}", ""))
    return found


def _bodies(name: str, files: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the languages of each body file."""
    found: dict[str, tuple[str, ...]] = {}
    for language in LANGUAGES:
        path = variant(f"{name}/body.mjml", language, files)
        if path in files:
            found[path] = (*found.get(path, ()), language)
    return found


def _unix(text: str) -> str:
    """Return the text with line ends of one character; a browser sends two."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
