"""Defines commands on emails: new, lint, build and send."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from builder.source import LANGUAGES
from builder.translation import ENGLISH
from server.cli.language import chosen, current, translated
from server.cli.shared import errors_as_sentences, now_ms, opened, progress, settings, talk


class Folder(click.Path):
    """The folder of one email as an argument; a file in it names its folder, and a folder of several emails is refused."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Convert the argument to the folder's path; fails for a folder of several emails."""
        path = Path(str(super().convert(value, param, ctx)))
        path = path if path.is_dir() else path.parent
        from builder import catalog

        names = catalog.names(path) if not (path / "email.toml").exists() else []
        if names:
            self.fail(
                f"{path} holds several emails. Name one: {', '.join(str(path / name) for name in names)}.", param, ctx
            )
        return path


FOLDER = Folder(exists=True)


@click.command()
@click.argument("name")
@click.option(
    "--class",
    "mail_class",
    type=click.Choice(["marketing", "transactional"]),
    default="marketing",
    show_default=True,
    help="Class of the email, which decides the legal requirements.",
)
@click.option(
    "--language", type=click.Choice(LANGUAGES), help="Language of the brief; the language of the terminal by default."
)
@click.option(
    "--from", "starter", default="", help="Starter email to copy, such as diagnosis; the new email gets its class."
)
def new(name: str, mail_class: str, language: str | None, starter: str) -> None:
    """Start a new email NAME in the templates folder, ready to edit."""
    from server.cli.starter import copy, create

    templates = Path(settings().templates_dir)
    with errors_as_sentences():
        folder = (
            copy(templates, name, starter) if starter else create(templates, name, mail_class, language or current())
        )
    talk.print(f"Created {folder}. Edit body.mjml, then run: acto lint {folder}")


@click.command()
@click.argument("path", type=FOLDER)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help='Print {"problems": [{file, line, column, rule, severity, …}], "formats": {…}}.',
)
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="Language of the messages; the language of the terminal by default, and English with --json.",
)
def lint(path: Path, as_json: bool, language: str | None) -> None:
    """Check the email in folder PATH: list each error with its place and its correction, then the formats that are sent.

    Exit 1 when there is an error.
    """
    from server.cli.linting import look

    language = language or chosen() or (ENGLISH if as_json else current())
    found = look(settings(), path, language)
    if as_json:
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=2))
    else:
        for line in found.lines():
            click.echo(line)
        for line in (*found.format_lines(), found.summary(path)):
            talk.print(line, markup=False)
    sys.exit(1 if found.wrong else 0)


@click.command()
@click.argument("path", type=FOLDER)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder to write into.")
@click.option(
    "--person",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON file in the form of sample.json.",
)
@click.option("--language", default="", help="Language of the message; the email's first one by default.")
@click.option("--base-url", help="Base address of the links; the setting `base_url` by default.")
def build(path: Path, out: Path, person: Path | None, language: str, base_url: str | None) -> None:
    """Build the email in folder PATH for one person: message.eml, a file for each format it can have, and report.json."""
    from server.cli import linting
    from server.cli.building import write

    with errors_as_sentences():
        built = write(settings(), path, out, person, language, base_url, now_ms())
    for name, size in built.sizes.items():
        talk.print(f"{out / name}  {size:,} bytes", markup=False)
    for line in linting.lines(built.formats, current()):
        talk.print(line, markup=False)


@click.command()
@click.argument("email")
@click.option("--to", "address", help="Address of one person; added to the contacts when it is new.")
@click.option("--all", "everybody", is_flag=True, help="Send to all contacts.")
@click.option("--segment", metavar="NAME", help="Send to the people of this segment.")
@click.option("--data", help="JSON object that the template sees as `data`.")
def send(email: str, address: str | None, everybody: bool, segment: str | None, data: str | None) -> None:
    """Queue EMAIL, the name of an email of the database or of the templates folder, for one person, a segment or all contacts.

    A worker sends it.
    """
    if [bool(address), bool(segment), everybody].count(True) != 1:
        raise click.UsageError("Name the recipients: --to ADDRESS, --segment NAME, or --all.")
    from server.cli import sending

    with opened() as store, progress() as bar:
        task = bar.add_task(translated("Queueing"), total=None)

        def show_progress(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        queued = sending.send(store, settings(), email, address, segment, data, now_ms(), show_progress)
    talk.print(f"{queued} queued. `acto work` sends them; the page “Outbox” shows their state.")
