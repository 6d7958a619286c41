"""`python -m tests.range`: drawn visits through the judge, some over HTTP on each engine, and a real Chromium. Exits 1 on a fault."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from tests import postgres
from tests.range import browsers, over_http, straight, tally
from tests.range.browser_visits import KINDS
from tests.range.town import town

NOW = 1_803_913_200_000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.range", description=__doc__)
    parser.add_argument("--traces", type=int, default=200_000, help="drawn mails, half of them machines'")
    parser.add_argument("--http", type=int, default=2_000, help="drawn mails over HTTP, on each engine")
    parser.add_argument("--browsers", type=int, default=3, help="visits of each kind of a real Chromium")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    faults = judged(options.traces, options.seed) if options.traces else []
    for engine in [options.engine] if options.engine else ["sqlite", "postgresql"]:
        faults += asked_over_http(engine, options.http, options.seed) if options.http else []
    if options.browsers:
        faults += driven(options.browsers)
    print("\n".join(f"FAILED: {fault}" for fault in faults) or "nothing failed")
    return int(bool(faults))


def judged(traces: int, seed: int) -> list[str]:
    began = time.monotonic()
    found = tally.run(traces // 2, traces // 2, seed)
    print(f"{traces:,} drawn mails judged in {time.monotonic() - began:.0f} s (seed {seed})")
    print(found.table())
    return found.failures()


def asked_over_http(engine: str, traces: int, seed: int) -> list[str]:
    """The same verdicts over HTTP as from the judge alone."""
    drawn = straight.drawn(traces // 2, traces - traces // 2, seed)
    with (
        tempfile.TemporaryDirectory() as folder,
        _database(engine, Path(folder)) as address,
        town(address, Path(folder), traces, NOW) as place,
    ):
        began = time.monotonic()
        verdicts = over_http.play(place, drawn)
        took = time.monotonic() - began
    alone = [straight.play(replace(trace, crowds={})).verdicts for trace in drawn]  # there are no crowds in the town
    found = list(over_http.differences(drawn, verdicts, alone))
    answers = sum(map(len, verdicts))
    print(f"{engine}: {traces:,} mails, {answers:,} answers over HTTP in {took:.0f} s, {len(found)} judged otherwise")
    return [f"{engine}, judged otherwise over HTTP: {each}" for each in found[:20]]


def driven(each: int) -> list[str]:
    with (
        tempfile.TemporaryDirectory() as folder,
        town(str(Path(folder) / "acto.db"), Path(folder), each * len(KINDS), NOW) as place,
    ):
        wrong = browsers.run(place, each)
    print(f"Chromium: {each} visits of each of {len(KINDS)} kinds, {len(wrong)} went wrong")
    return wrong


@contextmanager
def _database(engine: str, folder: Path) -> Iterator[str]:
    if engine == "sqlite":
        yield str(folder / "acto.db")
        return
    with postgres.running() as address:
        yield postgres.create(address, "acto_range")


if __name__ == "__main__":
    sys.exit(main())
