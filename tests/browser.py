"""The Chromium that the journeys drive. `python -m tests.browser` finds it, or installs it where it may, or says how to.

A run of the tests never leaves the journeys out: without a browser it stops here, with the one command that mends it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

VARIABLE = "CHROMIUM"  # a path or a command; it comes before the names below
# First the one that draws no window around its pages: the journeys take half the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
UPDATE = ("apt-get", "update", "-q")
INSTALL = ("apt-get", "install", "-y", "-q", "--no-install-recommends")
COMMANDS = {  # what a person runs, by the tool that is there
    "apt-get": "sudo apt-get install chromium-headless-shell",
    "dnf": "sudo dnf install chromium",
    "pacman": "sudo pacman -S chromium",
    "brew": "brew install --cask chromium",
}
ARGUMENTS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--renderer-process-limit=1",  # every page of a run is ours: one process may draw them all
    "--disable-site-isolation-trials",
    "--disable-blink-features=AutomationControlled",  # no navigator.webdriver: it is people who are imitated
)
# As a person's browser calls itself; a headless one says that it is a program.
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"


def find() -> str | None:
    """The path of the browser, or None."""
    named = os.environ.get(VARIABLE)
    return next(filter(None, map(shutil.which, [named] if named else NAMES)), None)


def arguments() -> list[str]:
    """How it is started: it asks nobody but us for anything. Root has no sandbox to give."""
    return [*ARGUMENTS, f"--user-agent={AGENT}", *(["--no-sandbox"] if _is_root() else [])]


def missing() -> str:
    """One sentence, with the one command to run."""
    if named := os.environ.get(VARIABLE):
        return f"{VARIABLE}={named} is no program that can be started; correct the path and run make test again."
    command = next((COMMANDS[tool] for tool in COMMANDS if shutil.which(tool)), "")
    mend = f"run `{command}`" if command else f"install it (or set {VARIABLE} to its path)"
    return f"The tests need Chromium, and none was found: {mend}, then run make test again."


def main() -> int:
    """0 when there is a browser."""
    if not find() and _may_install():
        _install()
    if find():
        return 0
    print(missing(), file=sys.stderr)
    return 1


def _may_install() -> bool:
    return not os.environ.get(VARIABLE) and _is_root() and shutil.which("apt-get") is not None


def _install() -> None:
    """Its errors stand above our sentence."""
    print("Installing Chromium for the tests (once) ...", file=sys.stderr)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (UPDATE, *((*INSTALL, name) for name in NAMES[:2])):
        subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False)
        if find():
            return


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


if __name__ == "__main__":
    sys.exit(main())
