"""Commands that measure. Run alone they take a minute; all of them together, three."""

from __future__ import annotations

import click

from server.cli.language import Group
from server.cli.shared import progress, settings


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def bench(context: click.Context) -> None:
    """Measure Acto on this machine, each figure beside its baseline of the same run; without a name, everything."""
    if context.invoked_subcommand is None:
        for command in (render, capture, send):
            context.invoke(command)


@bench.command()
def render() -> None:
    """Messages written a second, against the naive way."""
    from server.bench import render as measure

    click.echo(measure.run(settings()))


@bench.command()
@click.option(
    "--seconds", type=click.IntRange(1, 120), default=9, show_default=True, help="Length of each measurement."
)
@click.option("--connections", type=click.IntRange(1, 512), default=64, show_default=True, help="Open connections.")
@click.option("--events", type=click.IntRange(0, 10_000_000), default=0, help="Also on a store that holds as many.")
def capture(seconds: int, connections: int, events: int) -> None:
    """Answers that are stored and pages that are opened a second over HTTP, against a bare page of the same server."""
    from server.bench import capture as measure

    click.echo(measure.run(settings(), seconds, connections, events))


@bench.command()
@click.option("--messages", type=click.IntRange(10, 100_000), default=2000, show_default=True, help="How many.")
def send(messages: int) -> None:
    """Messages sent a second into a local SMTP sink, signed and not, against the sink alone and a plain script."""
    from server.bench import send as measure

    click.echo(measure.run(settings(), messages))


@bench.command()
@click.option("--contacts", type=click.IntRange(10, 10_000_000), default=100_000, show_default=True, help="How many.")
@click.option(
    "--events", type=click.IntRange(10, 100_000_000), default=1_000_000, show_default=True, help="Their answers."
)
@click.option(
    "--database", default="", help="Address of an empty database to fill; a SQLite file of its own by default."
)
def pages(contacts: int, events: int, database: str) -> None:
    """Milliseconds that pages take on a store in use, which is filled first."""
    from server.bench import pages as measure

    with progress() as bar:
        told = measure.run(settings(), contacts, events, database, bar)
    click.echo(told)
