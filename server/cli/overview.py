"""Writes the overview of `acto serve`: its address, the counts of its store, missing settings, and the next command.

Migrates the store first, because the counts need the current schema.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from builder import catalog
from server import settings as all_settings
from server import store as stores
from server.cli.language import translated
from server.sending import outbox
from server.settings import Settings


class Standing(NamedTuple):
    """Counts of the store."""

    accounts: int
    contacts: int
    messages: int
    waiting: int
    restored: bool
    first_email: str


NEXT: tuple[tuple[Callable[[Standing], bool], str, str], ...] = (  # the first condition that holds is printed
    (
        lambda at: at.restored,
        "acto resume",
        "decides about the pending messages of the restored database; nothing is sent before",
    ),
    (lambda at: not at.accounts, "acto admin you@example.com", "creates the first account, for signing in"),
    (lambda at: not at.contacts, "acto import contacts contacts.csv", "imports contacts"),
    (lambda at: not at.first_email, "acto new my-email", "creates a first email for you to edit"),
    (lambda at: not at.messages, "acto send {0.first_email} --to you@example.com", "queues a first email"),
    (lambda at: at.waiting > 0, "acto work", "sends the queued messages; keep one running beside this"),
    (lambda at: True, "acto work", "sends mail and confirms answers; keep one running beside this"),
)


def lines(settings: Settings, address: str) -> list[str]:
    """Write the overview for the terminal. Migrates the store; raises StoreUnavailable."""
    with stores.open(settings.database, settings.group_commit_max) as store:
        store.migrate()
        with store.read() as tx:
            counted = [row for stream in outbox.counts(tx).values() for row in stream.items()]
            waiting = sum(total for state, total in counted if state in ("queued", "attempting"))
            at = Standing(
                accounts=int(tx.users.count()),
                contacts=int(tx.contacts.count()),
                messages=sum(total for _, total in counted),
                waiting=waiting,
                restored=tx.restores.waiting() is not None,
                first_email=next(iter(catalog.names(Path(settings.templates_dir))), ""),
            )
    command, why = next((command, why) for holds, command, why in NEXT if holds(at))
    return [
        f"Acto {version('acto')} listens on {address}. Ctrl-C stops it.",
        f"  links in emails  {settings.base_url}",
        f"  database         {all_settings.masked(settings.database)}",
        f"  holds            {_counted(at.accounts, 'account')}, {_counted(at.contacts, 'contact')}, "
        f"{_counted(at.messages, 'message')} ({at.waiting:,} waiting)",
        *(
            []
            if settings.postal_address
            else ["  not set          postal_address: marketing mail is not sent without it"]
        ),
        f"Next: {command.format(at)}  ({why})",
    ]


def _counted(number: int, thing: str) -> str:
    return translated(f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s")
