"""Defines `acto verdicts`: judges all answers again by the current rules, or exports hits with their verdicts."""

from __future__ import annotations

import json
from collections import Counter

import click

from server.capture import recomputing, rules
from server.capture.judging import Change
from server.cli.language import translated
from server.cli.shared import errors_as_sentences, now_ms, opened, progress, settings, talk
from server.store import Store


@click.command()
@click.option("--recompute", is_flag=True, help="Judge all answers again and list the changes.")
@click.option("--export", is_flag=True, help="Print every hit with its verdict, one JSON object a line.")
@click.option("--json", "as_json", is_flag=True, help="With --recompute: print one JSON object per change.")
def verdicts(recompute: bool, export: bool, as_json: bool) -> None:
    """Judge which answers came from people and which from machines, by the current rules and thresholds.

    Decisions of team members are kept.
    """
    if recompute == export:
        raise click.UsageError("Give either --recompute or --export.")
    with errors_as_sentences(), opened() as store:
        if export:
            for hit in recomputing.export(store, rules.of(settings())):
                click.echo(json.dumps(hit, ensure_ascii=False))
        else:
            _recompute(store, as_json)


def _recompute(store: Store, as_json: bool) -> None:
    counts: Counter[str] = Counter()
    with progress() as bar:
        task = bar.add_task(translated("Judging"), total=recomputing.count(store))
        by = rules.of(settings())
        for change in recomputing.recompute(store, by, now_ms(), lambda done: bar.update(task, completed=done)):
            counts[f"{change.event['verdict'] or 'never judged'} -> {change.verdict.name}"] += 1
            click.echo(json.dumps(_line(change), ensure_ascii=False) if as_json else _text(change))
    for what, number in sorted(counts.items()):
        talk.print(f"{number} {what}", markup=False)
    talk.print(f"{counts.total()} verdicts changed (rules version {rules.VERSION})", markup=False)


def _line(change: Change) -> dict[str, object]:
    event = change.event
    return {
        "contact_id": event["contact_id"],
        "message_id": event["message_id"],
        "block": event["block"],
        "nonce": event["nonce"],
        "at": event["at"],
        "before": event["verdict"],
        "now": change.verdict.name,
        "signs": change.verdict.signs,
    }


def _text(change: Change) -> str:
    event = change.event
    signs = ", ".join(
        " ".join([name, *(f"{key}={value}" for key, value in of.items())]) for name, of in change.verdict.signs
    )
    before = event["verdict"] or "never judged"
    return f"{event['contact_id']} {event['message_id']} {event['block']}: {before} -> {change.verdict.name} ({signs})"
