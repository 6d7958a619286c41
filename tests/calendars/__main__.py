"""`python -m tests.calendars`: every costly calendar, a good one and 400 mails, on each engine. Exit 1 when one of them was not served.

The calendars are read in two steps: each alone, with its seconds; then all by one worker that has mails to send.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server import store as stores
from server.booking import ics_process
from tests import postgres
from tests.calendars import meeting
from tests.calendars.costly import OWN, REPORTED, event, published

NOW = 1_803_913_200_000
GOOD = {"a good one": published(event())}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.calendars", description=__doc__)
    parser.add_argument("--mails", type=int, default=400)
    mails = parser.parse_args().mails
    costly = {name: make() for name, make in {**REPORTED, **OWN}.items()}
    for name, text in costly.items():
        _alone(name, text)
    return max(_together(engine, costly, mails) for engine in ("sqlite", "postgresql"))


def _alone(name: str, text: str) -> None:
    began = time.monotonic()
    try:
        found = ics_process.read(text, NOW)
        said = f"{len(found.times)} times, {len(found.left_out)} left out"
    except ics_process.Unreadable as error:
        said = str(error)
    print(f"{time.monotonic() - began:5.1f} s  {name}: {said}")


def _together(engine: str, costly: dict[str, str], mails: int) -> int:
    met = {}
    for kind, calendars in (("without", GOOD), ("with", {**costly, **GOOD})):
        with _database(engine) as address, stores.open(address) as store:
            store.migrate()
            met[kind] = meeting.run(store, calendars, mails)
        print(
            f"{engine}, {kind} costly calendars: {mails} mails in {met[kind].mails:.1f} s, calendars {met[kind].calendars:.0f} s"
        )
    rows = met["with"].rows
    good = rows["a good one"]
    silent = [
        name for name, row in rows.items() if name != "a good one" and not row["trouble"] and not row["fetched_at"]
    ]
    return 1 if silent or good["trouble"] or not good["fetched_at"] else 0


@contextmanager
def _database(engine: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        if engine == "sqlite":
            yield str(Path(folder) / "acto.db")
        else:
            with postgres.running() as server:
                yield postgres.create(server, "calendars")


if __name__ == "__main__":
    sys.exit(main())
