"""The emails as they were when they were sent: a folder may change, what people were asked may not."""

from __future__ import annotations

from builder import catalog, emails
from builder.catalog import EmailSource
from builder.emails import CompiledEmail
from server import jsontext
from server.store import Session


def save(tx: Session, source: EmailSource, now: int) -> str:
    """Keep this version; harmless to repeat. Returns its id."""
    tx.versions.add(id=source.version, name=source.name, files=jsontext.dumps(source.files), now=now)
    return source.version


def load(tx: Session, version_id: str, language: str) -> CompiledEmail:
    """The email as compiled, in one of its languages. Raises LookupError for a version that was never kept."""
    source = _kept.get(version_id) or _read(tx, version_id)
    return emails.compile(source, language)


def kept(version_id: str, language: str) -> CompiledEmail | None:
    """The same without a look at the store, if this process has read the version before."""
    source = _kept.get(version_id)
    return emails.compile(source, language) if source else None


def reread(tx: Session, version_id: str) -> EmailSource:
    """As it is stored, whatever was read before. Raises LookupError, BrokenTemplate, ValueError for what is no JSON."""
    _kept.pop(version_id, None)
    return _read(tx, version_id)


# A version's id is the hash of its content, so what was read once holds for ever, in whatever store it lies.
_kept: dict[str, EmailSource] = {}
_KEPT_MOST = 256


def _read(tx: Session, version_id: str) -> EmailSource:
    row = tx.versions.by_id(id=version_id)
    if row is None:
        raise LookupError(f"no email version {version_id}")
    if len(_kept) >= _KEPT_MOST:
        _kept.clear()
    source = _kept[version_id] = catalog.parse(row["name"], jsontext.loads(row["files"]))
    return source
