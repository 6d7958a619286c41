"""`acto pull` and `acto push`: emails of the database as folders that git keeps, and back."""

from __future__ import annotations

from pathlib import Path

import click

from server.accounts.audit import COMMAND_LINE
from server.cli.emails import FOLDER
from server.cli.shared import errors_as_sentences, now_ms, opened, talk


@click.command()
@click.argument("names", nargs=-1)
@click.option(
    "--into", type=click.Path(path_type=Path), default=Path("emails"), show_default=True, help="Folder to write into."
)
def pull(names: tuple[str, ...], into: Path) -> None:
    """Write emails of the database into folders, each with its newest revision. Without NAMES, write all of them.

    A folder with changes that were not pushed is left alone.
    """
    from server.emails import drafts, folders

    with opened() as store, errors_as_sentences(), store.read() as tx:
        for name in names or [row["name"] for row in drafts.listed(tx, limit=10_000)]:
            talk.print(f"{into / name}: revision {folders.pull(tx, name, into)}")


@click.command()
@click.argument("paths", nargs=-1, required=True, type=FOLDER)
def push(paths: tuple[Path, ...]) -> None:
    """Save folders of emails in the database, each as a new revision. A folder that was not pulled becomes a new email.

    If somebody saved the email after the pull, nothing is overwritten, and the command shows which files differ. Exit 1 then.
    """
    from server.emails import folders
    from server.emails.drafts import Conflict

    with opened() as store, errors_as_sentences():
        for path in paths:
            try:
                done = store.write(lambda tx, path=path: folders.push(tx, path, COMMAND_LINE, now_ms()))  # type: ignore[misc]
            except Conflict as conflict:
                raise folders.refusal(conflict, path) from conflict
            folders.remember(path, done.revision)
            talk.print(f"{path}: revision {done.revision}" if done.changed else f"{path}: no changes")
