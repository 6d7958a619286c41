"""Defines `acto check`: checks the whole store and prints each problem with its remedy."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator

import click

from server import integrity
from server.cli.language import translated
from server.cli.shared import errors_as_sentences, now_ms, opened, progress, talk
from server.integrity import Finding
from server.store import Store

SHOWN_OF_A_KIND = 10  # sentences of one kind; the rest is only counted


@click.command()
@click.option("--mend", is_flag=True, help="Recompute answers and leads from the events.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per problem.")
def check(mend: bool, as_json: bool) -> None:
    """Check the whole database, also while Acto runs. Exit 1 when it finds a problem."""
    with errors_as_sentences(), opened() as store:
        found, people = 0, set[str]()
        for found, finding in enumerate(_printed(store, as_json), start=1):  # noqa: B007 - how many there were
            people |= {finding.contact_id} if finding.mendable else set()
        if mend and people:
            integrity.mend(store, people, now_ms())
            talk.print(f"{len(people):,} contacts were recomputed.")
            found = sum(1 for _ in integrity.check(store, now_ms()))
        rows = ", ".join(translated(f"{number:,} {name}") for name, number in integrity.counts(store).items())
    talk.print(f"Checked {rows}.")
    talk.print("No problems found." if not found else f"{found:,} problems found.")
    sys.exit(1 if found else 0)


def _printed(store: Store, as_json: bool) -> Iterator[Finding]:
    kinds: Counter[str] = Counter()
    with progress() as bar:
        task = bar.add_task(translated("Checking"), total=None)
        total = integrity.counts(store)["leads"]

        def step(name: str, done: int) -> None:
            looking = translated(f"Checking {name}")
            bar.update(task, description=looking, completed=done, total=total if name == "people" else None)

        for finding in integrity.check(store, now_ms(), step):
            kinds[finding.kind] += 1
            if as_json:
                click.echo(json.dumps({**finding._asdict(), "sentence": finding.sentence, "remedy": finding.remedy}))
            elif kinds[finding.kind] <= SHOWN_OF_A_KIND:
                click.echo(f"{translated(finding.sentence)} {translated(finding.remedy)}")
            yield finding
    for kind, number in kinds.items():
        if number > SHOWN_OF_A_KIND and not as_json:
            click.echo(translated(f"… and {number - SHOWN_OF_A_KIND:,} more like it ({kind})."))
