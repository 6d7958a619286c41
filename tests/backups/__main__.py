"""`python -m tests.backups --kills 20 [--engine …]`. Exit 1 when a promise was broken."""

from __future__ import annotations

import argparse
import sys

from tests.backups import kills, place


def main() -> int:
    """On each engine asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.backups", description=__doc__)
    parser.add_argument("--kills", type=int, default=20, help="how many kills of each command (default 20)")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), help="one engine only")
    options = parser.parse_args()
    failed = False
    for engine in [options.engine] if options.engine else ["sqlite", "postgresql"]:
        with place.databases(engine) as (first, second):
            count = kills.run(first, second, options.kills, lambda line: print(line, file=sys.stderr))
        print(f"{engine}: {count}")
        failed = failed or bool(count.broken)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
