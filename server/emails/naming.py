"""Makes the name of an email from its title: `diagnostico-comercial` of «Diagnóstico comercial», with a number if it is taken."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path

from builder import catalog
from server.contacts import search
from server.settings import Settings
from server.store import Session

LONGEST = 64
UNNAMED = "email"  # of a title without a letter of the Latin alphabet


def is_taken(tx: Session, settings: Settings, name: str) -> bool:
    """Return whether an email of the store or of the templates folder has the name."""
    return tx.emails.by_name(name=name) is not None or name in catalog.names(Path(settings.templates_dir))


def free(tx: Session, settings: Settings, title: str) -> str:
    """Return a name of a-z, 0-9 and - that no email has yet."""
    stem = slug(title)
    names = (stem if n == 1 else f"{stem[: LONGEST - len(str(n)) - 1].rstrip('-')}-{n}" for n in count(1))
    return next(name for name in names if not is_taken(tx, settings, name))


def slug(title: str) -> str:
    """Return the title in a-z, 0-9 and -, at most LONGEST characters."""
    return re.sub(r"[^a-z0-9]+", "-", search.fold(title)).strip("-")[:LONGEST].rstrip("-") or UNNAMED
