"""Collects what a flow may refer to: the emails of the store and the folder with their questions, webhooks, team, calendars, stages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from builder import catalog, emails, impersonal
from builder.catalog import EmailSource
from builder.emails import CompiledEmail
from builder.personalise import CannotPersonalise
from builder.problems import BrokenTemplate
from server import jsontext
from server.accounts import users
from server.emails import homes
from server.errors import CannotDo
from server.flows.validation import Asks, References
from server.sales import work
from server.segments.names import Question
from server.sending import send, writable
from server.settings import Settings
from server.store import Session, Store
from server.webhooks import bodies

Files = frozenset[tuple[str, str]]


def of(settings: Settings, tx: Session | None) -> References:
    """Return everything a flow may refer to. Without a store it has the emails of the templates folder alone; webhooks and
    people are None.
    """
    files = homes.every(tx, settings) if tx else homes.in_folder(settings)
    asked = {name: _questions(name, frozenset(own.items())) for name, own in files.items()}
    return References(
        emails={name: questions for name, questions in asked.items() if questions is not None},
        broken=frozenset(name for name, questions in asked.items() if questions is None),
        out_of_use={row["name"]: row["state"] for row in tx.emails.out_of_use()} if tx else {},
        endpoints={row["name"]: row["shape"] for row in tx.endpoints.all()} if tx else None,
        chats=bodies.CHATS,
        people=frozenset(row["email"] for row in users.active(tx)) if tx else None,
        calendars=frozenset(row["name"] for row in tx.calendars.every()) if tx else None,
        stages=work.STAGES,
        segments=frozenset(row["name"] for row in tx.segments.names()) if tx else None,
        unwritable=lambda email, data: _unwritable(email, frozenset(files[email].items()), jsontext.dumps(data)),
    )


def questions(settings: Settings, tx: Session, language: str) -> dict[str, Mapping[str, Question]]:
    """Return the words of every email's questions and answers by name, in a language the email speaks; a broken email has none."""
    files = homes.every(tx, settings)
    return {name: _words(name, frozenset(own.items()), language) for name, own in files.items()}


def sendable(store: Store, settings: Settings, name: str) -> EmailSource:
    """Return the email that is sent under this name, checked as for any sending. Raises CannotDo with why it cannot be sent."""
    with store.read() as tx:
        files = homes.find(tx, settings, name)
    key = (name, frozenset(files.items()), tuple(settings.streams))
    if key not in _checked:
        if len(_checked) >= _CHECKED_MOST:
            _checked.clear()
        try:
            _checked[key] = send.check_files(settings, name, files)
        except BrokenTemplate as error:
            raise CannotDo(f"The email “{name}” has errors: {error.problems[0]}") from error
    return _checked[key]


# A cache by content, because lint and the parity check are slow.
_checked: dict[tuple[str, Files, tuple[str, ...]], EmailSource] = {}
_CHECKED_MOST = 256


@lru_cache(maxsize=512)
def _questions(name: str, files: Files) -> Mapping[str, Asks] | None:
    """Return the questions of an email; None for a broken one."""
    email = _compiled(name, files, "")
    if email is None:
        return None
    return {
        block.name: Asks(
            block.answer_kind,
            None if block.limit or block.slots else frozenset(option.value for option in block.options),
        )
        for block in email.blocks.values()
    }


@lru_cache(maxsize=512)
def _words(name: str, files: Files, language: str) -> Mapping[str, Question]:
    """Return the words of an email's questions, as they stand for everybody."""
    email = _compiled(name, files, language)
    blocks = impersonal.questions(email) if email else {}
    return {
        name: Question(block.question, {option.value: option.label for option in block.options})
        for name, block in blocks.items()
    }


def _compiled(name: str, files: Files, language: str) -> CompiledEmail | None:
    """Return an email in this language, or else in its first; None for a broken one."""
    source, _ = catalog.inspect(name, dict(files))
    if source is None:
        return None
    try:
        return emails.compile(source, source.speaks(language))
    except (BrokenTemplate, CannotPersonalise):
        return None


@lru_cache(maxsize=512)
def _unwritable(name: str, files: Files, data: str) -> str:
    """Return why the email cannot be written with this data, '' when it can."""
    source, _ = catalog.inspect(name, dict(files))
    return writable.why_not(source, jsontext.loads(data)) if source else ""
