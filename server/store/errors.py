"""Defines the errors of a database, as sentences for an operator."""


class StoreUnavailable(Exception):
    """Nothing was stored, and the same call may succeed later: locked, full, unreachable, too busy, closing.

    One exception: if the connection to PostgreSQL is lost during a commit, the write may have been stored. A caller that repeats
    it needs ids that make a repetition harmless.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class StoreTooNew(Exception):
    """The database was migrated by a newer version of Acto; writing to it with this one could damage it."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(
            f"The database is at migration {found}, and this version of Acto supports up to {known}. "
            "Start the newer version that migrated it, or point the setting `database` to another one."
        )
        self.found = found
        self.known = known


class StoreInUse(Exception):
    """A restored store cannot be created, because its address is in use; nothing was written."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
