"""Translates PostgreSQL's errors into sentences if they pass by themselves or an operator can correct them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import errors
from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout, TooManyRequests

from server.store.errors import StoreUnavailable

CONFLICTS = (errors.SerializationFailure, errors.DeadlockDetected)
FULL = (errors.DiskFull, errors.OutOfMemory)


@contextmanager
def translated(pool: ConnectionPool[Any] | None = None) -> Iterator[None]:
    """Raise StoreUnavailable for those errors; conflicts (to be retried) and bugs pass through."""
    try:
        yield
    except CONFLICTS:
        raise
    except errors.LockNotAvailable as error:
        raise StoreUnavailable("Another process has locked the database.") from error
    except FULL as error:
        raise StoreUnavailable("The database server is out of disk or memory.") from error
    except PoolClosed as error:
        raise StoreUnavailable("The database is being closed.") from error
    except (PoolTimeout, TooManyRequests) as error:
        raise StoreUnavailable("The database server cannot be reached, or is too busy.") from error
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        if pool is not None and not pool.closed:
            pool.check()  # the others are likely lost too, so replace them now and not one failed request at a time
        raise StoreUnavailable("The connection to the database server was lost.") from error
