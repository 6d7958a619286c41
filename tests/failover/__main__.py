"""`python -m tests.failover --rounds 20`: exit 1 when an acknowledged answer is lost.

With `--asynchronous`, the negative control, answers must be lost.
"""

from __future__ import annotations

import argparse
import sys

from tests.failover.run import run

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.failover", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--asynchronous", action="store_true")
    given = parser.parse_args()
    count = run(given.rounds, not given.asynchronous, lambda said: print(said, file=sys.stderr))
    print(count)
    sys.exit(not count.lost if given.asynchronous else bool(count.lost))
