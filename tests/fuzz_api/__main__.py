"""`python -m tests.fuzz_api --examples 500`: the long form; other calls each time."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from server import store as stores
from tests.fuzz_api.run import fuzz
from tests.server import world as worlds


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--examples", type=int, default=200, help="of each endpoint, fitting and not fitting each")
    examples = asked.parse_args().examples
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        database = str(Path(folder) / "acto.db")
        with stores.open(database) as store:
            store.migrate()
        world = worlds.make(database, Path(folder), time.time_ns() // 1_000_000)
        world.post("ana", "need", "crm", gesture="pointer")
        found = fuzz(world, examples, repeatable=False)
        world.app.extensions["acto"].hit_buffer.close()
        world.store.close()
    told = ", ".join(f"{number} × {status}" for status, number in sorted(found.items()))
    print(f"{sum(found.values())} calls in {time.monotonic() - began:.0f} s, every reply as documented: {told}")


if __name__ == "__main__":
    main()
