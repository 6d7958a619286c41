"""`acto check`: whether the whole store is what it should be, in sentences with what to do."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator

import click

from server import integrity
from server.cli.language import said
from server.cli.shared import now_ms, opened, progress, talk, told
from server.integrity import Finding
from server.store import Store

SHOWN = 10  # sentences of one kind: the rest is counted


@click.command()
@click.option("--mend", is_flag=True, help="Work out again what is drawn from something else: answers, leads.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each thing found.")
def check(mend: bool, as_json: bool) -> None:
    """Verify the whole store; it may be in use meanwhile. Exit 1 when something is not as it should be."""
    with told(), opened() as store:
        found, people = 0, set[str]()
        for found, finding in enumerate(_printed(store, as_json), start=1):  # noqa: B007 - how many there were
            people |= {finding.contact_id} if finding.mendable else set()
        if mend and people:
            integrity.mend(store, people, now_ms())
            talk.print(f"{len(people):,} contacts were worked out again.")
            found = sum(1 for _ in integrity.check(store, now_ms()))
        rows = ", ".join(said(f"{number:,} {name}") for name, number in integrity.counts(store).items())
    talk.print(f"Looked at {rows}.")
    talk.print("Everything is as it should be." if not found else f"{found:,} things are not as they should be.")
    sys.exit(1 if found else 0)


def _printed(store: Store, as_json: bool) -> Iterator[Finding]:
    kinds: Counter[str] = Counter()
    with progress() as bar:
        task = bar.add_task(said("Looking"), total=None)
        total = integrity.counts(store)["leads"]

        def step(name: str, done: int) -> None:
            looking = said(f"Looking at {name}")
            bar.update(task, description=looking, completed=done, total=total if name == "people" else None)

        for finding in integrity.check(store, now_ms(), step):
            kinds[finding.kind] += 1
            if as_json:
                click.echo(json.dumps({**finding._asdict(), "sentence": finding.sentence, "remedy": finding.remedy}))
            elif kinds[finding.kind] <= SHOWN:
                click.echo(f"{said(finding.sentence)} {said(finding.remedy)}")
            yield finding
    for kind, number in kinds.items():
        if number > SHOWN and not as_json:
            click.echo(said(f"… and {number - SHOWN:,} more like it ({kind})."))
