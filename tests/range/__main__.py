"""`python -m tests.range`: the whole range on each engine, its table, and the shortest patience that would do. Exit 1 when it fails."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import postgres
from tests.range import browsers, report
from tests.range.machines import MACHINES
from tests.range.people import PEOPLE
from tests.range.running import Kind, run
from tests.range.town import town

NOW = 1_803_913_200_000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.range", description=__doc__)
    parser.add_argument("--machines", type=int, default=1000)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"))
    parser.add_argument("--patience", type=int, help="seconds, in place of the setting's default")
    parser.add_argument("--browsers", type=int, default=5, help="sessions of each kind of a real Chromium")
    options = parser.parse_args()
    changes = {} if options.patience is None else {"ACTO_PATIENCE_SECONDS": str(options.patience)}
    failed = False
    for engine in [options.engine] if options.engine else ["sqlite", "postgresql"]:
        began = time.monotonic()
        kinds, patience = ranged(engine, options.machines, options.people, **changes)
        print(f"\n{engine}: patience {patience:.0f} s, run in {time.monotonic() - began:.0f} s")
        print(report.table(kinds, MACHINES))
        print(f"shortest patience that would have done: {report.shortest_patience(kinds):.1f} s")
        failed |= bool(report.failures(kinds, MACHINES))
        if options.browsers:
            driven = driven_browsers(engine, options.browsers, **changes)
            print(report.table(driven, browsers.MACHINES))
            print(f"shortest patience that would have done: {report.shortest_patience(driven):.1f} s")
            failed |= bool(report.failures(driven, browsers.MACHINES))
    return int(failed)


def ranged(engine: str, machines: int, people: int, **settings: str) -> tuple[dict[str, Kind], float]:
    with (
        tempfile.TemporaryDirectory() as folder,
        _database(engine, Path(folder)) as address,
        town(address, Path(folder), machines + people, NOW, **settings) as place,
    ):
        return run(place, MACHINES, PEOPLE, (machines, people)), place.rules.patience_ms / 1000


def driven_browsers(engine: str, each: int, **settings: str) -> dict[str, Kind]:
    with (
        tempfile.TemporaryDirectory() as folder,
        _database(engine, Path(folder)) as address,
        town(address, Path(folder), each * len(browsers.KINDS), NOW, **settings) as place,
    ):
        return browsers.run(place, each)


@contextmanager
def _database(engine: str, folder: Path) -> Iterator[str]:
    if engine == "sqlite":
        yield str(folder / "acto.db")
        return
    with postgres.running() as address:
        yield postgres.create(address, "acto_range")


if __name__ == "__main__":
    sys.exit(main())
