"""`python -m tests.powercut --cuts 1000`: exit 1 when an acknowledged answer is lost or a database broken.

With `--synchronous NORMAL`, the negative control, answers must be lost.
"""

from __future__ import annotations

import argparse
import sys

from tests.powercut.run import run

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.powercut", description=__doc__)
    parser.add_argument("--cuts", type=int, default=1000)
    parser.add_argument("--synchronous", choices=["FULL", "NORMAL"], default="FULL")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    count = run(given.cuts, given.synchronous, given.seed, lambda said: print(said, file=sys.stderr))
    print(count)
    broken = bool(count.lost or count.corrupt)
    sys.exit(broken if given.synchronous == "FULL" else not count.lost)
