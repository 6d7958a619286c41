"""Builds one email for one person in every format and writes the files: the work of `acto build`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from builder import catalog, emails, lint, messages, personalise
from builder.catalog import EmailSource
from builder.eligibility import Format, FormatVerdict
from builder.emails import CompiledEmail
from builder.messages import Filled
from builder.tokens import Keyring
from server import settings as all_settings
from server.cli.linting import as_dict
from server.errors import CannotDo
from server.sending import compose, send
from server.sending.parity_check import prove, registered
from server.settings import Settings

FILES = {"amp": "amp.html", "card": "card.json", "gmail": "gmail.json", "invite": "invite.ics"}


@dataclass(frozen=True)
class Built:
    """The result of a build: `sizes` of the files in bytes, and the formats that would be sent with the present settings."""

    sizes: Mapping[str, int]
    formats: Mapping[Format, FormatVerdict]


def write(
    settings: Settings, path: Path, out: Path, person: Path | None, language: str, base_url: str | None, now: int
) -> Built:
    """Write message.eml, a file for each format and report.json into `out`.

    Raises BrokenTemplate with lint's errors; CannotDo if the template cannot be filled for this person, or the formats do not ask
    the same.
    """
    source = send.check(settings, path)
    language = language or source.languages[0]
    if language not in source.languages:
        raise CannotDo(f"{source.name} is written in {', '.join(source.languages)}, not in {language}.")
    settings = replace(settings, base_url=base_url or settings.base_url)
    email = emails.compile(source, language)
    sender = compose.sender(settings, source.stream, Keyring(all_settings.keys(settings)))
    recipient = messages.sample(_with(source, person))
    try:
        wire = messages.write(email, sender, recipient, now)
        filled = messages.fill(email, registered(sender), recipient, now)
    except personalise.CannotPersonalise as error:
        raise CannotDo(str(error)) from error
    prove(email, registered(sender), recipient, filled, now)
    files = _files(filled, wire)
    formats = messages.eligible(email, sender, recipient)
    files["report.json"] = _json(_report(email, formats, filled, files, path))
    out.mkdir(parents=True, exist_ok=True)
    for stale in {*FILES.values()} - files.keys():
        (out / stale).unlink(missing_ok=True)
    for name, content in files.items():
        (out / name).write_bytes(content)
    return Built(_sizes(files), formats)


def _files(filled: Filled, wire: bytes) -> dict[str, bytes]:
    files = {"message.eml": wire, "html.html": filled.html.encode(), "text.txt": filled.text.encode()}
    return files | {name: getattr(filled, part).encode() for part, name in FILES.items() if getattr(filled, part)}


def _report(
    email: CompiledEmail, formats: Mapping[Format, FormatVerdict], filled: Filled, files: dict[str, bytes], path: Path
) -> dict[str, Any]:
    source = email.source
    return {
        "email": source.name,
        "version": source.version,
        "language": email.language,
        "class": source.mail_class,
        "stream": source.stream,
        "subject": filled.subject,
        "formats": as_dict(formats),
        "parity": "proved",
        "blocks": {name: [option.value for option in block.options] for name, block in email.blocks.items()},
        "bytes": _sizes(files),
        "problems": [problem.as_dict() for problem in lint.check_folder(path)],
    }


def _sizes(files: Mapping[str, bytes]) -> dict[str, int]:
    return {name: len(content) for name, content in files.items()}


def _json(report: dict[str, Any]) -> bytes:
    return json.dumps(report, ensure_ascii=False, indent=2).encode()


def _with(source: EmailSource, person: Path | None) -> EmailSource:
    """Return the source with the person and data of a file in place of its sample."""
    if person is None:
        return source
    files = {**source.files, f"{source.name}/sample.json": person.read_text(encoding="utf-8")}
    return catalog.parse(source.name, files)
