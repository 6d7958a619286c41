"""Defines commands on the store's data: import, leads, events, settings and admin."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from server import settings as all_settings
from server.cli.language import Group, current, translated
from server.cli.shared import errors_as_sentences, now_ms, opened, progress, settings, talk

PROBLEMS_SHOWN = 100


@click.group(cls=Group, name="import")
def import_() -> None:
    """Import data."""


@import_.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def contacts(file: Path) -> None:
    """Import a contact list from a CSV file or an XLSX workbook. Each row that cannot be imported is reported with its line. Exit 1
    if a row was left out.

    A contact that a column of the file marks as unsubscribed, bounced or blocked gets no mail. The page Contacts → Imports shows the
    import afterwards, and can undo it.
    """
    from server.cli import importing

    with errors_as_sentences(), opened() as store, progress() as bar:
        task = bar.add_task(translated("Importing"), total=None)
        done = importing.run(
            store, file, settings().default_country, lambda n, total: bar.update(task, completed=n, total=total)
        )
    for problem in done.problems[:PROBLEMS_SHOWN]:
        talk.print(f"line {problem.line}: {problem.sentence(current())}", markup=False)
    if len(done.problems) > PROBLEMS_SHOWN:
        talk.print(f"… and {len(done.problems) - PROBLEMS_SHOWN} more like these")
    if done.refused:
        talk.print(f"Marked in the file as unsubscribed, bounced or blocked, and now suppressed: {done.refused}")
    lines = "line" if done.left_out == 1 else "lines"
    talk.print(f"{done.added} added, {done.updated} updated, {done.left_out} {lines} left out")
    sys.exit(1 if done.left_out else 0)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
@click.option("--all", "everyone", is_flag=True, help="Include leads with answers from machines only.")
@click.option("--recompute", is_flag=True, help="Recompute every lead from its answers, and list those that changed.")
def leads(as_json: bool, everyone: bool, recompute: bool) -> None:
    """List the leads, highest score first, with the reason for every point."""
    from server.cli import listings
    from server.qualify import rescoring

    with opened() as store:
        if recompute:
            with progress() as bar:
                task = bar.add_task(translated("Leads"), total=rescoring.count(store))
                changed = list(rescoring.recompute(store, now_ms(), lambda done: bar.update(task, completed=done)))
            for contact_id in changed:
                click.echo(contact_id)
            talk.print(f"{len(changed)} leads differed from their answers and were corrected.")
            return
        for line in listings.leads(store, as_json, current(), everyone=everyone):
            click.echo(line)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
def events(as_json: bool) -> None:
    """List every event, oldest first."""
    from server.cli import listings

    with opened() as store:
        for line in listings.events(store, as_json):
            click.echo(line)


@click.command(name="settings")
def settings_table() -> None:
    """Print every setting, its value, where it comes from, and what it does. Passwords are masked."""
    for row in all_settings.describe(settings()):
        click.echo(f"{row.name} = {row.value}\n    {translated(row.help)} ({translated(f'from {row.source}')})")


@click.command()
@click.argument("email")
@click.password_option(help="The command asks for it if you leave it out.")
def admin(email: str, password: str) -> None:
    """Set the password of the administrator EMAIL, and add the account if it does not exist. All their sessions end."""
    from server.accounts import users

    with errors_as_sentences(), opened() as store:
        users.add_or_reset(store, email, password, now_ms())
    talk.print(f"{email} can sign in now.", markup=False)
