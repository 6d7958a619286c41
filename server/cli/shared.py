"""Provides the parts that all commands share: output, refusals, the settings and the store."""

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
    """A console on standard error that prints in the current language."""

    def print(self, *texts: Any, **more: Any) -> None:
        """Print texts, translated to the current language."""
        super().print(*(translated(text) if isinstance(text, str) else text for text in texts), **more)

    def refuse(self, sentence: str) -> None:
        """Print a sentence that is already translated, in red."""
        super().print(sentence, style="red", markup=False)


talk = Talk(stderr=True, highlight=False, soft_wrap=True)
MENDABLE = (CannotDo, SettingsError, StoreUnavailable, StoreTooNew, WrongHeader, WeakPassword, BrokenTemplate)


class CommandRefusal(click.ClickException):
    """A sentence for the person at the terminal, in the language that is current when it is raised; exit 1."""

    def __init__(self, sentence: str) -> None:
        super().__init__(translated(sentence))

    def show(self, file: Any = None) -> None:
        talk.refuse(self.message)


@contextmanager
def errors_as_sentences(*more: type[Exception]) -> Iterator[None]:
    """Turn errors that a person can correct, and `more`, into a CommandRefusal; any other error is a bug and keeps its traceback."""
    try:
        yield
    except MENDABLE + more as error:
        raise CommandRefusal(sentence(error)) from error


def sentence(error: Exception) -> str:
    """Write an error as a sentence; some errors have their own texts in both languages."""
    if isinstance(error, BrokenTemplate):
        return "\n".join(translation.line(problem, current()) for problem in error.problems)
    return error.sentence(current()) if isinstance(error, WrongHeader | CannotDo) else str(error)


def settings() -> Settings:
    """Load the settings. Raises CommandRefusal."""
    with errors_as_sentences():
        return all_settings.load()


@contextmanager
def opened() -> Iterator[Store]:
    """Open the store of the settings and migrate it. Raises CommandRefusal."""
    chosen = settings()
    with errors_as_sentences(), stores.open(chosen.database, chosen.group_commit_max) as store:
        store.migrate()
        yield store


def progress() -> Progress:
    """Make a progress bar that disappears at its end."""
    return Progress(console=talk, transient=True)


def now_ms() -> int:
    """Return the time in milliseconds UTC."""
    return time.time_ns() // 1_000_000
