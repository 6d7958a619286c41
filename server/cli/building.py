"""`acto build`: one email for one person, as files to look into."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from builder import catalog, emails, lint, messages, personalise
from builder.catalog import EmailSource
from builder.tokens import Keyring
from server import settings as all_settings
from server.errors import CannotDo
from server.sending import compose, send
from server.settings import Settings


def write(
    settings: Settings, path: Path, out: Path, person: Path | None, language: str, base_url: str | None, now: int
) -> dict[str, Any]:
    """Writes message.eml, html.html, text.txt and report.json into `out`; returns the report.

    Raises BrokenTemplate with lint's errors, CannotDo for a person the template cannot be filled in for.
    """
    source = send.check(settings, path)
    if language not in source.languages:
        raise CannotDo(f"{source.name} is written in {', '.join(source.languages)}, not in {language}.")
    settings = replace(settings, base_url=base_url or settings.base_url)
    email = emails.compile(source, language)
    sender = compose.sender(settings, source.stream, Keyring(all_settings.keys(settings)))
    recipient = messages.sample(_with(source, person))
    try:
        wire = messages.write(email, sender, recipient, now)
        filled = messages.fill(email, sender, recipient, now)
    except personalise.CannotPersonalise as error:
        raise CannotDo(str(error)) from error
    files = {"message.eml": wire, "html.html": filled.html.encode(), "text.txt": filled.text.encode()}
    report = {
        "email": source.name,
        "version": source.version,
        "language": language,
        "class": source.mail_class,
        "stream": source.stream,
        "subject": filled.subject,
        "blocks": {name: [option.value for option in block.options] for name, block in email.blocks.items()},
        "bytes": {name: len(content) for name, content in files.items()},
        "problems": [problem.as_dict() for problem in lint.check_folder(path)],
    }
    files["report.json"] = json.dumps(report, ensure_ascii=False, indent=2).encode()
    out.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (out / name).write_bytes(content)
    return report


def _with(source: EmailSource, person: Path | None) -> EmailSource:
    """The source with another person (and data) in place of its sample's."""
    if person is None:
        return source
    files = {**source.files, f"{source.name}/sample.json": person.read_text(encoding="utf-8")}
    return catalog.parse(source.name, files)
