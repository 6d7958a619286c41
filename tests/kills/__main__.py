"""The long form: `python -m tests.kills server|worker --times 100 [--engine sqlite|postgresql]`. Exit 1 when it failed."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import postgres
from tests.kills import server, worker

# name -> run(database address, times, say) -> what was counted; `broken` lists the breaches
RUNS: dict[str, Callable[[str, int, Callable[[str], None]], server.Count | worker.Count]] = {
    "server": server.run,
    "worker": worker.run,
}


def main() -> int:
    """Run one of them on each engine asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.kills", description=__doc__)
    parser.add_argument("what", choices=sorted(RUNS))
    parser.add_argument("--times", type=int, default=100, help="how many kills (default 100)")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), help="one engine only")
    options = parser.parse_args()
    failed = False
    for engine in [options.engine] if options.engine else ["sqlite", "postgresql"]:
        with database(engine) as address:
            count = RUNS[options.what](address, options.times, lambda line: print(line, file=sys.stderr))
        print(f"{options.what} on {engine}: {count}")
        failed = failed or bool(count.broken)
    return int(failed)


@contextmanager
def database(engine: str) -> Iterator[str]:
    """The address of an empty database, gone afterwards."""
    if engine == "postgresql":
        with postgres.running() as server:
            yield postgres.create(server, "kills")
        return
    with tempfile.TemporaryDirectory(prefix="acto-kills-") as folder:
        yield str(Path(folder) / "acto.db")


if __name__ == "__main__":
    sys.exit(main())
