"""What can go wrong with a database, as sentences a person can act on."""


class StoreUnavailable(Exception):
    """Nothing was stored, and the same call may succeed later: locked, full, unreachable, too busy, closing.

    The one exception to "nothing": a connection lost while PostgreSQL was committing. The caller was told
    nothing either way, so whoever repeats the call needs ids that make a repetition harmless.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class StoreTooNew(Exception):
    """The database was migrated by a newer version: writing to it with this one could damage it."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(
            f"The database is at migration {found}, and this version of Acto supports up to {known}. "
            "Start the newer version that migrated it, or point the setting `database` to another one."
        )
        self.found = found
        self.known = known


class StoreInUse(Exception):
    """Something stands already where a restored store was to go; nothing was written."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
