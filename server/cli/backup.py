"""`acto backup`, `acto restore` and `acto resume`: copies of everything, and what happens after one had to be used."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

import click

from server import signing
from server import store as stores
from server.cli.shared import Refusal, now_ms, opened, settings, talk, told
from server.errors import CannotDo

FILE = click.Path(dir_okay=False, path_type=Path)
KIND = click.Choice(["messages", "notices", "effects", "appointments", "all"])
SAID = {
    "messages": "messages to recipients",
    "notices": "notices: invitations, alerts, reminders, new passwords",
    "effects": "effects of flows: tasks, alerts, webhooks, chats, mails; and answers whose check was not over",
    "appointments": "appointments whose people have not been told, or reminded",
}


@click.command()
@click.argument("file", type=FILE)
@click.option(
    "--without-keys", is_flag=True, help="Leave the signing keys out; copy the keys file to another place then."
)
def backup(file: Path, without_keys: bool) -> None:
    """Write everything in the store, and the signing keys, into FILE while Acto runs. FILE holds personal data: only its owner reads it.

    It is read back before it gets its name, so that FILE is whole or what it was before.
    """
    from server.backup import creation

    chosen = settings()
    keys_file = None if without_keys else Path(chosen.keys_file)
    if stores.is_file(chosen.database) and not Path(chosen.database).exists():
        raise Refusal(f"There is no database {chosen.database}. Start in the folder of acto.toml.")
    with told(), opened() as store:
        if keys_file:
            signing.keys(store, chosen, now_ms())  # those of the store, and no others
        made = creation.make(store, file, keys_file, now_ms())
    talk.print(
        f"{file}: {sum(made.rows.values()):,} rows{' and the keys' if made.has_keys else ', no keys'}.", markup=False
    )


@click.command()
@click.argument("file", type=FILE)
@click.option(
    "--keys",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The keys file, for a backup without keys.",
)
def restore(file: Path, keys: Path | None) -> None:
    """Make the store of the settings out of the backup FILE. There must be none yet: no file, or a database without tables.

    Nothing is sent, booked or told from the restored store until somebody decides: acto resume, or the page “Backups”.
    """
    from server.backup import restoration

    with told():
        made = restoration.restore(settings(), file, keys, now_ms())
    talk.print(f"Restored {sum(made.rows.values()):,} rows, as of {_moment(made.made_at)}.", markup=False)
    talk.print("acto.toml and the folders of templates and flows are not in a backup: put yours beside the store.")
    talk.print("Start the web server and the workers. Nothing leaves until you decide about what was due: acto resume")


@click.command()
@click.option(
    "--let-go", type=KIND, multiple=True, help="Send, book and tell what was due of this kind; again for another kind."
)
@click.option("--drop", type=KIND, multiple=True, help="Do not; each stays visible and can be sent by hand.")
def resume(let_go: tuple[str, ...], drop: tuple[str, ...]) -> None:
    """After a restore, let the workers go on. Without options it says what was due, by kind, when the backup was made."""
    from server.accounts import audit
    from server.backup import held_work
    from server.capture import rules

    with told(), opened() as store:
        try:
            with store.read() as tx:
                due = held_work.due(tx, now_ms())
            _refuse_undecided(due, let_go, drop)
            dropping = [kind for kind in due if kind in drop or "all" in drop]
            dropped = held_work.resume(store, rules.of(settings()), dropping, audit.COMMAND_LINE, now_ms())
        except held_work.NotWaiting as error:
            raise CannotDo(
                "Nothing waits for a decision: the store was not restored, or somebody has decided."
            ) from error
        except held_work.TooEarly as error:
            raise CannotDo(
                f"Answers of just before the backup wait for their check until {_moment(error.at)}. Try again then."
            ) from error
    talk.print(f"The workers go on. {sum(dropped.values()):,} dropped.")


def _refuse_undecided(due: dict[str, int], let_go: Collection[str], drop: Collection[str]) -> None:
    """Each kind with something in it needs a decision, and one alone."""
    both = [kind for kind in (*due, "all") if kind in let_go and kind in drop]
    if both:
        raise CannotDo(f"{both[0]} cannot be let go and dropped at once.")
    if "all" in let_go or "all" in drop:
        return
    open_ = {kind: number for kind, number in due.items() if number and kind not in (*let_go, *drop)}
    if open_ or not (let_go or drop or not any(due.values())):
        lines = [f"{number:8,}  {kind:12}  {SAID[kind]}" for kind, number in open_.items()]
        lines.append(
            "They were due when the backup was made, and may have left since. For each kind: --let-go KIND or --drop KIND."
        )
        raise CannotDo("\n".join(lines))


def _moment(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
