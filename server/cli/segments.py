"""Defines `acto segments`: lists segments, shows the rule of one, counts its people, saves, renames and deletes."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from server.cli.language import Group, current
from server.cli.shared import CommandRefusal, errors_as_sentences, now_ms, opened

if TYPE_CHECKING:
    from server.store import Session
    from server.store.queries.segments import SegmentsRow


BY = "acto segments"


@click.group(cls=Group)
def segments() -> None:
    """List segments, show one, count its people, save, rename or delete one."""


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


@segments.command()
@click.argument("name")
@click.argument("rule")
def save(name: str, rule: str) -> None:
    """Save RULE, as JSON, under NAME; a segment of this name gets the new rule. With - the rule is read from the standard input."""
    from server.segments import saved

    try:
        given = json.loads(sys.stdin.read() if rule == "-" else rule)
    except ValueError as error:
        raise CommandRefusal("The rule is not valid JSON.") from error

    def write(tx: Session) -> object:
        row = saved.by_name(tx, name)
        if row is None:
            return saved.add(tx, name, given, BY, now_ms())
        return saved.change(tx, row["id"], row["name"], given, BY, now_ms())

    with errors_as_sentences(), opened() as store:
        store.write(write)


@segments.command()
@click.argument("name")
@click.argument("new_name")
def rename(name: str, new_name: str) -> None:
    """Rename a segment; the flows and campaigns that use it go on."""
    from server.segments import saved

    def write(tx: Session) -> object:
        row = find(tx, name)
        return saved.change(tx, row["id"], new_name, saved.rule_of(row), BY, now_ms())

    with errors_as_sentences(), opened() as store:
        store.write(write)


@segments.command()
@click.argument("name")
def delete(name: str) -> None:
    """Delete a segment that no campaign and no flow uses; its people remain."""
    from server.segments import saved

    with errors_as_sentences(), opened() as store:
        store.write(lambda tx: saved.delete(tx, find(tx, name)["id"]))


def find(tx: Session, name: str) -> SegmentsRow:
    """Return the segment of this name. Raises CommandRefusal."""
    from server.segments import saved

    row = saved.by_name(tx, name)
    if row is None:
        raise CommandRefusal(f"There is no segment “{name}”.")
    return row
