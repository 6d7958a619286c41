"""What every command needs: where to talk, what a refusal looks like, the settings and the store."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from builder import translation
from builder.problems import BrokenTemplate
from server import settings as all_settings
from server import store as stores
from server.accounts.users import WeakPassword
from server.cli.language import current, translated
from server.contacts.csv_import import WrongHeader
from server.errors import CannotDo
from server.settings import Settings, SettingsError
from server.store import Store, StoreTooNew, StoreUnavailable


class Talk(Console):
    """Stderr, in the current language."""

    def print(self, *texts: Any, **more: Any) -> None:
        super().print(*(translated(text) if isinstance(text, str) else text for text in texts), **more)

    def refuse(self, sentence: str) -> None:
        """A sentence that is in the right language already."""
        super().print(sentence, style="red", markup=False)


talk = Talk(stderr=True, highlight=False, soft_wrap=True)
MENDABLE = (CannotDo, SettingsError, StoreUnavailable, StoreTooNew, WrongHeader, WeakPassword, BrokenTemplate)


class Refusal(click.ClickException):
    """A sentence for the person at the terminal, in the language that is current when it is raised; exit 1."""

    def __init__(self, sentence: str) -> None:
        super().__init__(translated(sentence))

    def show(self, file: Any = None) -> None:
        talk.refuse(self.message)


@contextmanager
def errors_as_sentences(*more: type[Exception]) -> Iterator[None]:
    """What a person can mend, and `more`, is told in a sentence; anything else is a bug and keeps its trace."""
    try:
        yield
    except MENDABLE + more as error:
        raise Refusal(sentence(error)) from error


def sentence(error: Exception) -> str:
    """What an error says to a person; some know both languages themselves."""
    if isinstance(error, BrokenTemplate):
        return "\n".join(translation.line(problem, current()) for problem in error.problems)
    return error.sentence(current()) if isinstance(error, WrongHeader) else str(error)


def settings() -> Settings:
    with errors_as_sentences():
        return all_settings.load()


@contextmanager
def opened() -> Iterator[Store]:
    """The store of the settings, brought up to date."""
    chosen = settings()
    with errors_as_sentences(), stores.open(chosen.database, chosen.group_commit_max) as store:
        store.migrate()
        yield store


def progress() -> Progress:
    return Progress(console=talk, transient=True)


def now_ms() -> int:
    return time.time_ns() // 1_000_000
