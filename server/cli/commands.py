"""The command `acto`. Data goes to stdout, talk to stderr; exit 0 is done, 1 is "no" with a reason, 2 is a wrong call."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from builder.problems import BrokenTemplate
from server import settings as all_settings
from server import store as stores
from server.errors import CannotDo
from server.settings import Settings, SettingsError
from server.store import Store, StoreTooNew, StoreUnavailable

talk = Console(stderr=True, highlight=False)


class Refusal(click.ClickException):
    """A sentence for the person at the terminal; exit 1."""

    def show(self, file: Any = None) -> None:
        talk.print(f"[red]{self.message}[/red]", soft_wrap=True, markup=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="acto")
def main() -> None:
    """Acto: interactive emails, and the answers people give in them.

    Settings come from acto.toml in this folder and from the environment (ACTO_<NAME>); `acto settings` lists them.
    """


@main.command()
@click.option(
    "--port", type=click.IntRange(1, 65_535), help="Port of the web server; the mail server takes a free one."
)
def demo(port: int | None) -> None:
    """Run everything here: web server, worker and a local mail server with an inbox, with sample contacts and mail."""
    from server.cli.demo import run

    with _told():
        run(_settings(), port, talk)


@main.command()
@click.option("--host", help="Address to listen on; the setting `host` by default.")
@click.option("--port", type=click.IntRange(1, 65_535), help="Port to listen on; the setting `port` by default.")
def serve(host: str | None, port: int | None) -> None:
    """Run the web server."""
    from server.cli.serve import run

    with _told():
        run(_settings(), host, port)


@main.command()
def work() -> None:
    """Run a worker: it sends what is queued and confirms answers that waited out their hold. Any number may run."""
    from server.cli.work import run

    with _told():
        run(_settings())


@main.command()
@click.argument("name")
@click.option("--class", "mail_class", type=click.Choice(["marketing", "transactional"]), default="marketing")
def new(name: str, mail_class: str) -> None:
    """Start a new email NAME in the templates folder, ready to edit."""
    from server.cli.starter import create

    with _told():
        folder = create(Path(_settings().templates_dir), name, mail_class)
    talk.print(f"Made {folder}. Edit body.mjml, then run: acto lint {folder}")


@main.command()
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help='Print {"problems": [{file, line, column, rule, severity, …}]}.')
def lint(path: Path, as_json: bool) -> None:
    """Say what is wrong with the email in folder PATH, where, and what would be right. Exit 1 when there is an error."""
    from builder import lint as rules
    from builder.problems import errors

    problems = rules.check_folder(path)
    if as_json:
        click.echo(json.dumps({"problems": [problem.as_dict() for problem in problems]}, ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            click.echo(str(problem))
        talk.print(f"{len(errors(problems))} errors, {len(problems) - len(errors(problems))} warnings in {path}")
    sys.exit(1 if errors(problems) else 0)


@main.command()
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder to write into.")
@click.option("--person", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="JSON like sample.json.")
@click.option("--language", default="es", show_default=True, help="Language of the message.")
@click.option("--base-url", help="Where the links lead; the setting `base_url` by default.")
def build(path: Path, out: Path, person: Path | None, language: str, base_url: str | None) -> None:
    """Build the email in folder PATH for one person: message.eml, html.html, text.txt and report.json."""
    from server.cli.building import write

    with _told():
        report = write(_settings(), path, out, person, language, base_url, int(time.time() * 1000))
    for name, size in report["bytes"].items():
        talk.print(f"{out / name}  {size:,} bytes")


@main.group(name="import")
def import_() -> None:
    """Bring data in."""


@import_.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def contacts(file: Path) -> None:
    """Import a contact list from a CSV file. Good rows go in; bad ones are named with their line. Exit 1 if any is bad."""
    from server.people import csv_import

    with _told(), _open() as store, _progress() as bar:
        rows, problems = csv_import.read(file.read_bytes())
        task = bar.add_task("Importing", total=len(rows))
        done = csv_import.import_contacts(store, rows, _now(), lambda n, total: bar.update(task, completed=n))
    for problem in problems:
        talk.print(str(problem), markup=False)
    talk.print(f"{done.added} added, {done.updated} updated, {len(problems)} lines left out")
    sys.exit(1 if problems else 0)


@main.command()
@click.argument("email")
@click.option("--to", "address", help="Address of one person; added to the contacts when it is new.")
@click.option("--all", "everybody", is_flag=True, help="Everybody in the contacts.")
@click.option("--data", help="JSON object that the template sees as `data`.")
def send(email: str, address: str | None, everybody: bool, data: str | None) -> None:
    """Queue EMAIL, a name in the templates folder, for one person or for everybody. A worker sends it."""
    if bool(address) == everybody:
        raise click.UsageError("Say who gets it: --to ADDRESS, or --all.")
    from server.cli import sending

    with _told(), _open() as store, _progress() as bar:
        task = bar.add_task("Queueing", total=None)
        queued = sending.send(
            store,
            _settings(),
            email,
            address,
            data,
            _now(),
            lambda n, total: bar.update(task, completed=n, total=total),
        )
    talk.print(f"{queued} queued. `acto work` sends them; the outbox page shows what becomes of them.")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def leads(as_json: bool) -> None:
    """List the leads, worth first, with the reason for every point."""
    from server.cli import listings

    with _told(), _open() as store:
        for line in listings.leads(store, as_json):
            click.echo(line)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def events(as_json: bool) -> None:
    """List every event, oldest first."""
    from server.cli import listings

    with _told(), _open() as store:
        for line in listings.events(store, as_json):
            click.echo(line)


@main.command(name="settings")
def settings_() -> None:
    """Print every setting, its value, where it comes from, and what it does. Passwords are masked."""
    with _told():
        for row in all_settings.describe(_settings()):
            click.echo(f"{row.name} = {row.value}\n    {row.help} (from {row.source})")


@main.command()
@click.argument("email")
@click.password_option(help="Asked for when it is not given.")
def admin(email: str, password: str) -> None:
    """Set the password of the admin with address EMAIL, who is added when new."""
    from server.people import users

    with _told(), _open() as store:
        users.put(store, email, password, _now())
    talk.print(f"{email} can sign in now.")


@main.group()
def bench() -> None:
    """Measure Acto on this machine, each figure beside its baseline of the same run."""


@bench.command(name="render")
def bench_render() -> None:
    """Messages written a second, against the naive way."""
    from server.bench import render

    click.echo(render.run(_settings()))


@bench.command(name="capture")
@click.option(
    "--seconds", type=click.IntRange(1, 120), default=8, show_default=True, help="Length of each measurement."
)
@click.option("--connections", type=click.IntRange(1, 512), default=64, show_default=True)
def bench_capture(seconds: int, connections: int) -> None:
    """Durable answers a second over HTTP, against a bare page of the same server."""
    from server.bench import capture

    click.echo(capture.run(_settings(), seconds, connections))


@bench.command(name="send")
@click.option("--messages", type=click.IntRange(10, 100_000), default=2000, show_default=True)
def bench_send(messages: int) -> None:
    """Messages sent a second into a local SMTP sink, against the sink alone."""
    from server.bench import send as sending

    click.echo(sending.run(_settings(), messages))


@contextmanager
def _told() -> Iterator[None]:
    """What a person can mend is told in a sentence; anything else is a bug and keeps its trace."""
    from server.people.csv_import import WrongHeader
    from server.people.users import WeakPassword

    known = (CannotDo, SettingsError, StoreUnavailable, StoreTooNew, WrongHeader, WeakPassword, BrokenTemplate)
    try:
        yield
    except known as error:
        raise Refusal(str(error)) from error


def _settings() -> Settings:
    try:
        return all_settings.load()
    except SettingsError as error:
        raise Refusal(str(error)) from error


@contextmanager
def _open() -> Iterator[Store]:
    settings = _settings()
    with stores.open(settings.database, settings.group_commit_max) as store:
        store.migrate()
        yield store


def _progress() -> Progress:
    return Progress(console=talk, transient=True)


def _now() -> int:
    return time.time_ns() // 1_000_000
