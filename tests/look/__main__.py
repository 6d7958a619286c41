"""`python -m tests.look [--quick] [FILE …]`: our look beside npm mjml's, for every tag and attribute and for other people's documents.

Each difference is listed with the reason that REASONS gives for it; exit 1 where one has none. The documents of other people come
from the sdist of the package `mjml` on PyPI, which pip fetches; without the network they are left out.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from builder.problems import BrokenTemplate
from tests.look import bodies
from tests.look.compare import VIEWS, Lookout, lookout
from tests.look.reasons import reason


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.look", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="at 800 px and as Outlook reads it alone")
    parser.add_argument("files", nargs="*", type=Path, help="MJML documents instead of those")
    options = parser.parse_args()
    views = ("800", "mso") if options.quick else tuple(VIEWS)
    given = ((path.name, path.read_text(encoding="utf-8")) for path in options.files)
    seen = unexplained = 0
    with lookout() as look:
        for name, source in given if options.files else documents():
            seen += 1
            said = _differs(look, source, views)
            if said:
                why = reason(name)
                unexplained += not why
                print(f"{name}: {said}: {why or 'NO REASON IS KNOWN'}", flush=True)
    print(f"{seen} documents, {unexplained} differ for no known reason")
    return int(bool(unexplained))


def documents() -> Iterator[tuple[str, str]]:
    yield from bodies.every()
    yield from foreign()


def foreign() -> Iterator[tuple[str, str]]:
    """(name, MJML) of the test documents of PyPI's package `mjml`, which is not the engine that Acto uses."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "-q",
            "--no-binary",
            ":all:",
            "--no-deps",
            "-d",
            folder,
            "mjml==0.12.0",
        ]
        if subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode:
            print("pip could not fetch the documents of other people: they are left out", file=sys.stderr)
            return
        with tarfile.open(next(Path(folder).glob("*.tar.gz"))) as archive:
            for member in archive.getmembers():
                content = archive.extractfile(member) if member.name.endswith(".mjml") else None
                if content:
                    yield Path(member.name).name, content.read().decode()


def _differs(look: Lookout, source: str, views: tuple[str, ...]) -> str:
    """What differs, for a person; empty for nothing."""
    try:
        found = look.differences(source, views)
    except BrokenTemplate as broken:
        return f"refused ({broken.problems[0].message})"
    except ValueError as error:
        return "" if "makes nothing" in str(error) else str(error)
    return ", ".join(f"{each.view}: {'height' if each.pixels < 0 else f'{each.pixels} pixels'}" for each in found)


if __name__ == "__main__":
    sys.exit(main())
