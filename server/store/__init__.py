"""Opens the database, SQLite or PostgreSQL: `store.open(database)` chooses the engine by the address alone.

    with store.read() as tx:                      a snapshot
        contact = tx.contacts.by_id(id=contact_id)
    store.write(lambda tx: tx.contacts.add(...))  returns when the commit is on stable storage

`tx.<noun>.<query>(**params)` runs the query of that name in `queries/<noun>.sql`.
"""

from importlib import import_module
from pathlib import Path
from typing import Any

from server.store.errors import StoreInUse, StoreTooNew, StoreUnavailable
from server.store.ids import first_id, new_id
from server.store.interface import Session, Store, required

__all__ = [
    "Session",
    "Store",
    "StoreInUse",
    "StoreTooNew",
    "StoreUnavailable",
    "first_id",
    "is_file",
    "new_id",
    "open",
    "place",
    "required",
    "rows",
    "vacant",
]


def open(database: str, group_commit_max: int = 256) -> Store:  # noqa: A001 - store.open reads as a sentence
    """Open a SQLite file or a postgresql:// address; `store.migrate()` then brings the schema up to date.

    `group_commit_max` writes may share one commit on SQLite; PostgreSQL groups commits by itself. Raises StoreUnavailable when
    the database cannot be reached.
    """
    if not is_file(database):
        from server.store.postgresql import PostgresStore

        return PostgresStore(database)
    from server.store.sqlite import SqliteStore

    return SqliteStore(Path(database), group_commit_max)


def is_file(database: str) -> bool:
    """Return whether the address names a SQLite file."""
    return not database.startswith(("postgresql://", "postgres://"))


def vacant(database: str) -> None:
    """Check that no store is at the address. Raises StoreInUse if there is one, and StoreUnavailable."""
    _copies(database).vacant(database)


def place(source: Path, database: str) -> None:
    """Create the store at an address from a migrated SQLite file, completely or not at all; the file is used up.

    Raises StoreInUse if a store is there already, and StoreUnavailable.
    """
    _copies(database).place(source, database)


def rows(path: Path) -> dict[str, int]:
    """Count the rows of each table of a copied store. Raises StoreUnavailable for a damaged file."""
    from server.store import copies

    return copies.rows(path)


def _copies(database: str) -> Any:
    return import_module(f"server.store.{'copies' if is_file(database) else 'postgresql_copies'}")
