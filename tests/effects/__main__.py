"""`python -m tests.effects --kills 200 [--engine …]` and `python -m tests.effects --latency`. Exit 1 when a promise was broken."""

from __future__ import annotations

import argparse
import sys

from tests.effects import kills, latency
from tests.kills.__main__ import database


def main() -> int:
    """One of the two, on each engine asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.effects", description=__doc__)
    parser.add_argument(
        "--kills", type=int, default=200, help="how many kills of the server and of the worker (default 200)"
    )
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), help="one engine only")
    parser.add_argument("--latency", action="store_true", help="from the POST to the alert and the webhook, instead")
    parser.add_argument("--seconds", type=int, default=20, help="of answering, for the latency (default 20)")
    options = parser.parse_args()
    failed = False
    for engine in [options.engine] if options.engine else ["sqlite", "postgresql"]:
        with database(engine) as address:
            if options.latency:
                found = latency.run(address, options.seconds)
                print(f"{engine}: {found}")
                failed = failed or found.p99_ms > latency.LIMIT_MS
            else:
                count = kills.run(address, options.kills, lambda line: print(line, file=sys.stderr))
                print(f"{engine}: {count}")
                failed = failed or bool(count.broken)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
