"""Defines the group of commands, and the commands that run until they are stopped: demo, serve and work."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

import click

from builder.source import LANGUAGES
from server.cli import language as languages
from server.cli.shared import errors_as_sentences, settings, talk

NICENESS = 5  # of a worker: on one machine, people who wait for a page or an answer come first
ELSEWHERE = {  # command: (its module in server/cli, its name in it)
    "new": ("emails", "new"),
    "lint": ("emails", "lint"),
    "build": ("emails", "build"),
    "send": ("emails", "send"),
    "pull": ("folders", "pull"),
    "push": ("folders", "push"),
    "import": ("data", "import_"),
    "leads": ("data", "leads"),
    "events": ("data", "events"),
    "settings": ("data", "settings_table"),
    "admin": ("data", "admin"),
    "users": ("users", "users"),
    "verdicts": ("verdicts", "verdicts"),
    "check": ("check", "check"),
    "keys": ("keys", "keys"),
    "inbound": ("inbound", "inbound"),
    "flows": ("flows", "flows"),
    "segments": ("segments", "segments"),
    "doctor": ("doctor", "doctor"),
    "backup": ("backup", "backup"),
    "restore": ("backup", "restore"),
    "resume": ("backup", "resume"),
    "bench": ("bench", "bench"),
}


class Commands(languages.Group):
    """Imports a command's module when it is called, because a mail server starts `acto inbound` for every mail and waits for it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*self.commands, *ELSEWHERE])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in ELSEWHERE:
            return super().get_command(ctx, cmd_name)
        module, name = ELSEWHERE[cmd_name]
        command: click.Command = getattr(import_module(f"server.cli.{module}"), name)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with languages.wrong_calls():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        with languages.wrong_calls():
            return super().invoke(ctx)


def _speak(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    ctx.meta[languages.CHOSEN] = value or ""


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="acto")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    is_eager=True,
    expose_value=False,
    callback=_speak,
    help="Language of the messages; the language of the terminal by default.",
)
def main() -> None:
    """Acto sends interactive emails and records the answers that people give in them.

    Settings come from acto.toml in this folder and from the environment (ACTO_<NAME>); `acto settings` lists them. Data
    goes to standard output, messages to standard error. Exit 0: done. Exit 1: refused, with a reason. Exit 2: wrong usage.
    """


@main.command()
@click.option(
    "--port", type=click.IntRange(1, 65_535), help="Port of the web server; the mail server takes a free one."
)
@click.option("--story", is_flag=True, help="Add a sample week of invented people, apart from your own data.")
def demo(port: int | None, story: bool) -> None:
    """Run everything on this machine: web server, worker and a local mail server with an inbox, with sample contacts and mail."""
    from server.cli.demo import run

    with errors_as_sentences():
        run(settings(), port, talk, story=story)


@main.command()
@click.option("--host", help="Address to listen on; the setting `host` by default.")
@click.option("--port", type=click.IntRange(1, 65_535), help="Port to listen on; the setting `port` by default.")
@click.option("--quiet", is_flag=True, help="Print no overview at the start and no line per request.")
def serve(host: str | None, port: int | None, quiet: bool) -> None:
    """Run the web server. It prints its address, a summary of the database and the next command, then one line per request."""
    from server.cli.serve import run

    with errors_as_sentences():
        run(settings(), host, port, quiet=quiet)


@main.command()
def work() -> None:
    """Run a worker, which sends queued messages and confirms answers after their check for scanners. You may run several."""
    from server.cli.work import run

    os.nice(NICENESS)
    with errors_as_sentences():
        run(settings())
