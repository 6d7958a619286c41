"""Defines `acto segments`: lists segments, shows the rule of one, and counts its people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from server.cli.language import Group, current
from server.cli.shared import CommandRefusal, errors_as_sentences, now_ms, opened

if TYPE_CHECKING:
    from server.store import Session
    from server.store.queries.segments import SegmentsRow


@click.group(cls=Group)
def segments() -> None:
    """List segments, show one, or count its people."""


@segments.command(name="list")
def list_() -> None:
    """Print the segments that are not archived, a name a line."""
    with errors_as_sentences(), opened() as store, store.read() as tx:
        for row in tx.segments.names():
            click.echo(row["name"])


@segments.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print the rule as JSON, as the API takes it.")
def show(name: str, as_json: bool) -> None:
    """Print the rule of a segment in words."""
    from server.segments import names, saved, words

    with errors_as_sentences(), opened() as store, store.read() as tx:
        rule = saved.rule_of(find(tx, name))
        click.echo(
            json.dumps(rule, ensure_ascii=False) if as_json else words.sentence(rule, names.Names(tx, current()))
        )


@segments.command()
@click.argument("name")
def count(name: str) -> None:
    """Print how many people a segment has now, 10,001 for more than 10,000."""
    from server.segments import people, saved

    with errors_as_sentences(), opened() as store, store.read() as tx:
        click.echo(people.count(tx, saved.rule_of(find(tx, name)), now_ms()))


def find(tx: Session, name: str) -> SegmentsRow:
    """Return the segment of this name. Raises CommandRefusal."""
    from server.segments import saved

    row = saved.by_name(tx, name)
    if row is None:
        raise CommandRefusal(f"There is no segment “{name}”.")
    return row
