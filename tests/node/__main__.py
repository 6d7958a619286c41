"""`python -m tests.node`: installs the checkers, once; `make test` runs it."""

from __future__ import annotations

import subprocess
import sys

from tests import node

if __name__ == "__main__":
    try:
        node.install()
    except (subprocess.CalledProcessError, ValueError) as error:
        sys.exit(
            f"The checkers that need Node could not be installed ({error}). Check the connection to npm and run make test again."
        )
