"""What is remembered, on SQLite or PostgreSQL: `store.open(database)` chooses by the address alone.

    with store.read() as tx:                      a snapshot
        contact = tx.contacts.by_id(id=contact_id)
    store.write(lambda tx: tx.contacts.add(...))  returns when the commit is on stable storage

`tx.<noun>.<query>(**params)` runs the query of that name in `queries/<noun>.sql`.
"""

from pathlib import Path

from server.store.errors import StoreTooNew, StoreUnavailable
from server.store.ids import first_id, new_id
from server.store.interface import Session, Store

__all__ = ["Session", "Store", "StoreTooNew", "StoreUnavailable", "first_id", "new_id", "open"]


def open(database: str, group_commit_max: int = 256) -> Store:  # noqa: A001 - store.open reads as a sentence
    """Open a SQLite file or a postgresql:// address; the schema is brought up to date by `store.migrate()`.

    `group_commit_max` writes may share one commit on SQLite; PostgreSQL groups commits by itself.
    Raises StoreUnavailable when the database cannot be reached.
    """
    if database.startswith(("postgresql://", "postgres://")):
        from server.store.postgresql import PostgresStore

        return PostgresStore(database)
    from server.store.sqlite import SqliteStore

    return SqliteStore(Path(database), group_commit_max)
