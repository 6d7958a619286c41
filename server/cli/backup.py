"""Defines `acto backup`, `acto restore` and `acto resume`: copies of all data, and the decisions after a restore."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

import click

from server import signing
from server import store as stores
from server.cli.shared import CommandRefusal, errors_as_sentences, now_ms, opened, settings, talk
from server.errors import CannotDo

FILE = click.Path(dir_okay=False, path_type=Path)
KIND = click.Choice(["campaigns", "messages", "notices", "effects", "appointments", "all"])
KIND_NAMES = {
    "campaigns": "campaigns on their way: those that you drop are paused until somebody resumes them",
    "messages": "messages to recipients",
    "notices": "notices: invitations, alerts, reminders, new passwords",
    "effects": "effects of flows: tasks, alerts, webhooks, chats, mails; and answers that were still being checked",
    "appointments": "confirmations and reminders of appointments",
}


@click.command()
@click.argument("file", type=FILE)
@click.option(
    "--without-keys", is_flag=True, help="Leave the signing keys out. Copy the keys file to another place then."
)
def backup(file: Path, without_keys: bool) -> None:
    """Back up the database and the signing keys into FILE, also while Acto runs.

    FILE contains personal data, so only its owner can read it. The backup is verified before it replaces FILE, so that
    FILE is never incomplete.
    """
    from server.backup import creation

    chosen = settings()
    keys_file = None if without_keys else Path(chosen.keys_file)
    if stores.is_file(chosen.database) and not Path(chosen.database).exists():
        raise CommandRefusal(f"There is no database {chosen.database}. Start in the folder of acto.toml.")
    with errors_as_sentences(), opened() as store:
        if keys_file:
            signing.keys(store, chosen, now_ms())  # checks that the file has the keys of the store
        made = creation.make(store, file, keys_file, now_ms())
    talk.print(
        f"{file}: {sum(made.rows.values()):,} rows{' and the keys' if made.has_keys else ', no keys'}.", markup=False
    )


@click.command()
@click.argument("file", type=FILE)
@click.option(
    "--keys",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Keys file to use with a backup without keys.",
)
def restore(file: Path, keys: Path | None) -> None:
    """Restore the backup FILE into the database of the settings. That database must be empty: no file yet, or no tables.

    Acto sends nothing from the restored database until somebody decides: acto resume, or the page “Backups”.
    """
    from server.backup import restoration

    with errors_as_sentences():
        made = restoration.restore(settings(), file, keys, now_ms())
    talk.print(f"Restored {sum(made.rows.values()):,} rows, as of {_moment(made.made_at)}.", markup=False)
    talk.print(
        "A backup does not contain acto.toml and the folders of templates and flows. Put yours beside the database."
    )
    talk.print(
        "Start the web server and the workers. Nothing is sent until you decide about the pending messages: acto resume"
    )


@click.command()
@click.option(
    "--let-go",
    type=KIND,
    multiple=True,
    help="Release the pending items of this kind. Repeat the option for another kind.",
)
@click.option(
    "--drop",
    type=KIND,
    multiple=True,
    help="Drop the pending items of this kind. Each remains visible and can be sent by hand.",
)
def resume(let_go: tuple[str, ...], drop: tuple[str, ...]) -> None:
    """Let the workers go on after a restore. Without options, it lists the messages that were pending when the backup was made, by kind."""
    from server.accounts import audit
    from server.backup import held_work
    from server.capture import rules

    with errors_as_sentences(), opened() as store:
        try:
            with store.read() as tx:
                due = held_work.due(tx, now_ms())
            _refuse_undecided(due, let_go, drop)
            dropping = [kind for kind in due if kind in drop or "all" in drop]
            dropped = held_work.resume(store, rules.of(settings()), dropping, audit.COMMAND_LINE, now_ms())
        except held_work.NotWaiting as error:
            raise CannotDo(
                "No decision is pending: the database was not restored, or somebody has decided already."
            ) from error
        except held_work.TooEarly as error:
            raise CannotDo(
                f"Answers from just before the backup are being checked for scanners until {_moment(error.at)}. Try again then."
            ) from error
    talk.print(f"The workers go on. Dropped: {sum(dropped.values()):,}.")


def _refuse_undecided(due: dict[str, int], let_go: Collection[str], drop: Collection[str]) -> None:
    """Raise CannotDo unless each kind with pending items has exactly one decision."""
    both = [kind for kind in (*due, "all") if kind in let_go and kind in drop]
    if both:
        raise CannotDo(f"Give either --let-go or --drop for {both[0]}, not both.")
    if "all" in let_go or "all" in drop:
        return
    open_ = {kind: number for kind, number in due.items() if number and kind not in (*let_go, *drop)}
    if open_ or not (let_go or drop or not any(due.values())):
        lines = [f"{number:8,}  {kind:12}  {KIND_NAMES[kind]}" for kind, number in open_.items()]
        lines.append(
            "These items were pending when the backup was made, and may have been sent since. "
            "For each kind, give --let-go KIND or --drop KIND."
        )
        raise CannotDo("\n".join(lines))


def _moment(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
