"""`python -m tests.states --sequences 10000 [--engine sqlite|postgresql]`: the long form. Exit 1 where they differ."""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
import time
from pathlib import Path

from tests import postgres
from tests.states import run


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.states", description=__doc__)
    parser.add_argument("--sequences", type=int, default=10_000)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seed", type=int, default=secrets.randbits(32), help="to repeat a run")
    options = parser.parse_args()
    began = time.monotonic()
    for fault in run.PLANTS:
        print(f"planted: {fault}: {'found' if _finds(fault, options.seed) else 'NOT FOUND'}")
    if options.engine == "postgresql":
        with postgres.running() as server:
            run.play(postgres.create(server, "states"), options.sequences, options.seed)
    else:
        with tempfile.TemporaryDirectory() as folder:
            run.play(str(Path(folder) / "acto.db"), options.sequences, options.seed)
    seconds = time.monotonic() - began
    print(f"{options.engine}: {options.sequences:,} sequences (seed {options.seed}), none differs, {seconds:.0f} s")
    return 0


def _finds(fault: str, number: int) -> bool:
    with tempfile.TemporaryDirectory() as folder, run.planted(fault):
        try:
            run.play(str(Path(folder) / "acto.db"), 300, number, shrink=False)
        except (AssertionError, ExceptionGroup):
            return True
    return False


if __name__ == "__main__":
    sys.exit(main())
