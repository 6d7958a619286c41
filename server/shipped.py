"""Finds the files that come with the code: templates, static files, samples.

In a checkout they are at its top level. A wheel has them inside the package (`pyproject.toml` says where), so that they are not
spread over site-packages.
"""

from __future__ import annotations

from pathlib import Path

IN_WHEEL = Path(__file__).parent / "_shipped"
CHECKOUT = Path(__file__).parents[1]


def path(name: str) -> Path:
    """Return the path of a file or folder, named as in a checkout: `templates/pages`, `static`."""
    return (CHECKOUT if is_checkout() else IN_WHEEL) / name


def is_checkout() -> bool:
    """Return whether the code runs from a checkout and not from a wheel."""
    return not IN_WHEEL.is_dir()
