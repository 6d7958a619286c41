"""Runs the builder's tests and the demo on the oldest supported Python that is installed: `python -m tests.oldest`.

A system's own Python lacks later fixes: CPython 3.11.2 of Debian 12 matches possessive groups wrongly, and with them no email
passed lint. It gets a virtual environment of its own.
"""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / ".venv-oldest"
LEAST = (3, 11)
CANDIDATES = ("/usr/bin/python3", "/usr/bin/python3.11", "/usr/local/bin/python3.11")
TESTS = ("tests/builder", "tests/journeys/test_demo.py")


def main() -> int:
    """Run the tests on an older Python, if there is one; return their exit code."""
    print(f"Tested on Python {platform.python_version()}.", flush=True)
    old = find()
    if old is None:
        print("No older Python that Acto promises is installed, so there is nothing more to run.")
        return 0
    path, version = old
    print(f"Again, the builder and the demo, on Python {version} ({path}).", flush=True)
    try:
        python = environment(path)
    except subprocess.CalledProcessError:
        print(
            f"{path} could not make a virtual environment. Install its venv module (Debian: apt-get install python3-venv)."
        )
        return 1
    return subprocess.run([python, "-m", "pytest", "-n", "2", *TESTS], cwd=ROOT, check=False).returncode


def find() -> tuple[str, str] | None:
    """Return the path and version of the oldest installed Python that is supported and older than this one; None if there is none."""
    versions = {path: version_of(path) for path in CANDIDATES if Path(path).exists()}
    here = numbers(platform.python_version())
    found = [
        (numbers(version), path, version) for path, version in versions.items() if LEAST <= numbers(version) < here
    ]
    return min(found)[1:] if found else None


def version_of(path: str) -> str:
    """Return the version of a Python; empty if it does not start."""
    told = subprocess.run(
        [path, "-c", "import platform; print(platform.python_version())"], capture_output=True, check=False
    )
    return told.stdout.decode().strip() if told.returncode == 0 else ""


def numbers(version: str) -> tuple[int, ...]:
    """Parse a version to numbers."""
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def environment(path: str) -> str:
    """Return the Python of a virtual environment with Acto and the test tools; rebuilt when pyproject.toml has changed."""
    python, ready, needs = HOME / "bin" / "python", HOME / "test.ready", ROOT / "pyproject.toml"
    if not ready.exists() or ready.stat().st_mtime < needs.stat().st_mtime:
        subprocess.run([path, "-m", "venv", str(HOME)], check=True)
        quiet = ("--quiet", "--disable-pip-version-check")
        subprocess.run([str(python), "-m", "pip", "install", *quiet, "-e", ".[dev]"], cwd=ROOT, check=True)
        ready.touch()
    return str(python)


if __name__ == "__main__":
    sys.exit(main())
