"""`python -m tests.racers`: many rounds on each engine. Exit 1 when a round has another number of winners than one."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server import store as stores
from tests import postgres
from tests.racers import racing
from tests.server import world as worlds
from tests.server.booking import place as places

NOW = 1_803_913_200_000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.racers", description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--racers", type=int, default=200)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"))
    options = parser.parse_args()
    engines = [options.engine] if options.engine else ["sqlite", "postgresql"]
    return max(_engine(engine, options.rounds, options.racers) for engine in engines)


def _engine(engine: str, rounds: int, many: int) -> int:
    began = time.monotonic()
    with _database(engine) as address, tempfile.TemporaryDirectory() as folder:
        with stores.open(address) as store:
            store.migrate()
        made = places.place(worlds.make(address, Path(folder), NOW))
        racers, rules = racing.enter(made, many), made.world.app.extensions["acto"].rules
        wrong = 0
        for number in range(rounds):
            free = made.free()
            found = racing.race(made, racers, rules, free[1 + number % (len(free) - 1)])
            if found[:3] != (1, many - 1, []) or (found.booked, found.answers) != (1, 1):
                wrong += 1
                print(f"{engine}, round {number + 1}: {found}")
        made.world.store.close()
    print(
        f"{engine}: {rounds} rounds of {many} for one time, {wrong} without exactly one winner, {time.monotonic() - began:.0f} s"
    )
    return 1 if wrong else 0


@contextmanager
def _database(engine: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        if engine == "sqlite":
            yield str(Path(folder) / "acto.db")
        else:
            with postgres.running() as server:
                yield postgres.create(server, "racers")


if __name__ == "__main__":
    sys.exit(main())
