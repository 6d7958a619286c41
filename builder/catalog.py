"""Reads a template folder into an EmailSource.

A folder is `email.toml`, `body.mjml` (`body.en.mjml` beside it where words differ by language) and `sample.json`; partials it
includes may lie beside it. Everything an email needs is a mapping of path to text, so a version can be stored and compiled
again long after the folder has changed.
"""

import hashlib
import json
import posixpath
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, cast

from builder.problems import BrokenTemplate, Problem, errors

MailClass = Literal["transactional", "marketing"]
CLASSES: tuple[MailClass, ...] = ("transactional", "marketing")
LANGUAGES = ("es", "en")  # what Acto itself can say; the first is the default
_INCLUDE = re.compile(r"<mj-include\b[^>]*?\bpath\s*=\s*[\"']([^\"']+)[\"']", re.IGNORECASE)
_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


@dataclass(frozen=True)
class Brief:
    """Why the email may ask: what the recipient is to do, what we learn, what then happens."""

    do: str = ""
    learn: str = ""
    then: str = ""

    @property
    def complete(self) -> bool:
        return all((self.do.strip(), self.learn.strip(), self.then.strip()))


@dataclass(frozen=True, eq=False)
class EmailSource:
    """One Email as its author wrote it. `subject` and `preheader` are plain-text Jinja templates by language.

    Two sources are equal when their versions are: when everything they are made of is the same.
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

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it is written in, the default first."""
        return tuple(self.subject)

    @cached_property
    def version(self) -> str:
        """SHA-256 of all that the email is made of, as hex."""
        return hashlib.sha256(json.dumps([self.name, self.files], sort_keys=True).encode()).hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EmailSource) and self.version == other.version

    def __hash__(self) -> int:
        return hash(self.version)

    def speaks(self, language: str) -> str:
        """The language to use for someone who prefers `language`."""
        return language if language in self.subject else self.languages[0]

    def body(self, language: str) -> str:
        """The path of the body in a language."""
        return variant(f"{self.name}/body.mjml", language, self.files)


def read(folder: Path) -> EmailSource:
    """Raises BrokenTemplate when the folder is not an email; what lint says of its body is lint's to say."""
    source, problems = inspect(folder.name, collect(folder))
    if source is None or errors(problems):
        raise BrokenTemplate(problems)
    return source


def parse(name: str, files: Mapping[str, str]) -> EmailSource:
    """An email out of stored files. Raises BrokenTemplate."""
    source, problems = inspect(name, files)
    if source is None or errors(problems):
        raise BrokenTemplate(problems)
    return source


def names(root: Path) -> list[str]:
    """The emails below a folder, by name; `_shared` and the like are none."""
    return sorted(path.parent.name for path in root.glob("[!_.]*/email.toml"))


def collect(folder: Path) -> dict[str, str]:
    """Every file the email needs, by its path from the folder's parent. Nothing outside that parent is read."""
    root, files = folder.resolve().parent, dict[str, str]()
    waiting = [
        path
        for pattern in ("email.toml", "body*.mjml", "sample.json")
        for path in sorted(folder.resolve().glob(pattern))
    ]
    while waiting:
        path = waiting.pop()
        key = path.relative_to(root).as_posix()
        if key in files or not path.is_file():
            continue
        files[key] = path.read_text(encoding="utf-8-sig", errors="replace").replace("\r\n", "\n")
        for include in _INCLUDE.findall(files[key]):
            base = Path(posixpath.normpath((path.parent / include).as_posix()))
            family = [base, *sorted(base.parent.glob(f"{base.stem}.??{base.suffix}"))]
            waiting += [member for member in family if member.is_relative_to(root)]
    return files


def variant(path: str, language: str, files: Mapping[str, str]) -> str:
    """`footer.en.mjml` for `footer.mjml` in English where there is one, else the path itself."""
    stem, suffix = posixpath.splitext(path)
    own = f"{stem}.{language}{suffix}"
    return own if own in files else path


def inspect(name: str, files: Mapping[str, str]) -> tuple[EmailSource | None, list[Problem]]:
    """The email and what is wrong with its `email.toml` and `sample.json`; no email where there is nothing to go on."""
    return _Inspection(name, files).run()


