"""Defines `acto flows`: checks, imports, exports and dry-runs of the flows, as files and in the store."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from server.cli.language import Group, current
from server.cli.shared import errors_as_sentences, now_ms, opened, settings, talk
from server.errors import CannotDo
from server.flows import dryrun, flow_store, reading, references, toml, validation, validation_messages
from server.flows.model import Flow
from server.settings import Settings
from server.store import Session

FILES = click.Path(exists=True, path_type=Path)
BY = "acto flows"
DAY_MS = 86_400_000


@click.group(cls=Group)
def flows() -> None:
    """Manage flows: rules that act on answers. The files and the pages show the same flows."""


@flows.command()
@click.argument("paths", nargs=-1, type=FILES)
def check(paths: tuple[Path, ...]) -> None:
    """Check the flows in PATHS (files or folders; the setting `flows_dir` by default). Exit 1 when there is a mistake."""
    with errors_as_sentences(), opened() as store, store.read() as tx:
        wrong = [line for path in _files(settings(), paths) for line in _read(settings(), tx, path)[1]]
    for line in wrong:
        click.echo(line)
    talk.print(f"{len(wrong)} mistakes", markup=False)
    sys.exit(1 if wrong else 0)


@flows.command(name="import")
@click.argument("paths", nargs=-1, type=FILES)
def import_(paths: tuple[Path, ...]) -> None:
    """Import the flows of PATHS if none of them has a mistake. An unchanged flow gets no new version."""
    with errors_as_sentences(), opened() as store:
        with store.read() as tx:
            found = [_read(settings(), tx, path) for path in _files(settings(), paths)]
        if wrong := [line for _, lines in found for line in lines]:
            raise CannotDo("\n".join([*wrong, "Nothing was imported."]))
        for flow, _ in found:
            assert flow, "it has no mistakes"  # noqa: S101
            kept = store.write(lambda tx, flow=flow: flow_store.save(tx, flow, BY, now_ms()))  # type: ignore[misc]
            talk.print(f"{kept.name}: version {kept.version}, {'on' if kept.on else 'off'}", markup=False)


@flows.command()
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Folder; the setting `flows_dir` by default."
)
def export(out: Path | None) -> None:
    """Write every flow as a file."""
    folder = out or Path(settings().flows_dir)
    with errors_as_sentences(), opened() as store, store.read() as tx:
        found = flow_store.all_of_them(tx)
    folder.mkdir(parents=True, exist_ok=True)
    for flow in found:
        (folder / f"{flow.name}.toml").write_text(toml.write(flow), encoding="utf-8")
    talk.print(f"{len(found)} flows in {folder}", markup=False)


@flows.command(name="dry-run")
@click.argument("flow")
@click.option(
    "--days", type=click.IntRange(1, 3650), default=30, show_default=True, help="Number of days to look back."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
def dry_run(flow: str, days: int, as_json: bool) -> None:
    """List when FLOW, a name or a file, would have started in the last days, and for whom. Nothing is sent."""
    with errors_as_sentences(), opened() as store, store.read() as tx:
        rule = _named(settings(), tx, flow)
        count = 0
        for would in dryrun.would(tx, rule, now_ms() - days * DAY_MS, most=1 << 40):
            count += 1
            line = json.dumps(would._asdict(), ensure_ascii=False)
            click.echo(line if as_json else f"{would.name}: {would.question} {would.said}".replace("  ", " "))
    talk.print(f"It would have started {count} times in the last {days} days.", markup=False)


def _files(chosen: Settings, paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths or [Path(chosen.flows_dir)]:
        if path.is_dir():
            yield from sorted(path.glob("*.toml"))
        elif path.is_file():
            yield path
        else:
            raise CannotDo(
                f"There is no folder {path}. Write a flow into it (docs/flows.md), or run: acto flows export"
            )


def _read(chosen: Settings, tx: Session, path: Path) -> tuple[Flow | None, list[str]]:
    """Read the flow of a file, and list its mistakes as lines."""
    text = path.read_text(encoding="utf-8", errors="replace")
    flow, found = reading.read(path.stem, text)
    found = [*found, *(validation.check(flow, references.of(chosen, tx)) if flow else [])]
    lines = [
        f"{path}:{reading.line_of(text, each.where)}: {validation_messages.sentence(each, current())}" for each in found
    ]
    return flow, lines


def _named(chosen: Settings, tx: Session, name: str) -> Flow:
    """Find a flow by its name in the store, or read it from a file."""
    if flow := flow_store.by_name(tx, name):
        return flow
    if not Path(name).is_file():
        raise CannotDo(f"There is no flow “{name}”, and no such file.")
    flow, wrong = _read(chosen, tx, Path(name))
    if flow is None or wrong:
        raise CannotDo("\n".join(wrong))
    return flow
