"""`python -m tests.campaigns --histories 2000 [--engine …] [--seed …]`. Exit 1 when a promise was broken."""

from __future__ import annotations

import argparse
import sys

from server import store as stores
from tests.campaigns.places import places
from tests.campaigns.run import run


def main() -> int:
    """The histories, on each engine asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns", description=__doc__)
    parser.add_argument("--histories", type=int, default=2000, help="how many are drawn (default 2000)")
    parser.add_argument("--seed", type=int, default=1, help="of the first one (default 1)")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), help="one engine only")
    options = parser.parse_args()
    failed = False
    for engine in [options.engine] if options.engine else ["sqlite", "postgresql"]:
        with places(engine) as made, stores.open(made.new()) as store:
            store.migrate()
            count = run(store, made, options.histories, options.seed, lambda line: print(line, file=sys.stderr))
        print(f"{engine}: {count}")
        print("\n".join(count.broken[:20]))
        failed = failed or bool(count.broken)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
