"""Defines an email as its author wrote it: the settings of `email.toml`, the sample, and the text of every file."""

import hashlib
import json
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from builder import brand

MailClass = Literal["transactional", "marketing"]
CLASSES: tuple[MailClass, ...] = ("transactional", "marketing")
LANGUAGES = ("es", "en")  # of Acto's own texts; the first is the default


@dataclass(frozen=True)
class Brief:
    """The reason for the email: the action asked of the recipient, the information to learn, and the use of the answer."""

    do: str = ""
    learn: str = ""
    then: str = ""

    @property
    def complete(self) -> bool:
        """True if all three parts are written."""
        return all((self.do.strip(), self.learn.strip(), self.then.strip()))


@dataclass(frozen=True)
class Invitation:
    """The event an email invites to. `title` by language, `start` (ISO 8601), `minutes` and `place` are Jinja templates.

    `block` names the confirm block that the buttons of a calendar answer: yes, no, maybe.
    """

    block: str
    title: Mapping[str, str]
    start: str
    minutes: str
    place: str = ""


@dataclass(frozen=True, eq=False)
class EmailSource:
    """One email as its author wrote it. `subject` and `preheader` are plain-text Jinja templates by language.

    Two sources are equal when their versions are: when their names and files are the same.
    """

    name: str
    mail_class: MailClass
    topic: str
    stream: str
    subject: Mapping[str, str]
    preheader: Mapping[str, str]
    brief: Brief
    sample: Mapping[str, Any]
    files: Mapping[str, str] = field(repr=False)
    invitation: Invitation | None = None
    formats_off: frozenset[str] = frozenset()
    formats_on: frozenset[str] = frozenset()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the email, the default first."""
        return tuple(self.subject)

    @cached_property
    def version(self) -> str:
        """The SHA-256 of the email's name and files, as hex."""
        return digest(self.name, self.files)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EmailSource) and self.version == other.version

    def __hash__(self) -> int:
        return hash(self.version)

    def speaks(self, language: str) -> str:
        """Return the language to use for a person who prefers `language`."""
        return language if language in self.subject else self.languages[0]

    def brand(self, language: str) -> dict[str, Any]:
        """Return the brand as templates of a language read it."""
        return brand.of(self.files, language)

    def body(self, language: str) -> str:
        """Return the path of the body in a language."""
        return variant(f"{self.name}/body.mjml", language, self.files)


def digest(name: str, files: Mapping[str, str]) -> str:
    """SHA-256 of an email's name and files, as hex: the same for the same content, whether it can be parsed or not."""
    return hashlib.sha256(json.dumps([name, dict(files)], sort_keys=True).encode()).hexdigest()


def variant(path: str, language: str, files: Mapping[str, str]) -> str:
    """Return the file's path in a language: `footer.en.mjml` for `footer.mjml` if there is one, else the path itself."""
    stem, suffix = posixpath.splitext(path)
    own = f"{stem}.{language}{suffix}"
    return own if own in files else path
