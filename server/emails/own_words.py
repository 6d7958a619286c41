"""Writes the data of a starter's sample into its text, so that an email made from it can be sent to people of whom nothing else is known.

Only what reads the data alone is written out: outputs such as `{{ data.event.name.es }}`, and loops over a list of the data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from builder import personalise
from builder.personalise import analysis

_PIECE = re.compile(r"\{%-?\s*for\s+\w+\s+in\s+data\..*?\{%-?\s*endfor\s*-?%\}|\{\{.*?\}\}", re.DOTALL)
_OWN = {"data", "loop"}


def written(files: Mapping[str, str], data: Mapping[str, Any]) -> dict[str, str]:
    """Return the files with the data in the email's MJML and TOML; shared and other files as they are."""
    return {path: text if path.startswith("_") else _written(path, text, data) for path, text in files.items()}


def _written(path: str, text: str, data: Mapping[str, Any]) -> str:
    if path.endswith(".mjml"):
        return _PIECE.sub(lambda found: _filled(found[0], data, personalise.html), text)
    if path.endswith("email.toml"):
        return _PIECE.sub(lambda found: _in_quotes(_filled(found[0], data, personalise.text)), text)
    return text


def _filled(piece: str, data: Mapping[str, Any], fill: Callable[[str, dict[str, Any]], str]) -> str:
    """Return the piece filled in if it reads nothing but the data."""
    found = analysis.reads(piece)
    names = {path[0] for path in found.paths} - found.assigned
    return fill(piece, {"data": data}) if "data" in names and names <= _OWN else piece


def _in_quotes(text: str) -> str:
    return text if text.startswith("{{") else text.replace("\\", "\\\\").replace('"', '\\"')
