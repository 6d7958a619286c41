"""Finds the files that come beside the code: templates, static files, samples.

In a checkout they stand at its top level. A wheel carries them inside the package (`pyproject.toml` says where), because what is
installed must not lie about in site-packages.
"""

from __future__ import annotations

from pathlib import Path

IN_WHEEL = Path(__file__).parent / "_shipped"
CHECKOUT = Path(__file__).parents[1]


def path(name: str) -> Path:
    """Where a file or folder is, named as in a checkout: `templates/pages`, `static`."""
    return (CHECKOUT if is_checkout() else IN_WHEEL) / name


def is_checkout() -> bool:
    return not IN_WHEEL.is_dir()
