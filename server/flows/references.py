"""What a flow may name: the emails in the templates folder with their questions, webhooks, the team, the stages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from builder import catalog, emails, messages
from builder.catalog import EmailSource
from builder.personalise import CannotPersonalise
from builder.problems import BrokenTemplate
from server import jsontext
from server.accounts import users
from server.errors import CannotDo
from server.flows.validation import Asks, References
from server.sales import work
from server.sending import parity_check, send
from server.settings import Settings
from server.store import Session
from server.webhooks import bodies

Files = frozenset[tuple[str, str]]


def of(settings: Settings, tx: Session | None) -> References:
    """Everything there is to name; without a store, nothing is said of webhooks and people."""
    folder, found, broken = Path(settings.templates_dir), {}, set()
    for name in catalog.names(folder):
        blocks = _questions(name, _files(folder, name))
        if blocks is None:
            broken.add(name)
        else:
            found[name] = blocks
    return References(
        emails=found,
        broken=frozenset(broken),
        endpoints={row["name"]: row["shape"] for row in tx.endpoints.all()} if tx else None,
        chats=bodies.CHATS,
        people=frozenset(row["email"] for row in users.active(tx)) if tx else None,
        calendars=frozenset(row["name"] for row in tx.calendars.every()) if tx else None,
        stages=work.STAGES,
        unwritable=lambda email, data: _unwritable(email, _files(folder, email), jsontext.dumps(data)),
    )


def sendable(settings: Settings, name: str) -> EmailSource:
    """The email as it is now, checked as for any sending. Raises CannotDo with why it cannot be sent."""
    folder = Path(settings.templates_dir)
    if name not in catalog.names(folder):
        raise CannotDo(f"There is no email “{name}” in {folder}.")
    key = (name, _files(folder, name), tuple(settings.streams))
    if key not in _checked:
        if len(_checked) >= _CHECKED_MOST:
            _checked.clear()
        try:
            _checked[key] = send.check(settings, folder / name)
        except BrokenTemplate as error:
            raise CannotDo(f"The email “{name}” has errors: {error.problems[0]}") from error
    return _checked[key]


# Once for each content: lint and the proof of the formats take a tenth of a second.
_checked: dict[tuple[str, Files, tuple[str, ...]], EmailSource] = {}
_CHECKED_MOST = 256


def _files(folder: Path, name: str) -> Files:
    return frozenset(catalog.collect(folder / name).items())


@lru_cache(maxsize=512)
def _questions(name: str, files: Files) -> Mapping[str, Asks] | None:
    """The questions of an email; None for one that is broken."""
    source, _ = catalog.inspect(name, dict(files))
    try:
        blocks = emails.compile(source, source.languages[0]).blocks if source else None
    except (BrokenTemplate, CannotPersonalise):
        return None
    if blocks is None:
        return None
    return {
        block.name: Asks(
            block.answer_kind,
            None if block.limit or block.slots else frozenset(option.value for option in block.options),
        )
        for block in blocks.values()
    }


@lru_cache(maxsize=512)
def _unwritable(name: str, files: Files, data: str) -> str:
    """Why the email cannot be written with this data, '' when it can; tried with the person of its sample."""
    source, _ = catalog.inspect(name, dict(files))
    if source is None:
        return ""
    given: dict[str, Any] = jsontext.loads(data)
    recipient = replace(messages.sample(source), data=given, recipients=1)
    try:
        for language in source.languages:
            messages.fill(emails.compile(source, language), parity_check.ANYBODY, recipient, 0)
    except CannotPersonalise as error:
        return str(error)
    return ""
