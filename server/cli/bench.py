"""Defines `acto bench`: the commands that measure Acto on this machine."""

from __future__ import annotations

import click

from server.cli.language import Group
from server.cli.shared import progress, settings


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def bench(context: click.Context) -> None:
    """Measure Acto on this machine, each figure beside its baseline of the same run. Without a name, it measures everything."""
    if context.invoked_subcommand is None:
        for command in (render, capture, send):
            context.invoke(command)


@bench.command()
def render() -> None:
    """Measure messages written per second, beside a plain implementation."""
    from server.bench import render as measure

    click.echo(measure.run(settings()))


@bench.command()
@click.option(
    "--seconds", type=click.IntRange(1, 120), default=9, show_default=True, help="Length of each measurement."
)
@click.option("--connections", type=click.IntRange(1, 512), default=64, show_default=True, help="Open connections.")
@click.option(
    "--events",
    type=click.IntRange(0, 10_000_000),
    default=0,
    help="Number of events to store before measuring once more.",
)
def capture(seconds: int, connections: int, events: int) -> None:
    """Measure stored answers and opened pages per second over HTTP, beside a bare page of the same server."""
    from server.bench import capture as measure

    click.echo(measure.run(settings(), seconds, connections, events))


@bench.command()
@click.option("--messages", type=click.IntRange(10, 100_000), default=2000, show_default=True, help="Number.")
def send(messages: int) -> None:
    """Measure messages sent per second to a local SMTP server, signed and unsigned, beside the server alone and a plain script."""
    from server.bench import send as measure

    click.echo(measure.run(settings(), messages))


@bench.command()
@click.option("--contacts", type=click.IntRange(10, 10_000_000), default=100_000, show_default=True, help="Number.")
@click.option(
    "--events", type=click.IntRange(10, 100_000_000), default=1_000_000, show_default=True, help="Number of answers."
)
@click.option(
    "--database", default="", help="Address of an empty database to fill. By default, a separate SQLite file."
)
def pages(contacts: int, events: int, database: str) -> None:
    """Measure the milliseconds that pages take on a large database, which is filled first."""
    from server.bench import pages as measure

    with progress() as bar:
        told = measure.run(settings(), contacts, events, database, bar)
    click.echo(told)


@bench.command()
@click.option("--rows", type=click.IntRange(10, 200_000), default=100_000, show_default=True, help="Rows of the list.")
@click.option(
    "--database", default="", help="Address of an empty database to fill. By default, a separate SQLite file."
)
def people(rows: int, database: str) -> None:
    """Measure the seconds that importing a list of contacts takes, from the file to the report."""
    from server.bench import people as measure

    click.echo(measure.run(settings(), rows, database))


@bench.command()
@click.option("--people", type=click.IntRange(100, 10_000_000), default=100_000, show_default=True, help="People.")
@click.option("--sent", type=click.IntRange(1, 10_000_000), default=10_000, show_default=True, help="Messages to send.")
@click.option(
    "--pace",
    type=click.IntRange(0, 100_000),
    default=0,
    help="Messages of the campaign per second; 0: as many as it can.",
)
@click.option(
    "--database", default="", help="Address of an empty database to fill. By default, a separate SQLite file."
)
def campaigns(people: int, sent: int, pace: int, database: str) -> None:
    """Measure a campaign to many people: start, gate, queueing, pages, sending and transactional mail beside it."""
    from server.bench import campaigns as measure

    click.echo(measure.run(settings(), people, sent, pace, database))