class _Inspection:
    def __init__(self, name: str, files: Mapping[str, str]) -> None:
        self.name, self.files = name, files
        self.toml_path, self.sample_path = f"{name}/email.toml", f"{name}/sample.json"
        self.problems: list[Problem] = []

    def run(self) -> tuple[EmailSource | None, list[Problem]]:
        for path, fix in (
            (
                self.toml_path,
                "Write one with class, topic, subject and a brief; `acto new` makes it for you.",
            ),
            (f"{self.name}/body.mjml", "Write the email's MJML there."),
        ):
            if path not in self.files:
                self._report(path, "", "missing-file", "This file is missing.", fix)
        table = self._toml()
        if table is None or self.problems:
            return None, self.problems
        return self._source(table), self.problems

    def _source(self, table: dict[str, Any]) -> EmailSource:
        mail_class = self._choice(table, "class", CLASSES)
        brief = table.get("brief") if isinstance(table.get("brief"), dict) else {}
        subject = self._texts(table, "subject", required=True)
        return EmailSource(
            name=self.name,
            mail_class=cast(MailClass, mail_class),
            topic=self._slug(table, "topic", self.name),
            stream=self._slug(table, "stream", mail_class),
            subject=subject,
            preheader=self._texts(table, "preheader", required=False),
            brief=Brief(**{key: str(cast(dict[str, Any], brief).get(key, "")) for key in ("do", "learn", "then")}),
            sample=self._sample(),
            files=self.files,
        )

    def _toml(self) -> dict[str, Any] | None:
        try:
            return tomllib.loads(self.files.get(self.toml_path, ""))
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
            line, column = (int(place[1]), int(place[2])) if place else (1, 1)
            said = str(error).split(" (at")[0]
            self.problems.append(
                Problem(
                    self.toml_path,
                    line,
                    column,
                    "email-toml",
                    "error",
                    f"This is not TOML: {said}.",
                    "Mend the line.",
                )
            )
            return None

    def _choice(self, table: dict[str, Any], key: str, allowed: tuple[str, ...]) -> str:
        value = table.get(key)
        if value not in allowed:
            self._report(
                self.toml_path,
                key,
                "email-toml",
                f"{key} is {value!r}." if key in table else f"{key} is missing.",
                f"Write {key} = " + " or ".join(f'"{word}"' for word in allowed) + ".",
            )
            return allowed[0]
        return str(value)

    def _slug(self, table: dict[str, Any], key: str, default: str) -> str:
        value = table.get(key, default)
        if not isinstance(value, str) or not _SLUG.fullmatch(value):
            fix = "Use up to 64 of a-z, 0-9, - and _."
            self._report(self.toml_path, key, "email-toml", f"{key} is {value!r}.", fix)
            return default
        return value

    def _texts(self, table: dict[str, Any], key: str, required: bool) -> dict[str, str]:
        value = table.get(key)
        texts = {LANGUAGES[0]: value} if isinstance(value, str) else value if isinstance(value, dict) else {}
        texts = {language: text for language, text in texts.items() if isinstance(text, str) and text.strip()}
        if required and not texts:
            fix = f'Write {key} = {{ es = "…", en = "…" }}.'
            self._report(self.toml_path, key, "email-toml", f"{key} is missing or empty.", fix)
        for language in set(texts) - set(LANGUAGES):
            fix = f"Use one of {', '.join(LANGUAGES)}."
            self._report(
                self.toml_path,
                key,
                "email-toml",
                f"{key} is given in “{language}”, which Acto does not speak.",
                fix,
            )
        return {language: text for language, text in texts.items() if language in LANGUAGES}

    def _sample(self) -> dict[str, Any]:
        text = self.files.get(self.sample_path)
        fix = 'Write {"person": {"first_name": "Ana"}, "data": {}}.'
        if text is None:
            self._report(self.sample_path, "", "missing-file", "This file is missing; previews and tests need it.", fix)
            return {}
        try:
            value = json.loads(text)
        except json.JSONDecodeError as error:
            self.problems.append(
                Problem(
                    self.sample_path,
                    error.lineno,
                    error.colno,
                    "sample-json",
                    "error",
                    f"This is not JSON: {error.msg}.",
                    fix,
                )
            )
            return {}
        if not isinstance(value, dict) or any(not isinstance(value.get(key, {}), dict) for key in ("person", "data")):
            self._report(self.sample_path, "", "sample-json", "This is not an object of person and data.", fix)
            return {}
        return value

    def _report(self, path: str, key: str, rule: str, message: str, fix: str) -> None:
        lines = self.files.get(path, "").split("\n")
        line = next((n for n, text in enumerate(lines, 1) if key and re.match(rf"\s*{key}\b", text)), 1)
        self.problems.append(Problem(path, line, 1, rule, "error", message, fix))
