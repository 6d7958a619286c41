"""Reads a template folder into an EmailSource.

A folder is `email.toml`, `body.mjml` (`body.en.mjml` beside it where words differ by language) and `sample.json`; partials it
includes may lie beside it. Everything an email needs is a mapping of path to text, so a version can be stored and compiled
again long after the folder has changed.
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
    """Raises BrokenTemplate when the folder is not an email; what lint says of its body is lint's to say."""
    return parse(folder.resolve().name, collect(folder))


def parse(name: str, files: Mapping[str, str]) -> EmailSource:
    """An email out of stored files. Raises BrokenTemplate."""
    source, problems = inspect(name, files)
    if source is None or errors(problems):
        raise BrokenTemplate(problems)
    return source


def names(root: Path) -> list[str]:
    """The emails below a folder, by name; `_shared` and the like are none."""
    return sorted(path.parent.name for path in root.glob("[!_.]*/email.toml"))


def collect(folder: Path) -> dict[str, str]:
    """Every file the email needs, by its path from the folder's parent.

    Nothing outside that parent is read, whether a path or a symbolic link leads there; what cannot be read is left out, so
    that lint names it as missing. Of a file over the limit no more is read than shows that it is.
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
        with path.open(encoding="utf-8-sig", errors="replace") as file:  # newlines of every system become \n here
            return file.read(MAX_CHARACTERS + 1)
    except (OSError, ValueError):  # a name too long or with a zero byte, a file that may not be read
        return None
