"""The emails as they were when they were sent: a folder may change, what people were asked may not."""

from __future__ import annotations

import json
from functools import lru_cache

from builder import catalog, emails
from builder.catalog import EmailSource
from builder.emails import CompiledEmail
from server.store import Session, Store


def save(tx: Session, source: EmailSource, now: int) -> str:
    """Keep this version; harmless to repeat. Returns its id."""
    tx.versions.add(id=source.version, name=source.name, files=json.dumps(source.files), now=now)
    return source.version


def load(store: Store, version_id: str, language: str) -> CompiledEmail:
    """The email as compiled, in one of its languages. Raises LookupError for a version that was never kept."""
    return emails.compile(_source(store, version_id), language)


@lru_cache(maxsize=256)
def _source(store: Store, version_id: str) -> EmailSource:
    with store.read() as tx:
        row = tx.versions.by_id(id=version_id)
    if row is None:
        raise LookupError(f"no email version {version_id}")
    return catalog.parse(row["name"], json.loads(row["files"]))
