"""Reads a template folder into an EmailSource.

A folder holds `email.toml`, `body.mjml` (`body.en.mjml` beside it if the words differ by language) and `sample.json`; the
partials that it includes may lie beside it. An email is stored as a mapping of path to text, so that a version can be compiled
again after the folder has changed.
"""

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path

from builder.inspection import inspect
from builder.markup import MAX_CHARACTERS
from builder.problems import BrokenTemplate, errors
from builder.source import CLASSES, LANGUAGES, Brief, EmailSource, MailClass, variant

__all__ = [
    "CLASSES",
    "LANGUAGES",
    "Brief",
    "EmailSource",
    "MailClass",
    "collect",
    "inspect",
    "names",
    "parse",
    "read",
    "variant",
]

_INCLUDE = re.compile(r"<mj-include\b[^<>]*?\bpath\s*=\s*[\"']([^\"'<>]+)[\"']", re.IGNORECASE)


def read(folder: Path) -> EmailSource:
    """Read an email from its folder. Raises BrokenTemplate when the folder is not an email; faults of its body are reported by lint."""
    return parse(folder.resolve().name, collect(folder))


def parse(name: str, files: Mapping[str, str]) -> EmailSource:
    """Build an email from stored files. Raises BrokenTemplate."""
    source, problems = inspect(name, files)
    if source is None or errors(problems):
        raise BrokenTemplate(problems)
    return source


def names(root: Path) -> list[str]:
    """List the emails below a folder, by name; names that begin with `_` or `.`, such as `_shared`, are left out."""
    return sorted(path.parent.name for path in root.glob("[!_.]*/email.toml"))


def collect(folder: Path) -> dict[str, str]:
    """Read every file that the email needs, by its path from the folder's parent.

    A path or symbolic link that leads outside that parent is not followed. A file that cannot be read is left out, so that lint
    reports it as missing. A file over the limit is read only as far as shows that it is too large.
    """
    home = folder.resolve()
    root, files = home.parent, dict[str, str]()
    waiting = [path for pattern in ("email.toml", "body*.mjml", "sample.json") for path in sorted(home.glob(pattern))]
    while waiting:
        path = waiting.pop()
        key = path.relative_to(root).as_posix()
        text = None if key in files else _text(path, root)
        if text is None:
            continue
        files[key] = text
        for include in _INCLUDE.findall(text):
            base = posixpath.normpath((path.parent / include).as_posix())
            waiting += [member for member in map(Path, _family(base)) if member.is_relative_to(root)]
    return files


def _family(path: str) -> list[str]:
    """A partial and its variants by language."""
    stem, suffix = posixpath.splitext(path if path.endswith((".mjml", ".html", ".css")) else f"{path}.mjml")
    return [path, f"{stem}{suffix}", *(f"{stem}.{language}{suffix}" for language in LANGUAGES)]


def _text(path: Path, root: Path) -> str | None:
    try:
        if not path.is_file() or not path.resolve().is_relative_to(root):
            return None
        with path.open(encoding="utf-8-sig", errors="replace") as file:  # open() turns newlines of every system into \n
            return file.read(MAX_CHARACTERS + 1)
    except (OSError, ValueError):  # a name too long or with a zero byte, a file that may not be read
        return None
