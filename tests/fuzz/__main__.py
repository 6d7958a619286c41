"""`python -m tests.fuzz --seconds 60 [--engine …] [--seed …] [--templates]`: the long form. Exit 1 where something broke."""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
from pathlib import Path

from server import store as stores
from tests.fuzz import run, templates
from tests.kills.__main__ import database


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seed", type=int, default=secrets.randbits(32), help="to repeat a run")
    parser.add_argument("--templates", action="store_true", help="templates alone, and no server")
    options = parser.parse_args()
    if options.templates:
        return _templates(options.seed, options.seconds)
    changed = list(run.changed_tokens())
    print(f"one-character changes of tokens: {len(changed)} read as something else")
    with database(options.engine) as address, tempfile.TemporaryDirectory() as folder:
        with stores.open(address) as store:
            store.migrate()
        doors = run.noise(address, Path(folder), options.seed, options.seconds)
    for what, number in sorted(doors.seen.items()):
        print(f"{number:8,}  {what}")
    for line in [*changed, *doors.broken][:20]:
        print(line)
    print(f"seed {options.seed}: {doors.thrown:,} throws, {len(doors.broken)} broke something")
    return int(bool(changed or doors.broken))


def _templates(seed: int, seconds: float) -> int:
    found = templates.run(seed, seconds)
    for what, number in sorted(found.seen.items()):
        print(f"{number:8,}  {what}")
    for line in found.broken:
        print(line[:2_000])
    print(f"seed {seed}: {sum(found.seen.values()):,} templates, {len(found.broken)} broke something")
    return int(bool(found.broken))


if __name__ == "__main__":
    sys.exit(main())
