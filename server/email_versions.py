"""Stores the version of an email that was sent, so that its links still ask the same after the folder changes."""

from __future__ import annotations

from builder import catalog, emails
from builder.catalog import EmailSource
from builder.emails import CompiledEmail
from server import jsontext
from server.branding import images
from server.store import Session


def save(tx: Session, source: EmailSource, now: int) -> str:
    """Store this version and return its id; harmless to repeat. The images that it shows are kept from then on."""
    files = jsontext.dumps(source.files)
    tx.versions.add(id=source.version, name=source.name, files=files, now=now)
    images.keep_version(tx, source.name, files, now)
    return source.version


def load(tx: Session, version_id: str, language: str) -> CompiledEmail:
    """Load and compile a version in one of its languages. Raises LookupError for an unknown version."""
    return emails.compile(source(tx, version_id), language)


def source(tx: Session, version_id: str) -> EmailSource:
    """Load a version without compiling it. Raises LookupError for an unknown version."""
    return _kept.get(version_id) or _read(tx, version_id)


def kept(version_id: str, language: str) -> CompiledEmail | None:
    """Return the same without a query if this process has the version in its cache; else None."""
    found = _kept.get(version_id)
    return emails.compile(found, language) if found else None


def reread(tx: Session, version_id: str) -> EmailSource:
    """Load a version past the cache. Raises LookupError, BrokenTemplate, ValueError for invalid JSON."""
    _kept.pop(version_id, None)
    return _read(tx, version_id)


# A version's id is the hash of its content, so a cached entry never becomes stale, in any store.
_kept: dict[str, EmailSource] = {}
_KEPT_MOST = 256


def _read(tx: Session, version_id: str) -> EmailSource:
    row = tx.versions.by_id(id=version_id)
    if row is None:
        raise LookupError(f"no email version {version_id}")
    if len(_kept) >= _KEPT_MOST:
        _kept.clear()
    found = _kept[version_id] = catalog.parse(row["name"], jsontext.loads(row["files"]))
    return found
