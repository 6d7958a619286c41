"""What every command needs: where to talk, what a refusal looks like, the settings and the store."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress

from builder.problems import BrokenTemplate
from server import settings as all_settings
from server import store as stores
from server.errors import CannotDo
from server.people.csv_import import WrongHeader
from server.people.users import WeakPassword
from server.settings import Settings, SettingsError
from server.store import Store, StoreTooNew, StoreUnavailable

talk = Console(stderr=True, highlight=False, soft_wrap=True)
MENDABLE = (CannotDo, SettingsError, StoreUnavailable, StoreTooNew, WrongHeader, WeakPassword, BrokenTemplate)


class Refusal(click.ClickException):
    """A sentence for the person at the terminal; exit 1."""

    def show(self, file: Any = None) -> None:
        talk.print(f"[red]{escape(self.message)}[/red]")


@contextmanager
def told(*more: type[Exception]) -> Iterator[None]:
    """What a person can mend, and `more`, is told in a sentence; anything else is a bug and keeps its trace."""
    try:
        yield
    except MENDABLE + more as error:
        raise Refusal(str(error)) from error


def settings() -> Settings:
    with told():
        return all_settings.load()


@contextmanager
def opened() -> Iterator[Store]:
    """The store of the settings, brought up to date."""
    chosen = settings()
    with told(), stores.open(chosen.database, chosen.group_commit_max) as store:
        store.migrate()
        yield store


def progress() -> Progress:
    return Progress(console=talk, transient=True)


def now_ms() -> int:
    return time.time_ns() // 1_000_000
