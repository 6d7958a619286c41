"""Reads `email.toml` and `sample.json` and reports their faults."""

import difflib
import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any, cast

from builder.eligibility import FORMATS
from builder.problems import Problem
from builder.source import CLASSES, LANGUAGES, Brief, EmailSource, Invitation, MailClass

KEYS = ("class", "topic", "stream", "subject", "preheader", "brief", "invitation", "formats")
BRIEF_KEYS = ("do", "learn", "then")
INVITATION_KEYS = ("block", "title", "start", "minutes", "place")
PERSON_KEYS = frozenset({"first_name", "last_name", "company", "email", "phone", "country", "fields"})
_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_SAMPLE = 'Write {"person": {"first_name": "Ana"}, "data": {}}.'


def inspect(name: str, files: Mapping[str, str]) -> tuple[EmailSource | None, list[Problem]]:
    """Read the email and the faults of its `email.toml` and `sample.json`; the email is None if a file is missing or is not TOML."""
    return _Inspection(name, files).run()


class _Inspection:
    def __init__(self, name: str, files: Mapping[str, str]) -> None:
        self.name, self.files = name, files
        self.toml_path, self.sample_path = f"{name}/email.toml", f"{name}/sample.json"
        self.problems: list[Problem] = []

    def run(self) -> tuple[EmailSource | None, list[Problem]]:
        start = "Write one with class, topic, subject and a brief; `acto new` makes it for you."
        self._present(self.toml_path, start)
        self._present(f"{self.name}/body.mjml", "Write the email's MJML there.")
        table = self._toml()
        if table is None or self.problems:
            return None, self.problems
        return self._source(table), self.problems

    def _present(self, path: str, fix: str) -> None:
        if path not in self.files:
            self._report(path, "", "missing-file", "This file is missing.", fix)

    def _source(self, table: dict[str, Any]) -> EmailSource:
        self._known(table, KEYS)
        mail_class = self._choice(table, "class", CLASSES)
        return EmailSource(
            name=self.name,
            mail_class=cast(MailClass, mail_class),
            topic=self._slug(table, "topic", self.name),
            stream=self._slug(table, "stream", mail_class),
            subject=self._texts(table, "subject", required=True),
            preheader=self._texts(table, "preheader", required=False),
            brief=self._brief(table),
            sample=self._sample(),
            files=self.files,
            invitation=self._invitation(table),
            formats_off=self._formats(table, False),
            formats_on=self._formats(table, True),
        )

    def _toml(self) -> dict[str, Any] | None:
        try:
            return tomllib.loads(self.files.get(self.toml_path, ""))
        except (ValueError, RecursionError) as error:  # a number of thousands of digits is a plain ValueError
            place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
            line, column = (int(place[1]), int(place[2])) if place else (1, 1)
            said = f"This is not TOML: {str(error).split(' (at')[0].rstrip('.')}."
            self._at(self.toml_path, line, column, "email-toml", said, "Correct the line.")
            return None

    def _known(self, table: dict[str, Any], known: tuple[str, ...]) -> None:
        for key in table.keys() - set(known):
            meant = difflib.get_close_matches(key, known, 1)
            fix = f"Did you mean {meant[0]}?" if meant else f"Use {', '.join(known)}."
            self._report(self.toml_path, key, "email-toml", f"There is no setting {key!r} here.", fix)

    def _brief(self, table: dict[str, Any]) -> Brief:
        brief = table.get("brief", {})
        if not isinstance(brief, dict):
            self._report(self.toml_path, "brief", "email-toml", "brief is not a table.", "Write [brief] on a line.")
            return Brief()
        self._known(brief, BRIEF_KEYS)
        return Brief(**{key: str(brief.get(key, "")) for key in BRIEF_KEYS})

    def _invitation(self, table: dict[str, Any]) -> Invitation | None:
        invitation = table.get("invitation")
        if invitation is None:
            return None
        if not isinstance(invitation, dict) or any(not invitation.get(key) for key in INVITATION_KEYS[:-1]):
            said = "[invitation] needs block, title, start and minutes."
            self._report(self.toml_path, "invitation", "email-toml", said, "See docs/templates.md for an example.")
            return None
        self._known(invitation, INVITATION_KEYS)
        title = self._texts(invitation, "title", required=True)
        return Invitation(
            title=title, **{key: str(invitation.get(key, "")) for key in INVITATION_KEYS if key != "title"}
        )

    def _formats(self, table: dict[str, Any], wanted: bool) -> frozenset[str]:
        """Return the formats that `[formats]` sets to `wanted`, as in `amp = false` or `kinetic = true`."""
        formats = table.get("formats", {})
        optional = tuple(name for name in FORMATS if name not in ("html", "text"))
        if not isinstance(formats, dict) or any(not isinstance(value, bool) for value in formats.values()):
            said = "[formats] says true or false for each format."
            self._report(self.toml_path, "formats", "email-toml", said, "Write amp = false.")
            return frozenset()
        self._known(formats, optional)
        return frozenset(name for name in optional if formats.get(name) is wanted)

    def _choice(self, table: dict[str, Any], key: str, allowed: tuple[str, ...]) -> str:
        value = table.get(key)
        if value in allowed:
            return str(value)
        said = f"{key} is {value!r}." if key in table else f"{key} is missing."
        fix = f"Write {key} = " + " or ".join(f'"{word}"' for word in allowed) + "."
        self._report(self.toml_path, key, "email-toml", said, fix)
        return allowed[0]

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
        for language in sorted(set(texts) - set(LANGUAGES)):
            said = f"{key} is given in “{language}”, which Acto does not speak."
            self._report(self.toml_path, key, "email-toml", said, f"Use one of {', '.join(LANGUAGES)}.")
        return {language: text for language, text in texts.items() if language in LANGUAGES}

    def _sample(self) -> dict[str, Any]:
        if self.sample_path not in self.files:
            said = "This file is missing; previews and tests need it."
            self._report(self.sample_path, "", "missing-file", said, _SAMPLE)
            return {}
        try:
            value = json.loads(self.files[self.sample_path])
        except json.JSONDecodeError as error:
            self._at(self.sample_path, error.lineno, error.colno, "sample-json", f"Not JSON: {error.msg}.", _SAMPLE)
            return {}
        except (ValueError, RecursionError) as error:
            self._report(self.sample_path, "", "sample-json", f"Not JSON that can be read: {error}.", _SAMPLE)
            return {}
        if not isinstance(value, dict) or any(not isinstance(value.get(key, {}), dict) for key in ("person", "data")):
            said = "This is not an object of person and data."
            self._report(self.sample_path, "", "sample-json", said, _SAMPLE)
            return {}
        for key in sorted(value.keys() & PERSON_KEYS):
            said = f"{key} stands outside person, where nobody reads it."
            self._report(self.sample_path, "", "sample-json", said, f'Write {{"person": {{"{key}": …}}}}.')
        return value

    def _report(self, path: str, key: str, rule: str, message: str, fix: str) -> None:
        lines = self.files.get(path, "").split("\n")
        line = next((n for n, text in enumerate(lines, 1) if key and re.match(rf"\s*\[?{re.escape(key)}\b", text)), 1)
        self._at(path, line, 1, rule, message, fix)

    def _at(self, path: str, line: int, column: int, rule: str, message: str, fix: str) -> None:
        self.problems.append(Problem(path, line, column, rule, "error", message, fix))
