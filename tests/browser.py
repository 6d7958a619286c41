"""Finds or installs the Chromium for the journeys: `python -m tests.browser`.

The tests never skip the journeys. Without a browser the run stops with one sentence that has the command to install it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

VARIABLE = "CHROMIUM"  # a path or a command; it comes before the names below
# The headless shell comes first, because it draws no window and makes the journeys faster.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
UPDATE = ("apt-get", "update", "-q")
INSTALL = ("apt-get", "install", "-y", "-q", "--no-install-recommends")
COMMANDS = {  # the command for a person, by the installed tool
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
    "--renderer-process-limit=1",  # one process may draw all pages, because all are ours
    "--disable-site-isolation-trials",
    "--disable-blink-features=AutomationControlled",  # no navigator.webdriver, because the tests imitate people
)
# The user agent of a person's browser; a headless one names itself.
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"


def find() -> str | None:
    """Return the path of the browser, or None."""
    named = os.environ.get(VARIABLE)
    return next(filter(None, map(shutil.which, [named] if named else NAMES)), None)


def arguments() -> list[str]:
    """Return the arguments to start it with: no background traffic, and no sandbox for root, which cannot have one."""
    return [*ARGUMENTS, f"--user-agent={AGENT}", *(["--no-sandbox"] if _is_root() else [])]


def missing() -> str:
    """Write one sentence with the command that installs a browser."""
    if named := os.environ.get(VARIABLE):
        return f"{VARIABLE}={named} is no program that can be started; correct the path and run make test again."
    command = next((COMMANDS[tool] for tool in COMMANDS if shutil.which(tool)), "")
    mend = f"run `{command}`" if command else f"install it (or set {VARIABLE} to its path)"
    return f"The tests need Chromium, and none was found: {mend}, then run make test again."


def main() -> int:
    """Find or install the browser. Exit 0 when there is one."""
    if not find() and _may_install():
        _install()
    if find():
        return 0
    print(missing(), file=sys.stderr)
    return 1


def _may_install() -> bool:
    return not os.environ.get(VARIABLE) and _is_root() and shutil.which("apt-get") is not None


def _install() -> None:
    """Install the browser; errors of the installer are printed before our sentence."""
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
