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
    """`settings` are the fields of email.toml; None where only its text can be shown, which then is among `others`.

    `own` are the languages that share a body, and so can get one of their own.
    """

    settings: dict[str, str] | None
    bodies: list[Text]
    others: list[Text]
    own: tuple[str, ...] = ()

    @property
    def paths(self) -> set[str]:
        """The paths of all files."""
        return {each.path for each in (*self.bodies, *self.others)}

    def removable(self, body: Text) -> bool:
        """Return whether a language can do without this body of its own, because it then uses the shared one."""
        return len(body.languages) == 1 and body.path.endswith(f"body.{body.languages[0]}.mjml")

    def without_subject(self, body: Text) -> list[str]:
        """Return the languages of a body that nobody receives, because they have no subject."""
        return [each for each in body.languages if self.settings is not None and not self.settings[f"subject.{each}"]]


def of(name: str, files: Mapping[str, str], as_text: bool = False) -> Form:
    """Return the files of an email as fields; `as_text` shows email.toml as it is written."""
    toml = f"{name}/email.toml"
    settings = None if as_text else email_toml.values(files.get(toml, ""))
    bodies = [Text(path, files[path], spoken) for path, spoken in _bodies(name, files).items()]
    ours = {each.path for each in bodies} | ({toml} if settings is not None else set())
    first = {toml: 0, f"{name}/sample.json": 1}
    others = sorted(files.keys() - ours, key=lambda path: (first.get(path, 2), path))
    return Form(settings, bodies, [Text(path, files[path]) for path in others], _without_own(bodies, settings))


def files(form: MultiDict[str, str], name: str, base: Mapping[str, str]) -> dict[str, str]:
    """Return the files as typed. A file that the form does not have stays as in `base`, from which the writer started; the body of one
    language may be new, and is left out if it is empty.
    """
    own = _own_bodies(name)
    paths = [*base, *(path for path in own.values() if path not in base and f"{FILE}{path}" in form)]
    found = {path: _unix(form[f"{FILE}{path}"]) if f"{FILE}{path}" in form else base[path] for path in paths}
    found = _without_empty(found, own)
    fields = [email_toml.field(*each) for each in email_toml.FIELDS]
    typed = {field: _unix(form[field]) for field in fields if field in form}
    toml = f"{name}/email.toml"
    return {**found, toml: email_toml.write(found[toml], typed)} if typed and toml in found else found


def split(form: MultiDict[str, str], name: str, files: Mapping[str, str]) -> dict[str, str]:
    """Return the files with a body of its own for the language `own` of the form, or without the one of the language `shared`."""
    bodies, own, shared = _own_bodies(name), form.get("own", ""), form.get("shared", "")
    found = {path: text for path, text in files.items() if path != bodies.get(shared)}
    text = files.get(f"{name}/body.mjml")
    return {bodies[own]: text, **found} if own in bodies and text is not None else found


def person(form: MultiDict[str, str]) -> Person:
    """Return the person of the preview: the contact with the typed address, else the stock person of the list."""
    address = form.get("address", "").strip()
    return preview_people.find((preview_people.key_of(address) if address else "") or form.get("person", ""))


def resolved(form: MultiDict[str, str], name: str, theirs: Mapping[str, str]) -> dict[str, str]:
    """Return the files of a merge as the form decides it, on top of theirs."""
    found = dict(theirs)
    for field, choice in form.items():
        path = field.removeprefix("take/")
        if path != field and choice in ("mine", "merged"):
            found[path] = _unix(form.get(f"{choice}/{path}", ""))
    return _without_empty(found, _own_bodies(name))


def _bodies(name: str, files: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the languages of each body file."""
    found: dict[str, tuple[str, ...]] = {}
    for language in LANGUAGES:
        path = variant(f"{name}/body.mjml", language, files)
        if path in files:
            found[path] = (*found.get(path, ()), language)
    return found


def _own_bodies(name: str) -> dict[str, str]:
    """Return the path of the body that a language has for itself."""
    return {language: f"{name}/body.{language}.mjml" for language in LANGUAGES}


def _without_own(bodies: list[Text], settings: Mapping[str, str] | None) -> tuple[str, ...]:
    """Return the languages that share a body; not the only one that has a subject, because the shared body is in that one."""
    shared = next((body.languages for body in bodies if len(body.languages) > 1), ())
    spoken = [each for each in shared if settings and settings[f"subject.{each}"]]
    return tuple(each for each in shared if [each] != spoken)


def _without_empty(files: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """Leave out the bodies of one language that have no text, so that the language uses the shared body."""
    return {path: text for path, text in files.items() if text.strip() or path not in own.values()}


def _unix(text: str) -> str:
    """Return the text with line ends of one character; a browser sends two."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
